"""Sessions: how people are signed in. Opaque, kept as hashes, revocable at once, from any device."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select, text, update

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import SessionId, UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.newcomers import go_home, personal
from reelwright.identity.roles import PLACE, NoPlaceError, principal_of
from reelwright.identity.secrets import SecretText, refused
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tables import SessionRow
from reelwright.identity.visitors import Remembered, Visitor

_NOTED = timedelta(minutes=5)
"""The last use is written down this often: a request must not cost a write."""
_LONGEST_AGENT = 300

_LOOK_UP = text(f"""
    SELECT s.hash, s.seen_at, s.operator_id, u.id AS user_id, w.id AS workspace_id,
           place.role, place.invited
      FROM sessions s JOIN users u ON u.id = s.user_id
      JOIN workspaces w ON CASE WHEN CAST(:workspace AS text) IS NULL
          THEN w.owner_id = u.id AND w.personal ELSE w.id = :workspace END
     {PLACE}
     WHERE s.id = :id AND s.revoked_at IS NULL AND s.expires_at > :now AND s.seen_at > :idle
       AND u.suspended_at IS NULL AND (s.operator_id IS NULL
           OR EXISTS (SELECT FROM users o WHERE o.id = s.operator_id AND o.admin
                      AND o.suspended_at IS NULL))
""")  # noqa: S608  # our own words only


@dataclass(frozen=True, slots=True)
class Device:
    """From where somebody signs in: the address, and what their program calls itself."""

    address: str | None = None
    agent: str | None = None


NO_DEVICE = Device()


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in. Its secret is known to its holder only; `operator`: who acts in the person's place."""

    id: SessionId
    user: UserId
    address: str | None
    agent: str | None
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    operator: UserId | None = None


class SessionService:
    """Begins, checks, lists and ends sessions."""

    def __init__(
        self, database: Database, clock: Clock, audit: AuditLog, settings: IdentitySettings
    ) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self._idle = timedelta(days=settings.session_idle_days)
        self._longest = timedelta(days=settings.session_days)
        self._seen = Remembered(settings, clock.now)

    async def begin(
        self, tx: Tx, user: UserId, device: Device, *, operator: UserId | None = None
    ) -> tuple[Session, str]:
        """Begin a session in the transaction in which the person was recognised; and its text, told once."""
        text, now = SecretText.new(SessionId), self._clock.now()
        agent = (device.agent or "")[:_LONGEST_AGENT] or None
        longest = timedelta(hours=1) if operator else self._longest
        session = Session(text.id, user, device.address, agent, now, now, now + longest, operator)
        await tx.execute(
            insert(SessionRow).values(
                id=text.id,
                user_id=user,
                operator_id=operator,
                hash=text.hash(),
                address=device.address,
                agent=agent,
                created_at=now,
                seen_at=now,
                expires_at=session.expires_at,
            )
        )
        return session, text.reveal()

    async def open(self, user: UserId, device: Device) -> tuple[Session, str]:
        """The same, for one who needs not be recognised: whoever runs commands on this machine."""
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            begun = await self.begin(tx, user, device)
            await self._audit.write(tx, await personal(tx, user), "session:begun", user, {})
            return begun

    async def admit(self, token: str, workspace: WorkspaceId | None = None) -> Visitor:
        """Who comes with this session, into a workspace of theirs (none named: their personal one).

        Raises UnauthenticatedError when it is unknown or over, NoPlaceError when they have no place
        there. Remembered for a few seconds, so an ended one may live that long in another process.
        """
        text = SecretText.parse(token, SessionId)
        key = (text.id, text.hash(), workspace or "")
        seen = self._seen.find(key)
        if seen is not None:
            return seen
        now = self._clock.now()
        asked = {"id": text.id, "workspace": workspace, "now": now, "idle": now - self._idle}
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            row = (await tx.execute(_LOOK_UP, asked)).mappings().one_or_none()
            if row is None and workspace is not None:
                mine = await tx.execute(_LOOK_UP, asked | {"workspace": None})
                if text.fits((mine.mappings().one_or_none() or {}).get("hash")):
                    raise NoPlaceError
            if not text.fits(row["hash"] if row else None) or row is None:
                raise refused()
            if now - row["seen_at"] >= _NOTED:
                await _note(tx, text.id, now)
        principal = principal_of(row)
        if principal is None:
            raise NoPlaceError
        operator = UserId(row["operator_id"]) if row["operator_id"] else None
        principal = replace(principal, operator=operator)
        visitor = Visitor(principal, session=text.id, operator=operator)
        self._seen.keep(key, visitor)
        return visitor

    async def list(self, who: Principal) -> Sequence[Session]:
        """The sessions of the one who asks that are not over, the last used first."""
        now = self._clock.now()
        statement = select(SessionRow).where(
            SessionRow.user_id == who.user,
            SessionRow.revoked_at.is_(None),
            SessionRow.expires_at > now,
            SessionRow.seen_at > now - self._idle,
        )
        async with self._database.read(who) as tx:
            rows = await tx.scalars(statement.order_by(SessionRow.seen_at.desc(), SessionRow.id))
            return [_session(row) for row in rows]

    async def revoke(self, who: Principal, session: SessionId) -> None:
        """End a session; again is no error, another's is a MissingError."""
        this = SessionRow.user_id == who.user, SessionRow.id == session
        live = SessionRow.revoked_at.is_(None)
        ending = update(SessionRow).where(*this, live).values(revoked_at=func.now())
        home = await go_home(self._database, who)
        async with self._database.transaction(home) as tx:
            if await tx.scalar(ending.returning(SessionRow.id)) is not None:
                await self._audit.write(tx, home, "session:ended", session, {})
            elif await tx.scalar(select(SessionRow.id).where(*this)) is None:
                raise MissingError("there is no such session")
        self._seen.forget(key=session)

    async def revoke_all(self, who: Principal, *, but: SessionId | None = None) -> int:
        """End all sessions of the one who asks, one excepted if it is named; how many there were."""
        home = await go_home(self._database, who)
        async with self._database.transaction(home) as tx:
            ended = await self.revoke_in(tx, who.user, but=but)
            if ended:
                await self._audit.write(tx, home, "session:all_ended", who.user, {"ended": ended})
        return ended

    def forget(self, user: UserId) -> None:
        """Ask the database anew about a person, to whom something has happened elsewhere."""
        self._seen.forget(user=user)

    async def revoke_in(self, tx: Tx, user: UserId, *, but: SessionId | None = None) -> int:
        """End all sessions of a person, as part of something else that happens to them."""
        ended = await tx.scalars(
            update(SessionRow)
            .where(
                SessionRow.user_id == user,
                SessionRow.revoked_at.is_(None),
                SessionRow.id != (but or ""),
            )
            .values(revoked_at=func.now())
            .returning(SessionRow.id)
        )
        self._seen.forget(user=user)
        return len(ended.all())


async def _note(tx: Tx, session: SessionId, now: datetime) -> None:
    stale = SessionRow.seen_at <= now - _NOTED
    await tx.execute(update(SessionRow).where(SessionRow.id == session, stale).values(seen_at=now))


def _session(row: SessionRow) -> Session:
    return Session(
        SessionId(row.id),
        UserId(row.user_id),
        row.address,
        row.agent,
        row.created_at,
        row.seen_at,
        row.expires_at,
        UserId(row.operator_id) if row.operator_id else None,
    )
