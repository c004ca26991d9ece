"""Signing in with an account elsewhere: going out, coming back, and being recognised."""

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Activity
from reelwright.identity.audit import AuditLog
from reelwright.identity.auth_service import AuthService, SignedIn
from reelwright.identity.ceremonies import Ceremonies, CeremonyOverError
from reelwright.identity.groups import apply_groups, roles_of
from reelwright.identity.oauth.places import Places
from reelwright.identity.oauth.provider import Attempt, OAuthFailedError, Outsider
from reelwright.identity.oauth.settings import ProviderSettings
from reelwright.identity.sessions import NO_DEVICE, Device
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.social_accounts import SocialAccountService
from reelwright.identity.tables import UserRow
from reelwright.identity.throttling import Throttle
from reelwright.identity.visitors import Visitor
from reelwright.identity.ways_in import still_signed_in

_PURPOSE = "oauth"
# One of our own paths: what begins with // or /\ leads to another host.
_OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,500}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back with the browser."""

    state: str
    code: str | None = None
    error: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class CameBack:
    """Where to go on; `signed_in` is None when an account was linked."""

    onward: str
    signed_in: SignedIn | None


class OAuthService:
    """Sends people elsewhere to say who they are, and believes what is proved."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        places: Places,
        ceremonies: Ceremonies,
        accounts: SocialAccountService,
        auth: AuthService,
        audit: AuditLog,
        throttle: Throttle,
        settings: IdentitySettings,
    ) -> None:
        self._database = database
        self._clock = clock
        self._places = places
        self._ceremonies = ceremonies
        self._accounts = accounts
        self._auth = auth
        self._audit = audit
        self._throttle = throttle
        self._open = settings.sign_up == "open"

    def providers(self) -> Mapping[str, ProviderSettings]:
        """The places people may come from."""
        return self._places.settings

    async def begin(
        self,
        provider: str,
        redirect_uri: str,
        onward: str = "/",
        device: Device = NO_DEVICE,
        *,
        link_to: Visitor | None = None,
    ) -> tuple[str, str]:
        """Where to send the browser, and a secret that it alone must bring back.

        `onward` is one of our own paths. With `link_to` the account elsewhere becomes theirs, if their
        session lasts until then. Raises MissingError for no such place, InvalidInputError for
        another's path.
        """
        place, _ = self._places.find(provider)
        if not _OWN_PATH.fullmatch(onward):
            raise InvalidInputError("after the sign-in one goes to a path of ours")
        await self._throttle.code(device.address)
        texts = [secrets.token_urlsafe(32) for _ in range(3)]
        attempt = Attempt(redirect_uri, *texts)
        url = await place.way(attempt)
        told = {"provider": provider, "onward": onward, "redirect_uri": redirect_uri}
        told |= dict(zip(("state", "nonce", "verifier"), texts, strict=True))
        if link_to is not None:
            told |= {"user": link_to.principal.user, "session": link_to.session}
        return url, await self._ceremonies.begin(_PURPOSE, told)

    async def finish(
        self, provider: str, secret: str | None, answer: Answer, device: Device = NO_DEVICE
    ) -> CameBack:
        """Sign in whoever came back, or link their account.

        Raises CeremonyOverError, OAuthFailedError, and what `SocialAccountService.admit` raises.
        """
        place, settings = self._places.find(provider)
        begun = await self._ceremonies.finish(secret, _PURPOSE)
        same = hmac.compare_digest(begun["state"].encode(), answer.state.encode())
        if not same or begun["provider"] != provider:
            raise CeremonyOverError
        if answer.code is None:
            raise OAuthFailedError("you were not let in there")
        attempt = Attempt(begun["redirect_uri"], begun["state"], begun["nonce"], begun["verifier"])
        outsider = await place.recognise(attempt, answer.code, answer.issuer)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            if "user" in begun:
                await self._link(tx, begun, outsider)
                return CameBack(begun["onward"], None)
            signed_in = await self._sign_in(tx, provider, settings, outsider, device)
        return CameBack(begun["onward"], signed_in)

    async def _link(self, tx: Tx, begun: Mapping[str, Any], outsider: Outsider) -> None:
        """Let whoever began it in by the account, unless they have been signed out since."""
        user, now = UserId(begun["user"]), self._clock.now()
        if not await still_signed_in(tx, user, begun.get("session"), now):
            raise CeremonyOverError
        await self._accounts.link(tx, user, begun["provider"], outsider)

    async def _sign_in(
        self,
        tx: Tx,
        provider: str,
        settings: ProviderSettings,
        outsider: Outsider,
        device: Device,
    ) -> SignedIn:
        may_join = self._open or settings.sign_up
        user = await self._accounts.admit(tx, provider, outsider, may_join=may_join)
        if await tx.scalar(select(UserRow.suspended_at).where(UserRow.id == user)) is not None:
            raise OAuthFailedError("this account is not let in")
        await apply_groups(tx, self._audit, user, roles_of(settings, outsider.groups))
        return await self._auth.begin(tx, user, device)
