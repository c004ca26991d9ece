"""What is held back after a notice: by an operator, with a reason; the workspace is told, and may reply."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Update, delete, insert, select, text, update

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.ids import AssetId, NoticeId, TakedownId, UserId, WorkspaceId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.operators import require_operator
from reelwright.library import statements
from reelwright.library.notice import (
    Named,
    NothingNamedError,
    Notice,
    NoticeDecidedError,
    NoticeKind,
    NoticeState,
)
from reelwright.library.notices import claimed, named_in, note_decision, notice_in
from reelwright.library.rights_tables import LikenessRow, TakedownRow, WithheldRow
from reelwright.library.tables import AssetRow, BlobRow

UPHELD = "takedown:upheld"
LIFTED = "takedown:lifted"
_BEGINNING = Paging()
_RELEASE = text("""
    WITH freed AS (
        SELECT b.sha256, (SELECT min(w.takedown_id) FROM withheld_contents w
                          WHERE w.workspace_id = b.workspace_id AND w.sha256 = b.sha256) AS next
        FROM blobs b WHERE b.workspace_id = :workspace AND b.withheld_by = :takedown
        ORDER BY b.sha256 FOR UPDATE)
    UPDATE blobs SET withheld_by = freed.next FROM freed
    WHERE blobs.workspace_id = :workspace AND blobs.sha256 = freed.sha256""")


class TakedownMissingError(MissingError):
    """There is no such takedown in this workspace."""

    code = "takedown_missing"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the workspace says to a takedown."""

    statement: str
    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True)
class Takedown:
    """What is held back and why. `assets` were named; what was made from them is held back with them.

    Who demanded it is told to operators alone.
    """

    id: TakedownId
    notice: NoticeId
    kind: NoticeKind
    reason: str
    assets: Sequence[AssetId]
    created_at: datetime
    reply: Reply | None = None
    lifted_at: datetime | None = None
    lifted_reason: str | None = None


