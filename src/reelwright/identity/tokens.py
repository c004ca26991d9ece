"""Tokens: how programs sign in. Opaque, kept as hashes, revocable at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, func, insert, or_, select, text, update

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import EnvironmentFailedError, InvalidInputError, MissingError
from reelwright.ground.ids import TokenId, UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.names import clean_name
from reelwright.identity.roles import PLACE, NoPlaceError, principal_of
from reelwright.identity.secrets import SecretText, refused
from reelwright.identity.service_tokens import LONGEST, ServiceTokens, ServiceVisitor
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tables import TokenRow
from reelwright.identity.visitors import EVERYTHING, Remembered, Scope, Visitor

_NOTED = timedelta(hours=1)
"""The last use of a token is written down this often: a request must not cost a write."""

_LOOK_UP = text(f"""
    SELECT t.hash, t.scopes, t.last_used_at, u.id AS user_id, w.id AS workspace_id,
           place.role, place.invited
      FROM tokens t JOIN users u ON u.id = t.user_id JOIN workspaces h ON h.id = t.workspace_id
      JOIN workspaces w ON w.id = CASE WHEN h.personal AND h.owner_id = u.id
          THEN coalesce(CAST(:workspace AS text), h.id) ELSE h.id END
     {PLACE}
     WHERE t.id = :id AND t.revoked_at IS NULL AND u.suspended_at IS NULL
       AND (t.expires_at IS NULL OR t.expires_at > :now)
