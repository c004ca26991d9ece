"""Answers kept by the key their caller gave them: a request that is sent again is not done again."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Database
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, InvalidInputError
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.tables import AnswerRow

KEPT = timedelta(days=1)
_LEASE = timedelta(minutes=5)  # longer than an answer takes; whoever died over one is waited for
_HELD = timedelta(seconds=30)
_ANYBODY = UserId("")
_AT_ONCE = 5000


class KeyReusedError(InvalidInputError):
    """The key was given to another request before."""

    code = "key_reused"


class StillAnsweringError(ConflictError):
    """The request with this key is being answered right now; `retry_after` is in seconds."""

    code = "still_answering"
    retry_after = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered; without a body it was not to be kept."""

    status: int
    headers: Mapping[str, str]
    body: bytes | None


class KeptAnswers:
    """One row a key, of one person in one workspace.

    The row is there before the work begins, so that of two who come at once one does it. If the
    process dies over it, whoever comes with the key after five minutes takes it over.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begin(self, who: Principal, key: str, digest: bytes) -> Answer | str:
        """The answer that was given, or a claim: then it is the caller's to give.

        Raises KeyReusedError for a key that another request had (another digest), and
        StillAnsweringError while somebody holds the claim.
        """
        mine = {"workspace_id": who.workspace, "user_id": who.user, "key": key}
        return await self._claim(who, mine, digest, _LEASE)

    async def hold(self, who: Principal, what: str) -> str:
        """A claim on `what`, for which all of the workspace vie; `let_go` gives it up.

        Raises StillAnsweringError while somebody else has it, for half a minute at most.
        """
        mine = {"workspace_id": who.workspace, "user_id": _ANYBODY, "key": what}
        found = await self._claim(who, mine, b"", _HELD)
        assert isinstance(found, str)
        return found

    async def let_go(self, who: Principal, what: str, claim: str) -> None:
        """Let the next one have it."""
        await self._drop(who, _held(replace(who, user=_ANYBODY), what, claim))

    async def _claim(
        self, who: Principal, mine: dict[str, str], digest: bytes, lease: timedelta
    ) -> Answer | str:
        now, claim = self._clock.now(), secrets.token_hex(8)
        values = {"digest": digest, "claim": claim, "until": now + lease, "created_at": now}
        lapsed = AnswerRow.status.is_(None) & (AnswerRow.until < now)
        taking = (
            insert(AnswerRow)
            .values(**mine, **values)
            .on_conflict_do_update(
                index_elements=list(mine),
                set_={"claim": claim, "until": now + lease},
                where=lapsed & (AnswerRow.digest == digest),
            )
            .returning(AnswerRow.claim)
        )
        async with self._database.transaction(who) as tx:
            if await tx.scalar(taking) is not None:
                return claim
            row = (await tx.scalars(select(AnswerRow).filter_by(**mine))).one_or_none()
        return _known(row, digest)

    async def finish(self, who: Principal, key: str, claim: str, answer: Answer) -> None:
        """Keep the answer, if the claim still holds."""
        held = _held(who, key, claim)
        values = {"status": answer.status, "headers": dict(answer.headers), "body": answer.body}
        async with self._database.transaction(who) as tx:
            await tx.execute(update(AnswerRow).where(*held).values(**values))

    async def give_up(self, who: Principal, key: str, claim: str) -> None:
        """Let the next one try: nothing was done."""
        await self._drop(who, _held(who, key, claim))

    async def _drop(self, who: Principal, held: tuple[ColumnElement[bool], ...]) -> None:
        async with self._database.transaction(who) as tx:
            await tx.execute(delete(AnswerRow).where(*held))

    async def prune(self) -> int:
        """Forget what is older than a day; returns how many."""
        before = self._clock.now() - KEPT
        place = (AnswerRow.workspace_id, AnswerRow.user_id, AnswerRow.key)
        async with self._database.transaction(Activity.CLEAN_UP) as tx:
            old = select(*place).where(AnswerRow.created_at < before).limit(_AT_ONCE)
            rows = (await tx.execute(old)).all()
            for workspace, user, key in rows:
                mine = {"workspace_id": workspace, "user_id": user, "key": key}
                await tx.execute(delete(AnswerRow).filter_by(**mine))
        return len(rows)


def _held(who: Principal, key: str, claim: str) -> tuple[ColumnElement[bool], ...]:
    return (
        AnswerRow.workspace_id == who.workspace,
        AnswerRow.user_id == who.user,
        AnswerRow.key == key,
        AnswerRow.claim == claim,
        AnswerRow.status.is_(None),
    )


def _known(row: AnswerRow | None, digest: bytes) -> Answer:
    if row is None:  # given up between our two looks
        raise StillAnsweringError("this request was just given up", way_out="send it again")
    if row.digest != digest:
        raise KeyReusedError(
            "this key was given to another request", way_out="give each request its own key"
        )
    if row.status is None:
        raise StillAnsweringError(
            "this request is being answered right now", way_out="send it again in a moment"
        )
    return Answer(row.status, row.headers or {}, row.body)