class Takedowns:
    """Holds files back and lets them go again, as an operator; shows what is held back to its workspace."""

    def __init__(self, database: Database, clock: Clock, audit: AuditLog) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit

    async def is_held_back(self, key: str) -> bool:
        """Whether the bytes under a key of storage are held back, whoever asks."""
        workspace = key.partition("/")[0]
        query = select(BlobRow.withheld_by).where(
            BlobRow.workspace_id == workspace, BlobRow.key == key
        )
        async with self._database.read(Activity.NOTICE) as tx:
            return await tx.scalar(query) is not None

    async def list(self, who: Principal, paging: Paging = _BEGINNING) -> Page[Takedown]:
        """What was taken down in the workspace, the newest first."""
        query = select(TakedownRow).where(TakedownRow.workspace_id == who.workspace)
        if after := paging.after():
            query = query.where(TakedownRow.id < str(after[0]))
        query = query.order_by(TakedownRow.id.desc()).limit(paging.limit + 1)
        async with self._database.read(who) as tx:
            found = [_takedown(row) for row in await tx.scalars(query)]
        return paging.page(found, lambda one: [one.id])

    async def get(self, who: Principal, takedown: TakedownId) -> Takedown:
        """One of them; raises TakedownMissingError."""
        async with self._database.read(who) as tx:
            return await _one(tx, who.workspace, takedown)

    async def reply(self, who: Principal, takedown: TakedownId, statement: str) -> Takedown:
        """Say what the workspace has to say; the last word counts. Operators read it with the notice."""
        told = {"reply": statement, "replied_by": who.user, "replied_at": self._clock.now()}
        async with self._database.transaction(who) as tx:
            await _one(tx, who.workspace, takedown)
            await tx.execute(_this(who.workspace, takedown).values(**told))
            await self._audit.write(tx, who, "takedown:replied", takedown, {})
            return await _one(tx, who.workspace, takedown)

    async def of_notice(self, who: Principal, notice: Notice) -> Takedown | None:
        """The takedown that came of a notice, with the reply; for operators."""
        if notice.takedown is None or notice.workspace is None:
            return None
        there = Principal(who.user, notice.workspace)
        async with self._database.transaction(there) as tx:
            await require_operator(tx, who)
            return await _find(tx, notice.workspace, notice.takedown)

    async def uphold(
        self,
        who: Principal,
        notice_id: NoticeId,
        reason: str,
        assets: Collection[AssetId] = (),
    ) -> tuple[Notice, Takedown]:
        """Hold back what a notice names, or these files, with all that is known to be made from them.

        Raises DeniedError, NoticeMissingError, NoticeDecidedError, NothingNamedError, and
        InvalidInputError for files of several workspaces.
        """
        named = await self._named(who, notice_id, assets)
        there = Principal(who.user, named[0].workspace)
        async with self._database.transaction(there) as tx:
            await tx.execute(statements.ALONE_WITH_TAKEDOWN, {"workspace": there.workspace})
            notice = await notice_in(tx, notice_id, hold=True)
            if notice.state is not NoticeState.OPEN:
                raise NoticeDecidedError(f"this notice is {notice.state}")
            down = await self._hold_back(tx, there, notice, named, reason)
            decided = replace(
                notice,
                state=NoticeState.UPHELD,
                reason=reason,
                decided_by=who.user,
                decided_at=down.created_at,
                workspace=there.workspace,
                takedown=down.id,
            )
            await note_decision(tx, decided)
            told = {"notice": notice_id, "kind": down.kind, "reason": reason}
            told |= {"assets": list(down.assets)}
            await self._audit.write(tx, there, UPHELD, down.id, told)
            await publish(tx, NewEvent(UPHELD, down.id, told))
        return decided, down

    async def lift(
        self, who: Principal, notice_id: NoticeId, reason: str
    ) -> tuple[Notice, Takedown]:
        """Let go again what a notice held back. A consent that ended with it has to be given anew.

        Raises DeniedError, NoticeMissingError, NoticeDecidedError.
        """
        async with self._database.transaction(who) as tx:
            await require_operator(tx, who)
            notice = await notice_in(tx, notice_id)
        if notice.takedown is None or notice.workspace is None:
            raise NoticeDecidedError(f"this notice is {notice.state}: nothing is held back")
        there, takedown = Principal(who.user, notice.workspace), notice.takedown
        async with self._database.transaction(there) as tx:
            await tx.execute(statements.ALONE_WITH_TAKEDOWN, {"workspace": there.workspace})
            notice = await notice_in(tx, notice_id, hold=True)
            if notice.state is not NoticeState.UPHELD:
                raise NoticeDecidedError(f"this notice is {notice.state}")
            now = self._clock.now()
            await tx.execute(
                delete(WithheldRow).where(
                    WithheldRow.workspace_id == there.workspace,
                    WithheldRow.takedown_id == takedown,
                )
            )
            await tx.execute(_RELEASE, {"workspace": there.workspace, "takedown": takedown})
            values = {"lifted_at": now, "lifted_reason": reason}
            await tx.execute(_this(there.workspace, takedown).values(**values))
            lifted = replace(notice, state=NoticeState.LIFTED, reason=reason, decided_by=who.user)
            lifted = replace(lifted, decided_at=now)
            await note_decision(tx, lifted)
            told = {"notice": notice_id, "reason": reason}
            await self._audit.write(tx, there, LIFTED, takedown, told)
            down = await _one(tx, there.workspace, takedown)
            await publish(tx, NewEvent(LIFTED, takedown, told))
        return lifted, down

    async def _named(
        self, who: Principal, notice_id: NoticeId, assets: Collection[AssetId]
    ) -> Sequence[Named]:
        async with self._database.transaction(who) as tx:
            await require_operator(tx, who)
            notice = await notice_in(tx, notice_id)
            named = await (claimed(tx, sorted(assets)) if assets else named_in(tx, notice))
        if not named or (assets and len(named) < len(set(assets))):
            raise NothingNamedError(
                "what is named is not here",
                way_out="name the files (asset_ids), or reject the notice",
            )
        if len({one.workspace for one in named}) > 1:
            raise InvalidInputError(
                "the files are of several workspaces", way_out="uphold a notice for each"
            )
        return named

    async def _hold_back(
        self, tx: Tx, there: Principal, notice: Notice, named: Sequence[Named], reason: str
    ) -> Takedown:
        ids = [one.id for one in named]
        down = Takedown(
            TakedownId.new(), notice.id, notice.claim.kind, reason, ids, self._clock.now()
        )
        query = select(AssetRow.sha256).where(
            AssetRow.workspace_id == there.workspace, AssetRow.id.in_(ids)
        )
        digests = sorted({one for one in await tx.scalars(query) if one})
        if not digests:
            raise NothingNamedError("what is named has no bytes here")
        row = {"id": down.id, "workspace_id": there.workspace, "notice_id": notice.id}
        row |= {"kind": down.kind.value, "reason": reason, "assets": ids}
        await tx.execute(insert(TakedownRow).values(**row, created_at=down.created_at))
        of = {"workspace_id": there.workspace, "takedown_id": down.id}
        await tx.execute(insert(WithheldRow).values([of | {"sha256": one} for one in digests]))
        await tx.execute(statements.HOLD_BACK, {"assets": None})
        if down.kind is NoticeKind.LIKENESS:
            await _end_consents(tx, there.workspace, digests, down)
        return down


async def _end_consents(
    tx: Tx, workspace: WorkspaceId, digests: Sequence[str], down: Takedown
) -> None:
    row = LikenessRow
    await tx.execute(
        update(row)
        .where(
            row.workspace_id == workspace,
            row.sha256.in_(digests),
            row.basis.is_not(None),
            row.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=down.created_at, withdrawn_reason=f"takedown {down.id}")
    )


def _this(workspace: WorkspaceId, takedown: TakedownId) -> Update:
    row = TakedownRow
    return update(row).where(row.workspace_id == workspace, row.id == takedown)


async def _find(tx: Tx, workspace: WorkspaceId, takedown: TakedownId) -> Takedown | None:
    row = TakedownRow
    query = select(row).where(row.workspace_id == workspace, row.id == takedown)
    found = await tx.scalar(query.execution_options(populate_existing=True))
    return _takedown(found) if found is not None else None


async def _one(tx: Tx, workspace: WorkspaceId, takedown: TakedownId) -> Takedown:
    found = await _find(tx, workspace, takedown)
    if found is None:
        raise TakedownMissingError(f"there is no takedown {takedown}")
    return found


def _takedown(row: TakedownRow) -> Takedown:
    reply = None
    if row.reply is not None and row.replied_by and row.replied_at:
        reply = Reply(row.reply, UserId(row.replied_by), row.replied_at)
    return Takedown(
        TakedownId(row.id),
        NoticeId(row.notice_id),
        NoticeKind(row.kind),
        row.reason,
        [AssetId(one) for one in row.assets],
        row.created_at,
        reply,
        row.lifted_at,
        row.lifted_reason,
    )
