"""What the durable engine promises, in words that name no engine.

A workflow is a function of its id and plain JSON input. It may be run several times, by several
processes, one after the other: what its steps have answered is remembered and not done again. So
the body MUST be deterministic between steps, and input holds ids only (a workflow's input can be
read by whoever may read workflows, tenants' data may not).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from reelwright.engines.database.database import Tx
from reelwright.engines.events.publishing import NewEvent
from reelwright.ground.principals import Who

T = TypeVar("T")
Json = Any
"""What JSON can say: None, bool, int, float, str, lists and string-keyed dicts of these."""


class Steps(Protocol):
    """What a workflow's body does the world with."""

    @property
    def workflow_id(self) -> str:
        """The id of the workflow that runs."""
        ...

    async def run(self, name: str, act: Callable[[], Awaitable[T]]) -> T:
        """Do something outside the database, at least once; its answer (JSON) is remembered.

        A ReelwrightError that `act` raises is remembered and raised as one of the same class, code,
        kind, message and way out; any other error as a ReelwrightError of kind fault. Neither is
        tried again; only while our own database is away is `act` called again.
        """
        ...

    async def transact(self, who: Who, name: str, act: Callable[[Tx], Awaitable[T]]) -> T:
        """Change the database exactly once: the effect and the memory of it are one commit.

        READ COMMITTED; lost connections and serialization failures are tried again, for as long as
        it takes. Errors as in `run`; the transaction is rolled back then.
        """
        ...

    async def receive(self, topic: str, within: timedelta) -> Json | None:
        """Wait for a message, also over restarts; None when the time has passed."""
        ...

    async def sleep(self, how_long: timedelta) -> None:
        """Wait, also over restarts."""
        ...

    async def tell(self, workflow_id: str, topic: str, message: Json, key: str) -> None:
        """Send a message to a workflow, once per `key`."""
        ...

    async def patched(self, name: str) -> bool:
        """Whether this run began after the change `name` (in `Workflow.patches`) was made."""
        ...


@dataclass(frozen=True, slots=True)
class Workflow:
    """A durable function. `run` gets its steps and the input; what it answers is JSON.

    `patches` names the changes made to the body while runs of it were under way, oldest first: a
    run that begins now sees them all in `Steps.patched`, one that began before sees what was then.
    """

    name: str
    run: Callable[[Steps, Json], Awaitable[Json]]
    patches: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Queue:
    """Where calls wait. `per_worker` of them run at a time in one worker; None: no bound.

    With `fair`, each call names a partition, and partitions take turns.
    """

    name: str
    per_worker: int | None = None
    fair: bool = False
    poll_s: float = 0.15


@dataclass(frozen=True, slots=True)
class Call:
    """A workflow to be started. The id makes it idempotent: a second call of one id is the first."""

    workflow: str
    id: str
    input: Json
    queue: str
    priority: int = 5
    partition: str | None = None
    delay: timedelta = timedelta()


class Phase(StrEnum):
    """Where a call stands."""

    WAITING = "waiting"  # in a queue, or delayed
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the engine knows of a call: `output` once it is done, `error` once it has failed.

    `failure` is the error as JSON: type, code, kind, message, way_out.
    """

    id: str
    phase: Phase
    executor: str | None = None
    error: str | None = None
    failure: Mapping[str, Json] | None = None
    output: Json = None


class Durable(Protocol):
    """Starts, stops and asks after workflows; any process with the database may."""

    async def announce(self, roster: "Roster") -> None:
        """Make a roster's names known before any worker has: then calls may wait for the first."""
        ...

    async def enqueue(
        self, tx: Tx, calls: Sequence[Call], telling: Sequence[NewEvent] = ()
    ) -> None:
        """Start workflows when `tx` commits, and not at all when it does not.

        The events that tell of them are published in the same round trip.
        """
        ...

    async def tell(self, workflow_id: str, topic: str, message: Json, key: str) -> None:
        """Send a message to a workflow, once per `key`."""
        ...

    async def cancel(self, ids: Sequence[str]) -> None:
        """Take calls out of their queue; what runs is stopped at its next step."""
        ...

    async def standing(self, ids: Sequence[str]) -> Mapping[str, Standing]:
        """Where calls stand; ids nobody has heard of are left out."""
        ...


@dataclass(frozen=True, slots=True)
class Roster:
    """All a worker can run."""

    workflows: Sequence[Workflow] = field(default=())
    queues: Sequence[Queue] = field(default=())


class Executor(Protocol):
    """A process's part in running workflows: started with a roster, it takes calls from queues."""

    @property
    def id(self) -> str:
        """Unique for each start of a process, never reused."""
        ...

    async def start(self, roster: Roster) -> None:
        """Sign in (a first heartbeat) and begin to take calls, on the running event loop."""
        ...

    async def stop(self, grace: timedelta) -> None:
        """Take no more, let what runs end within `grace`, then hand the rest over at once."""
        ...

    def may_call(self) -> bool:
        """Whether our lease still holds: a paid or outside call is only made if it does."""
        ...
