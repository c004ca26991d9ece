"""Saving edits soon, but not one by one: each caller hears what became of the save that held theirs.

Edits of one person to one project wait until none came for a while, then become one version. What
claims to know different versions is saved one after the other; what a person has saved since, here or
in another process, is no conflict with their own edits. Nothing is kept but in memory:
whoever was not answered when the process dies has to send their edit again.
"""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from reelwright.ground.errors import Kind, ReelwrightError
from reelwright.ground.principals import Principal
from reelwright.projects.settings import ProjectSettings
from reelwright.projects.state import State, StateVersion, checked, merged

_MOST_EDITS = 200
"""So many wait for one save; the next one does not wait longer."""


class States(Protocol):
    """Whoever saves states; `ProjectStates` does."""

    async def change(
        self,
        who: Principal,
        project_id: str,
        change: Any,
        *,
        expected: int | None = None,
        edit: bool = False,
    ) -> StateVersion:
        """Save what `change` makes of the newest state; with `edit` one's own versions are no conflict."""
        ...


class SaveState(StrEnum):
    """Where edits stand that are not saved yet."""

    PENDING = "pending"  # more may come
    SAVING = "saving"
    RETRYING = "retrying"  # it did not work, and is tried again


@dataclass(frozen=True, slots=True)
class SaveStatus:
    """How many edits of a project are not saved yet, and how far they are; `attempt` counts from 1."""

    state: SaveState
    edits: int
    attempt: int
    waiting_s: float


@dataclass(slots=True)
class _Batch:
    """Edits that become one version, each with its caller; `watchers` wait for whatever comes of it."""

    who: Principal
    expected: int | None
    since: float
    edits: list[Mapping[str, Any]] = field(default_factory=list)
    callers: list[asyncio.Future[StateVersion]] = field(default_factory=list)
    watchers: list[asyncio.Future[StateVersion]] = field(default_factory=list)
    state: SaveState = SaveState.PENDING
    attempt: int = 0
    due: float = 0.0

    def apply(self, state: State) -> State:
        """What the edits make of a state, in their order."""
        made: Any = state
        for edit in self.edits:
            made = merged(made, dict(edit))
        return made

    def parted(self) -> "list[_Batch]":
        """Each edit by itself."""
        parts = [
            _Batch(self.who, self.expected, self.since, [edit], [caller], due=0.0)
            for edit, caller in zip(self.edits, self.callers, strict=True)
        ]
        parts[-1].watchers = self.watchers
        return parts


@dataclass(slots=True)
class _Lane:
    """The batches of one person and one project, saved in order by one task."""

    batches: deque[_Batch] = field(default_factory=deque)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    hurry: bool = False


_Key = tuple[str, str, str]


