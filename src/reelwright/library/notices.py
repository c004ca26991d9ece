"""Notices come in from anybody; those who operate the service read them, and turn down what is unfounded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select, text, update

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.limits.limiter import Limiter
from reelwright.ground.clock import Clock
from reelwright.ground.ids import AssetId, NoticeId, TakedownId, UserId, WorkspaceId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.operators import require_operator
from reelwright.library.notice import (
    Claim,
    Named,
    Notice,
    NoticeDecidedError,
    NoticeKind,
    NoticeMissingError,
    NoticeState,
    read_address,
    without_secrets,
)
from reelwright.library.rights_tables import NoticeRow

_BEGINNING = Paging()
_KEPT = timedelta(days=365)
_OVER = (NoticeState.REJECTED.value, NoticeState.LIFTED.value)
_CLAIMED = text("SELECT * FROM claimed_assets(CAST(:assets AS text[]), :key, :link)")


class Notices:
    """Takes notices in, shows them to operators (DeniedError to others), forgets them a year after their end."""

    def __init__(self, database: Database, clock: Clock, audit: AuditLog, limiter: Limiter) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self._limiter = limiter

    async def file(self, claim: Claim, address: str) -> NoticeId:
        """Take a notice in that came from a network address; whether what it names is here is not looked at.

        Raises RateLimitedError.
        """
        await self._limiter.check("notice", address)
        new = NoticeId.new()
        values: dict[str, Any] = {"id": new, "kind": claim.kind.value}
        values |= {"claimant": claim.claimant, "reach": claim.reach, "statement": claim.statement}
        values |= {"address": without_secrets(claim.address), "created_at": self._clock.now()}
        async with self._database.transaction(Activity.NOTICE) as tx:
            await tx.execute(insert(NoticeRow).values(**values))
        return new

    async def list(
        self, who: Principal, state: NoticeState | None = None, paging: Paging = _BEGINNING
    ) -> Page[Notice]:
        """Notices, the oldest first: those that wait longest are next."""
        query = select(NoticeRow)
        if state is not None:
            query = query.where(NoticeRow.state == state.value)
        if after := paging.after():
            query = query.where(NoticeRow.id > str(after[0]))
        query = query.order_by(NoticeRow.id).limit(paging.limit + 1)
        async with self._database.transaction(who) as tx:
            await require_operator(tx, who)
            found = [notice_from(row) for row in await tx.scalars(query)]
        return paging.page(found, lambda one: [one.id])

    async def get(self, who: Principal, notice_id: NoticeId) -> tuple[Notice, Sequence[Named]]:
        """A notice, and the files it names, as far as they are here; raises NoticeMissingError."""
        async with self._database.transaction(who) as tx:
            await require_operator(tx, who)
            notice = await notice_in(tx, notice_id)
            return notice, await named_in(tx, notice)

    async def reject(self, who: Principal, notice_id: NoticeId, reason: str) -> Notice:
        """Turn a notice down; again changes nothing. Raises NoticeMissingError, NoticeDecidedError."""
        async with self._database.transaction(who) as tx:
            await require_operator(tx, who)
            notice = await notice_in(tx, notice_id, hold=True)
            if notice.state is NoticeState.REJECTED:
                return notice
            _require_open(notice)
            decided = replace(
                notice,
                state=NoticeState.REJECTED,
                reason=reason,
                decided_by=who.user,
                decided_at=self._clock.now(),
            )
            await note_decision(tx, decided)
            await self._audit.write(tx, who, "notice:rejected", notice_id, {"reason": reason})
            return decided

    async def forget(self) -> int:
        """Delete notices that were turned down or lifted a year ago; how many. A chore."""
        old = delete(NoticeRow).where(
            NoticeRow.state.in_(_OVER), NoticeRow.decided_at < self._clock.now() - _KEPT
        )
        async with self._database.transaction(Activity.CLEAN_UP) as tx:
            gone = await tx.scalars(old.returning(NoticeRow.id))
            return len(gone.all())


async def notice_in(tx: Tx, notice_id: NoticeId, *, hold: bool = False) -> Notice:
    """A notice; with `hold` nobody else decides it before the caller's transaction ends."""
    query = select(NoticeRow).where(NoticeRow.id == notice_id)
    row = await tx.scalar(query.with_for_update() if hold else query)
    if row is None:
        raise NoticeMissingError("there is no such notice")
    return notice_from(row)


async def named_in(tx: Tx, notice: Notice) -> list[Named]:
    """The files that a notice's address leads to; of a share link, its newest film."""
    address = read_address(notice.claim.address)
    return await claimed(tx, list(address.assets), address.key, address.link)


async def claimed(
    tx: Tx, assets: list[str], key: str | None = None, link: str | None = None
) -> list[Named]:
    """Files by their ids, by where their bytes lie, by a share link: for operators, of all workspaces."""
    rows = await tx.execute(_CLAIMED, {"assets": assets, "key": key, "link": link})
    return [
        Named(
            AssetId(row.id),
            WorkspaceId(row.workspace_id),
            UserId(row.user_id),
            row.name,
            row.media_type,
        )
        for row in rows
    ]


async def note_decision(tx: Tx, notice: Notice) -> None:
    """Write down how a notice was decided, in the caller's transaction."""
    await tx.execute(
        update(NoticeRow)
        .where(NoticeRow.id == notice.id)
        .values(
            state=notice.state.value,
            reason=notice.reason,
            decided_by=notice.decided_by,
            decided_at=notice.decided_at,
            about_workspace=notice.workspace,
            takedown_id=notice.takedown,
        )
    )


def _require_open(notice: Notice) -> None:
    if notice.state is not NoticeState.OPEN:
        raise NoticeDecidedError(f"this notice is {notice.state}")


def notice_from(row: NoticeRow) -> Notice:
    """The notice of a row."""
    claim = Claim(NoticeKind(row.kind), row.address, row.claimant, row.reach, row.statement)
    return Notice(
        NoticeId(row.id),
        claim,
        NoticeState(row.state),
        row.created_at,
        row.reason,
        UserId(row.decided_by) if row.decided_by else None,
        row.decided_at,
        WorkspaceId(row.about_workspace) if row.about_workspace else None,
        TakedownId(row.takedown_id) if row.takedown_id else None,
    )
