"""Tokens: how programs sign in. Opaque, kept as hashes, revocable at once."""

import hmac
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, insert, or_, select, update

from reelwright.engines.database.database import Database
from reelwright.ground.clock import Clock
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import TokenId, UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.names import clean_name
from reelwright.identity.secrets import TokenText, refused
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tables import MembershipRow, TokenRow

_NOTED = timedelta(hours=1)
"""The last use of a token is written down this often: a request must not cost a write."""

_NOBODY = "0" * 64
"""Compared with when there is no such token, so that the answer takes as long."""


@dataclass(frozen=True, slots=True)
class Token:
    """What may be known of a token; its secret is known to its holder only."""

    id: TokenId
    name: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Seen:
    principal: Principal
    until: datetime


class TokenService:
    """Makes, checks, lists and revokes tokens."""

    def __init__(self, database: Database, clock: Clock, settings: IdentitySettings) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._seen: OrderedDict[tuple[TokenId, str], _Seen] = OrderedDict()

    async def create(self, who: Principal, name: str) -> tuple[Token, str]:
        """A token for the one who asks, in this workspace, and its text, which is shown once."""
        text = TokenText.new()
        values = {"id": text.id, "name": clean_name(name, "token"), "hash": text.hash()}
        async with self._database.transaction(who) as tx:
            await tx.execute(
                insert(TokenRow).values(workspace_id=who.workspace, user_id=who.user, **values)
            )
            row = await tx.get_one(TokenRow, text.id)
        return _token(row), text.reveal()

    async def authenticate(self, token: str) -> Principal:
        """Whose token it is; raises UnauthenticatedError when it is unknown, revoked or no token.

        Remembered for a few seconds, so a revoked token may live that long in another process.
        """
        text = TokenText.parse(token)
        key = (text.id, text.hash())
        now = self._clock.now()
        seen = self._seen.get(key)
        if seen is not None and seen.until > now:
            return seen.principal
        principal, used = await self._look_up(*key)
        if used is None or now - used >= _NOTED:
            await self._note_use(text.id, now)
        self._remember(key, _Seen(principal, now + timedelta(seconds=self._settings.remember_s)))
        return principal

    async def revoke(self, who: Principal, token: TokenId) -> None:
        """Make a token worthless; again is no error, another's is a MissingError."""
        async with self._database.transaction(who) as tx:
            found = await tx.scalar(
                update(TokenRow)
                .where(TokenRow.workspace_id == who.workspace, TokenRow.id == token)
                .values(revoked_at=func.coalesce(TokenRow.revoked_at, func.now()))
                .returning(TokenRow.id)
            )
        if found is None:
            raise MissingError("there is no such token")
        for key in [key for key in self._seen if key[0] == token]:
            self._seen.pop(key, None)

    async def list(self, who: Principal) -> Sequence[Token]:
        """All tokens of the one who asks in this workspace, newest first, revoked ones too."""
        statement = (
            select(TokenRow)
            .where(TokenRow.workspace_id == who.workspace, TokenRow.user_id == who.user)
            .order_by(TokenRow.id.desc())
        )
        async with self._database.read(who) as tx:
            return [_token(row) for row in await tx.scalars(statement)]

    async def _look_up(self, token: TokenId, digest: str) -> tuple[Principal, datetime | None]:
        member = and_(
            MembershipRow.workspace_id == TokenRow.workspace_id,
            MembershipRow.user_id == TokenRow.user_id,
        )
        statement = (
            select(TokenRow.hash, TokenRow.user_id, TokenRow.workspace_id, TokenRow.last_used_at)
            .join(MembershipRow, member)  # who has left a workspace has no token there
            .where(TokenRow.id == token, TokenRow.revoked_at.is_(None))
        )
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            row = (await tx.execute(statement)).one_or_none()
        same = hmac.compare_digest(row.hash if row else _NOBODY, digest)
        if row is None or not same:
            raise refused()
        return Principal(UserId(row.user_id), WorkspaceId(row.workspace_id)), row.last_used_at

    async def _note_use(self, token: TokenId, now: datetime) -> None:
        stale = or_(TokenRow.last_used_at.is_(None), TokenRow.last_used_at <= now - _NOTED)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            await tx.execute(
                update(TokenRow).where(TokenRow.id == token, stale).values(last_used_at=now)
            )

    def _remember(self, key: tuple[TokenId, str], seen: _Seen) -> None:
        self._seen[key] = seen
        self._seen.move_to_end(key)
        while len(self._seen) > self._settings.remember_at_most:
            self._seen.popitem(last=False)


def _token(row: TokenRow) -> Token:
    return Token(TokenId(row.id), row.name, row.created_at, row.last_used_at, row.revoked_at)
