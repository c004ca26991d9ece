"""Tokens from service to service: signed, for one audience and some scopes, over within minutes.

Nobody has to ask us whether they are good: our public keys are told. A key signs for a month, and is
told until the last token it has signed has ended; then it is forgotten.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm
from sqlalchemy import delete, insert, select, text, update

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.secrets.vault import Vault
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError, UnauthenticatedError
from reelwright.ground.ids import SigningKeyId
from reelwright.ground.principals import Activity
from reelwright.identity.site import Site
from reelwright.identity.tables import SigningKeyRow

LONGEST = timedelta(minutes=15)
_SIGNS = timedelta(days=30)
_LEEWAY = timedelta(seconds=30)
_BELIEVED = timedelta(minutes=1)
"""Public keys are looked up this often: one that was revoked is believed no longer in any process."""
_ALGORITHM, _TYPE = "EdDSA", "service+jwt"
# Of processes that find no key at once, one makes it.
_ALONE = text("SELECT pg_advisory_xact_lock(hashtext('reelwright signing keys'))")

OpenVault = Callable[[], Awaitable[Vault]]
"""The vault is opened when it is first needed: with a passphrase that takes its time."""


class ServiceTokenRefusedError(UnauthenticatedError):
    """The token is not ours, not for this, over, or lacks a scope."""

    code = "service_token_refused"


@dataclass(frozen=True, slots=True)
class ServiceVisitor:
    """Which service comes, what it may, and until when."""

    service: str
    audience: str
    scopes: frozenset[str]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class _Signer:
    id: SigningKeyId
    key: Ed25519PrivateKey = field(repr=False)
    until: datetime


class ServiceTokens:
    """Signs tokens, checks them, and changes keys."""

    def __init__(self, database: Database, clock: Clock, vault: OpenVault, site: Site) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._issuer = site.base_url or "reelwright"
        self._signer: _Signer | None = None
        self._known: dict[str, Any] = {}
        self._known_until = datetime.min.replace(tzinfo=UTC)

    async def issue(
        self, service: str, audience: str, scopes: Iterable[str], lasts: timedelta = LONGEST
    ) -> str:
        """A token that says which service comes, to whom (`audience`), and what it may there.

        Raises InvalidInputError for nobody, nothing, or longer than a quarter of an hour.
        """
        given = sorted(set(scopes))
        if not service or not audience or not given or any(" " in one or not one for one in given):
            raise InvalidInputError("a service token names a service, an audience and scopes")
        if not timedelta() < lasts <= LONGEST:
            raise InvalidInputError("a service token lasts a quarter of an hour at most")
        now, signer = self._clock.now(), await self._signing()
        claims = {"iss": self._issuer, "sub": service, "aud": audience, "scope": " ".join(given)}
        claims |= {"iat": int(now.timestamp()), "exp": int((now + lasts).timestamp())}
        headers = {"kid": signer.id, "typ": _TYPE}
        return jwt.encode(claims, signer.key, algorithm=_ALGORITHM, headers=headers)

    async def verify(self, token: str, audience: str, scope: str | None = None) -> ServiceVisitor:
        """Who comes with a token for this audience, and with this scope; ServiceTokenRefusedError."""
        try:
            head = jwt.get_unverified_header(token)
            key = await self._public(str(head.get("kid")))
            if key is None or head.get("typ") != _TYPE:
                raise _refused()
            claims = jwt.decode(
                token,
                jwt.PyJWK(key),
                algorithms=[_ALGORITHM],
                audience=audience,
                issuer=self._issuer,
                # By our own clock, below.
                options={
                    "require": ["iss", "sub", "aud", "iat", "exp", "scope"],
                    "verify_exp": False,
                    "verify_iat": False,
                    "strict_aud": True,
                },
            )
            ends = datetime.fromtimestamp(int(claims["exp"]), UTC)
            begins = datetime.fromtimestamp(int(claims["iat"]), UTC)
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError):
            raise _refused() from None
        now, scopes = self._clock.now(), frozenset(str(claims["scope"]).split())
        if not begins - _LEEWAY <= now < ends or (scope is not None and scope not in scopes):
            raise _refused()
        return ServiceVisitor(claims["sub"], audience, scopes, ends)

    async def public_keys(self) -> Sequence[dict[str, Any]]:
        """The public halves of all keys that tokens may be signed with (JWK), the newest first."""
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            return [row.public for row in await self._live(tx)]

    async def rotate(self, *, at_once: bool = False) -> SigningKeyId:
        """Sign with a new key from now on. Tokens of the old ones are good until they end.

        `at_once`: they are worthless, within a minute in every process.
        """
        now = self._clock.now()
        until = now if at_once else now + LONGEST + _LEEWAY
        retiring = update(SigningKeyRow).where(SigningKeyRow.expires_at > until)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            await tx.execute(_ALONE)
            await tx.execute(retiring.values(retires_at=now, expires_at=until))
            signer = await self._make(tx)
        self._signer, self._known = signer, {}
        return signer.id

    async def _signing(self) -> _Signer:
        if self._signer is not None and self._signer.until > self._clock.now():
            return self._signer
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            await tx.execute(_ALONE)
            found = await self._live(tx)
            newest = found[0] if found and found[0].retires_at > self._clock.now() else None
            self._signer = await (self._make(tx) if newest is None else self._open(newest))
        return self._signer

    async def _open(self, row: SigningKeyRow) -> _Signer:
        vault = await self._vault()
        seed = await asyncio.to_thread(vault.open, row.sealed, _place(row.id))
        # Another process may retire it: looked at again soon.
        until = min(row.retires_at, self._clock.now() + _BELIEVED)
        return _Signer(SigningKeyId(row.id), Ed25519PrivateKey.from_private_bytes(seed), until)

    async def _make(self, tx: Tx) -> _Signer:
        now, made, name = self._clock.now(), Ed25519PrivateKey.generate(), SigningKeyId.new()
        vault = await self._vault()
        sealed = await asyncio.to_thread(vault.seal, made.private_bytes_raw(), _place(name))
        public = OKPAlgorithm.to_jwk(made.public_key(), as_dict=True)
        public |= {"kid": name, "alg": _ALGORITHM, "use": "sig"}
        retires = now + _SIGNS
        await tx.execute(delete(SigningKeyRow).where(SigningKeyRow.expires_at <= now))
        await tx.execute(
            insert(SigningKeyRow).values(
                id=name,
                sealed=sealed,
                public=public,
                created_at=now,
                retires_at=retires,
                expires_at=retires + LONGEST + _LEEWAY,
            )
        )
        return _Signer(name, made, min(retires, now + _BELIEVED))

    async def _public(self, kid: str) -> dict[str, Any] | None:
        now = self._clock.now()
        if kid not in self._known or self._known_until <= now:
            self._known = {one["kid"]: one for one in await self.public_keys()}
            self._known_until = now + _BELIEVED
        return self._known.get(kid)

    async def _live(self, tx: Tx) -> Sequence[SigningKeyRow]:
        statement = select(SigningKeyRow).where(SigningKeyRow.expires_at > self._clock.now())
        newest = statement.order_by(SigningKeyRow.retires_at.desc(), SigningKeyRow.id.desc())
        return (await tx.scalars(newest)).all()


def _place(key: str) -> str:
    return f"signing_keys:sealed:{key}"


def _refused() -> ServiceTokenRefusedError:
    return ServiceTokenRefusedError("this service token is not valid here")