class SaveManager:
    """Gathers edits of states and saves them; lives on one event loop.

    Delays and retries as the settings say. Only what may work another time is tried again.
    """

    def __init__(self, states: States, settings: ProjectSettings) -> None:
        self._states = states
        self._settings = settings
        self._lanes: dict[_Key, _Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def start(self) -> None:
        """Begin to gather."""
        self._stopping = False

    async def stop(self) -> None:
        """Save all that waits, now; from here on edits are saved one by one."""
        self._stopping = True
        await self.flush()

    async def save(
        self,
        who: Principal,
        project_id: str,
        edit: Mapping[str, Any],
        *,
        expected: int | None = None,
    ) -> StateVersion:
        """Have an edit (a JSON merge patch) saved, with others that come soon; the version it is in.

        Raises what the save has raised that held it: StateConflictError if `expected` is stale.
        Whoever is cancelled while waiting has still made the edit.
        """
        checked(edit)  # what no state can hold concerns nobody else
        answer: asyncio.Future[StateVersion] = asyncio.get_running_loop().create_future()
        self._take(who, project_id, edit, expected, answer)
        return await answer

    async def save_now(self, who: Principal, project_id: str) -> StateVersion | None:
        """Save what waits of a person's edits of a project, now; None if nothing did.

        Raises what the last save has raised.
        """
        lane = self._lanes.get(_key(who, project_id))
        if lane is None or not lane.batches:
            return None
        answer: asyncio.Future[StateVersion] = asyncio.get_running_loop().create_future()
        lane.batches[-1].watchers.append(answer)
        lane.hurry = True
        lane.wake.set()
        return await answer

    def status(self, who: Principal, project_id: str) -> SaveStatus | None:
        """How a person's edits of a project stand; None when all are saved."""
        lane = self._lanes.get(_key(who, project_id))
        if lane is None or not lane.batches:
            return None
        first = lane.batches[0]
        edits = sum(len(one.edits) for one in lane.batches)
        return SaveStatus(first.state, edits, first.attempt, _now() - first.since)

    async def flush(self) -> None:
        """Save all that waits, of everybody; failures are told to those who wait for them."""
        for lane in self._lanes.values():
            lane.hurry = True
            lane.wake.set()
        while self._tasks:
            await asyncio.wait(list(self._tasks))

    def _take(
        self,
        who: Principal,
        project_id: str,
        edit: Mapping[str, Any],
        expected: int | None,
        answer: asyncio.Future[StateVersion],
    ) -> None:
        lane, now = self._lane(who, project_id), _now()
        last = lane.batches[-1] if lane.batches else None
        if last is None or last.expected != expected or last.state is not SaveState.PENDING:
            last = _Batch(who, expected, now)
            lane.batches.append(last)
        last.who = who
        last.edits.append(edit)
        last.callers.append(answer)
        quiet = now + self._settings.debounce_s
        last.due = min(quiet, last.since + self._settings.longest_wait_s)
        if len(last.edits) >= _MOST_EDITS:
            last.due = now
        lane.wake.set()

    def _lane(self, who: Principal, project_id: str) -> _Lane:
        key = _key(who, project_id)
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = _Lane()
            task = asyncio.create_task(self._work(key, lane), name=f"saving {project_id}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return lane

    async def _work(self, key: _Key, lane: _Lane) -> None:
        """Save the batches of a lane in order, until there are none."""
        while lane.batches:
            await self._until_due(lane)
            batch = lane.batches[0]
            batch.state = SaveState.SAVING
            saved, error = await self._try(key[2], batch)
            lane.batches.popleft()
            if len(batch.edits) > 1 and _is_one_edits_fault(error):
                lane.batches.extendleft(reversed(batch.parted()))
                continue
            _settle([*batch.callers, *batch.watchers], saved, error)
        # Nothing was awaited since the look at the batches: none came in between.
        del self._lanes[key]

    async def _until_due(self, lane: _Lane) -> None:
        """Until no more edits may join the first batch."""
        while True:
            first = lane.batches[0]
            left = first.due - _now()
            if left <= 0 or len(lane.batches) > 1 or lane.hurry or self._stopping:
                lane.hurry = len(lane.batches) > 1 and lane.hurry
                return
            lane.wake.clear()
            try:
                async with asyncio.timeout(left):
                    await lane.wake.wait()
            except TimeoutError:
                continue

    async def _try(
        self, project_id: str, batch: _Batch
    ) -> tuple[StateVersion | None, BaseException | None]:
        delay = self._settings.retry_delay_s
        while True:
            batch.attempt += 1
            try:
                return await self._states.change(
                    batch.who, project_id, batch.apply, expected=batch.expected, edit=True
                ), None
            except Exception as error:  # noqa: BLE001 - told to those it concerns
                if batch.attempt > self._settings.retries or not _is_worth_retrying(error):
                    return None, error
            batch.state = SaveState.RETRYING
            await asyncio.sleep(delay)
            delay *= self._settings.backoff


def _is_one_edits_fault(error: BaseException | None) -> bool:
    """Whether it may be one edit alone that cannot be saved, and not the others with it."""
    return isinstance(error, ReelwrightError) and error.kind is Kind.INVALID


def _is_worth_retrying(error: Exception) -> bool:
    return isinstance(error, ReelwrightError) and error.kind is Kind.UNAVAILABLE


def _settle(
    callers: Sequence[asyncio.Future[StateVersion]],
    saved: StateVersion | None,
    error: BaseException | None,
) -> None:
    for caller in callers:
        if caller.done():  # gone away meanwhile
            continue
        if saved is not None:
            caller.set_result(saved)
        elif error is not None:
            caller.set_exception(error)


def _key(who: Principal, project_id: str) -> _Key:
    return who.workspace, who.user, str(project_id)


def _now() -> float:
    return asyncio.get_running_loop().time()