""")  # noqa: S608  # our own words only


@dataclass(frozen=True, slots=True)
class Token:
    """What may be known of a token; its secret is known to its holder only."""

    id: TokenId
    name: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    expires_at: datetime | None = None
    scopes: frozenset[Scope] = EVERYTHING


class TokenService:
    """Makes, checks, lists and revokes tokens."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        audit: AuditLog,
        settings: IdentitySettings,
        services: ServiceTokens | None = None,
    ) -> None:
        self._services = services
        self._database = database
        self._clock = clock
        self._audit = audit
        self._seen = Remembered(settings, clock.now)

    async def create(
        self,
        who: Principal,
        name: str,
        *,
        scopes: Iterable[Scope] = EVERYTHING,
        expires_at: datetime | None = None,
    ) -> tuple[Token, str]:
        """A token for the one who asks, in this workspace, and its text, which is shown once.

        Raises InvalidInputError for no scope, or an end that has passed.
        """
        given = sorted(set(scopes))
        if not given:
            raise InvalidInputError("a token needs a scope", way_out=f"of {', '.join(Scope)}")
        if expires_at is not None and expires_at <= self._clock.now():
            raise InvalidInputError("this token would be over already")
        text = SecretText.new(TokenId)
        values = {"id": text.id, "name": clean_name(name, "token"), "hash": text.hash()}
        values |= {"scopes": given, "expires_at": expires_at}
        async with self._database.transaction(who) as tx:
            await tx.execute(
                insert(TokenRow).values(workspace_id=who.workspace, user_id=who.user, **values)
            )
            said = {"name": values["name"], "scopes": given, "expires_at": _moment(expires_at)}
            await self._audit.write(tx, who, "token:made", text.id, said)
            row = await tx.get_one(TokenRow, text.id)
        return _token(row), text.reveal()

    async def authenticate(self, token: str) -> Principal:
        """Whose token it is; raises UnauthenticatedError when it is unknown, over or no token."""
        return (await self.admit(token)).principal

    async def admit(self, token: str, workspace: WorkspaceId | None = None) -> Visitor:
        """Who comes with this token, and what it is good for; raises UnauthenticatedError.

        A token of a team's workspace is good there; one of the personal workspace wherever its owner
        belongs. NoPlaceError is raised for another. Remembered for a few seconds, so a revoked token may live that long in another process.
        """
        text = SecretText.parse(token, TokenId)
        key = (text.id, text.hash(), workspace or "")
        seen = self._seen.find(key)
        if seen is not None:
            return seen
        visitor, used = await self._look_up(text, workspace)
        now = self._clock.now()
        if used is None or now - used >= _NOTED:
            await self._note_use(text.id, now)
        self._seen.keep(key, visitor)
        return visitor

    async def revoke(self, who: Principal, token: TokenId) -> None:
        """Make a token worthless; again is no error, another's is a MissingError."""
        this = TokenRow.workspace_id == who.workspace, TokenRow.id == token
        live = TokenRow.revoked_at.is_(None)
        revoking = update(TokenRow).where(*this, live).values(revoked_at=func.now())
        async with self._database.transaction(who) as tx:
            if await tx.scalar(revoking.returning(TokenRow.id)) is not None:
                await self._audit.write(tx, who, "token:revoked", token, {})
            elif await tx.scalar(select(TokenRow.id).where(*this)) is None:
                raise MissingError("there is no such token")
        self._seen.forget(key=token)

    async def list(self, who: Principal) -> Sequence[Token]:
        """All tokens of the one who asks in this workspace, newest first, revoked ones too."""
        statement = (
            select(TokenRow)
            .where(TokenRow.workspace_id == who.workspace, TokenRow.user_id == who.user)
            .order_by(TokenRow.id.desc())
        )
        async with self._database.read(who) as tx:
            return [_token(row) for row in await tx.scalars(statement)]

    def forget(self, user: UserId) -> None:
        """Ask the database anew about a person, to whom something has happened elsewhere."""
        self._seen.forget(user=user)

    async def issue_service_token(
        self, service: str, audience: str, scopes: Iterable[str], lasts: timedelta = LONGEST
    ) -> str:
        """A signed token of a service for another, good for minutes; raises InvalidInputError."""
        return await self._signed().issue(service, audience, scopes, lasts)

    async def verify_service_token(
        self, token: str, audience: str, scope: str | None = None
    ) -> ServiceVisitor:
        """Which service comes with a token for this audience; raises ServiceTokenRefusedError."""
        return await self._signed().verify(token, audience, scope)

    def _signed(self) -> ServiceTokens:
        if self._services is None:
            raise EnvironmentFailedError("there is nobody here who signs tokens")
        return self._services

    async def _look_up(
        self, text: SecretText[TokenId], workspace: WorkspaceId | None
    ) -> tuple[Visitor, datetime | None]:
        asked = {"id": text.id, "now": self._clock.now()}
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            row = await _find(tx, asked, workspace)
            if row is None and workspace is not None:
                home = await _find(tx, asked, None)
                if home is not None and text.fits(home["hash"]):
                    raise NoPlaceError
        fits = text.fits(row["hash"] if row else None)
        principal = principal_of(row)  # who has left a workspace has no token there
        if row is None or not fits or (principal is None and workspace is None):
            raise refused()
        if principal is None or workspace not in {None, principal.workspace}:
            raise NoPlaceError(way_out="a team's token is good in its workspace alone")
        return Visitor(principal, frozenset(map(Scope, row["scopes"]))), row["last_used_at"]

    async def _note_use(self, token: TokenId, now: datetime) -> None:
        stale = or_(TokenRow.last_used_at.is_(None), TokenRow.last_used_at <= now - _NOTED)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            await tx.execute(
                update(TokenRow).where(TokenRow.id == token, stale).values(last_used_at=now)
            )


async def _find(tx: Tx, asked: dict[str, Any], workspace: WorkspaceId | None) -> RowMapping | None:
    found = await tx.execute(_LOOK_UP, asked | {"workspace": workspace})
    return found.mappings().one_or_none()


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _token(row: TokenRow) -> Token:
    return Token(
        TokenId(row.id),
        row.name,
        row.created_at,
        row.last_used_at,
        row.revoked_at,
        row.expires_at,
        frozenset(map(Scope, row.scopes)),
    )
