"""Passkeys: signing in with a key that stays on a device, or in a person's own keychain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Database
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, MissingError, UnauthenticatedError
from reelwright.ground.ids import PasskeyId, SessionId, UserId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.auth_service import AuthService, SignedIn
from reelwright.identity.ceremonies import Ceremonies, CeremonyOverError
from reelwright.identity.names import clean_name
from reelwright.identity.newcomers import at_home
from reelwright.identity.sessions import NO_DEVICE, Device
from reelwright.identity.site import Site
from reelwright.identity.tables import PasskeyRow, UserRow
from reelwright.identity.throttling import Throttle
from reelwright.identity.ways_in import keep_one, still_signed_in

if TYPE_CHECKING:
    from reelwright.identity.device_keys import DeviceKeys

_ADD, _SIGN_IN = "passkey add", "passkey sign-in"
_AT_HOME = "http://localhost:8000"


class PasskeyRefusedError(UnauthenticatedError):
    """The key is not known, or what it says is not what was asked for."""

    code = "passkey_refused"

    def __init__(self) -> None:
        super().__init__("this passkey opens nothing here", way_out="sign in another way")


@dataclass(frozen=True, slots=True)
class Passkey:
    """A key of a person."""

    id: PasskeyId
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser is to ask the device for, and the secret to come back with, once."""

    options: dict[str, Any]
    ceremony: str


class PasskeyService:
    """Takes keys, and lets their owners in.

    A device says that its owner was there (a finger, a face, a code): nothing else is asked for. A key
    belongs to the host that `web.base_url` names, and to none that looks like it.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ceremonies: Ceremonies,
        auth: AuthService,
        audit: AuditLog,
        throttle: Throttle,
        site: Site,
    ) -> None:
        self._database = database
        self._clock = clock
        self._ceremonies = ceremonies
        self._auth = auth
        self._audit = audit
        self._throttle = throttle
        at = urlsplit(site.base_url or _AT_HOME)
        self._host, self._origin = at.hostname or "", f"{at.scheme}://{at.netloc}"

    @cached_property
    def _keys(self) -> "DeviceKeys":
        """Its library is loaded when somebody comes with a passkey."""
        from reelwright.identity.device_keys import DeviceKeys  # noqa: PLC0415

        return DeviceKeys(self._host, self._origin)

    async def ask_to_add(self, who: Principal, session: SessionId | None) -> Asked:
        """What to ask a device for that is to become a way in, if the session lasts until then."""
        async with self._database.read(who) as tx:
            user = await tx.get_one(UserRow, who.user)
            known = (await tx.scalars(_of(who.user))).all()
        asked = self._keys.ask_to_add(
            user.id,
            user.email or user.name,
            user.name,
            [one.credential for one in known],
        )
        begun = {"challenge": asked.challenge, "user": who.user, "session": session}
        return Asked(asked.options, await self._ceremonies.begin(_ADD, begun))

    async def add(
        self, who: Principal, ceremony: str, credential: dict[str, Any], name: str
    ) -> Passkey:
        """Take a key that a device has made. Raises CeremonyOverError, PasskeyRefusedError."""
        name, now = clean_name(name, "passkey"), self._clock.now()
        begun = await self._ceremonies.finish(ceremony, _ADD)
        if begun["user"] != who.user:
            raise PasskeyRefusedError
        made = self._keys.added(begun["challenge"], credential)
        if made is None:
            raise PasskeyRefusedError
        passkey = PasskeyId.new()
        row = {"id": passkey, "user_id": who.user, "name": name, "created_at": now}
        row |= {"credential": made.credential, "public_key": made.public_key, "uses": made.uses}
        adding = insert(PasskeyRow).values(**row).on_conflict_do_nothing()
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            if not await still_signed_in(tx, who.user, begun.get("session"), now):
                raise CeremonyOverError
            if await tx.scalar(adding.returning(PasskeyRow.id)) is None:
                raise ConflictError("this passkey is known already")
            home = await at_home(tx, who)
            await self._audit.write(tx, home, "passkey:added", passkey, {"name": name})
            return _passkey(await tx.get_one(PasskeyRow, passkey))

    async def ask_to_sign_in(self, device: Device = NO_DEVICE) -> Asked:
        """What to ask a device for whoever comes: it finds the key itself."""
        await self._throttle.code(device.address)
        asked = self._keys.ask_to_sign_in()
        begun = {"challenge": asked.challenge}
        return Asked(asked.options, await self._ceremonies.begin(_SIGN_IN, begun))

    async def sign_in(
        self, ceremony: str, credential: dict[str, Any], device: Device = NO_DEVICE
    ) -> SignedIn:
        """Let in whoever's key has answered. Raises CeremonyOverError, PasskeyRefusedError.

        A key that counts its uses and comes with a lower count is a copy, and is refused.
        """
        await self._throttle.code(device.address)
        begun = await self._ceremonies.finish(ceremony, _SIGN_IN)
        named = self._keys.named(credential)
        if named is None:
            raise PasskeyRefusedError
        asked = (
            select(PasskeyRow)
            .join(UserRow, UserRow.id == PasskeyRow.user_id)
            .where(PasskeyRow.credential == named, UserRow.suspended_at.is_(None))
        )
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            row = await tx.scalar(asked.with_for_update(of=PasskeyRow))
            if row is None:
                raise PasskeyRefusedError
            uses = self._keys.answered(begun["challenge"], credential, row.public_key, row.uses)
            if uses is None:
                raise PasskeyRefusedError
            using = update(PasskeyRow).where(PasskeyRow.id == row.id)
            await tx.execute(using.values(uses=uses, used_at=self._clock.now()))
            return await self._auth.begin(tx, UserId(row.user_id), device)

    async def list(self, who: Principal) -> Sequence[Passkey]:
        """The keys of whoever asks, the first added first."""
        async with self._database.read(who) as tx:
            return [_passkey(row) for row in await tx.scalars(_of(who.user))]

    async def rename(self, who: Principal, passkey: PasskeyId, name: str) -> Passkey:
        """Give a key another name; raises MissingError."""
        name = clean_name(name, "passkey")
        renaming = update(PasskeyRow).where(*_is(who, passkey)).values(name=name)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            row = await tx.scalar(renaming.returning(PasskeyRow))
            if row is None:
                raise _missing()
            return _passkey(row)

    async def remove(self, who: Principal, passkey: PasskeyId) -> None:
        """Let nobody in by a key any more. ConflictError for the last way in, MissingError."""
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            if await tx.scalar(select(PasskeyRow.id).where(*_is(who, passkey))) is None:
                raise _missing()
            await keep_one(tx, who.user)
            await tx.execute(delete(PasskeyRow).where(*_is(who, passkey)))
            home = await at_home(tx, who)
            await self._audit.write(tx, home, "passkey:removed", passkey, {})


def _of(user: UserId) -> Any:
    return select(PasskeyRow).where(PasskeyRow.user_id == user).order_by(PasskeyRow.id)


def _is(who: Principal, passkey: PasskeyId) -> tuple[Any, ...]:
    return PasskeyRow.id == passkey, PasskeyRow.user_id == who.user


def _missing() -> MissingError:
    return MissingError("there is no such passkey")


def _passkey(row: PasskeyRow) -> Passkey:
    return Passkey(PasskeyId(row.id), row.name, row.created_at, row.used_at)
