"""The paid call killed at each commit and at each boundary of the wire, for each class of vendor.

A first life in which nobody dies tells what points there are; then each has a job of its own, whose
worker is killed exactly there, and whose end another worker brings about. Where a second life goes
other ways than the first (a look-up, a request under the same key), it is killed there as well. What
the fake has billed is laid beside what we know of it; `benchmarks/crashes.md` has the table.
"""

import itertools
import queue
import sys
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.crash_books import INTENT, KEPT, Class, Fate, Life, Sum, judge, page
from benchmarks.figures import Figure
from benchmarks.homes import environment, fresh_home, opened_database
from reelwright.engines.database.roles import plain_dsn
from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from reelwright.testing.fakes.fal import FakeFal
from reelwright.testing.fakes.pixverse import FakePixVerse
from reelwright.testing.fakes.server import FakeVendor

_LANES = 3
_TIMES = 3
_PATIENCE_S = 45.0
_TABLE = Path(__file__).parent / "crashes.md"
_FAKES = {"pixverse": FakePixVerse, "fal": FakeFal, "elevenlabs": FakeElevenLabs}
_VIDEO = "POST /openapi/v2/video/text/generate"
_IMAGE = "POST /fal-ai/flux/schnell"
_SPEECH = "POST /v1/text-to-speech/VOICE/with-timestamps"
CLASSES = (
    Class(
        "key", "the vendor knows a request again by its key (pixverse, text to video)",
        "pixverse", "pixverse/v6/text-to-video", "text-to-video",
        {"seconds": 5, "resolution": "360p"}, "prompt",
        (f"send: before {_VIDEO}", f"send: {_VIDEO} answered", KEPT.replace("send", "bring")),
    ),
    Class(
        "look-up", "the vendor can be asked for our reference (fal, text to image)",
        "fal", "fal/flux-schnell", "text-to-image", {}, "prompt",
        (f"send: before {_IMAGE}", f"send: {_IMAGE} answered", KEPT.replace("send", "bring")),
    ),
    Class(
        "neither", "the vendor has neither (elevenlabs, speech)",
        "elevenlabs", "elevenlabs/v3", "speech", {}, "text", (f"send: {_SPEECH} answered",),
        may_be_unknown=True,
    ),
)  # fmt: skip


class _Worker:
    """A worker process, and the points it has met since it was last asked for something."""

    def __init__(self, process: BaseProcess, pipe: Pipe) -> None:
        self.process = process
        self.points: list[str] = []
        self._pipe = pipe

    def tell(self, *words: Any) -> bool:
        """Have it do something and wait until that is done; False when it has died of it."""
        try:
            self._pipe.send(words)
        except OSError:
            return False
        return self.hear("done")

    def hear(self, awaited: str) -> bool:
        """Listen until it says so; False when it has died before."""
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            alive = (
                self.process.is_alive()
            )  # asked first: what it has said until its death is heard
            if awaited in list(self._heard(0.05)):
                return True
            if not alive:
                return False
        raise TimeoutError(f"a worker did not say {awaited!r}")

    @property
    def alive(self) -> bool:
        """Whether it lives; what it has met until now is heard first."""
        alive = self.process.is_alive()
        for _ in self._heard(0):
            pass
        return alive

    def end(self) -> None:
        """Kill it: what it has begun others take up."""
        self.process.kill()
        self.process.join()
        self._pipe.close()

    def _heard(self, patience_s: float) -> Iterator[str]:
        try:
            while self._pipe.poll(patience_s):
                word, *more = self._pipe.recv()
                if word == "point":
                    self.points.append(more[0])
                yield word
                patience_s = 0
        except (EOFError, OSError):
            return


@dataclass
class _Lane:
    """A home with its Postgres, the fakes, and one worker after the other."""

    settings: Mapping[str, str]
    log: Path
    books: psycopg.Connection
    fakes: Mapping[str, FakeVendor]
    numbers: Iterator[int]
    worker: _Worker | None = None
    context: Any = field(default_factory=lambda: get_context("forkserver"))

    def start(self, dies_at: str | None = None) -> _Worker:
        """The next worker, told where to die."""
        from benchmarks.crash_worker import Setup, work  # noqa: PLC0415  # loads the whole house

        ours, theirs = self.context.Pipe()
        setup = Setup(self.settings, str(self.log), dies_at)
        process = self.context.Process(target=work, args=(theirs, setup), daemon=True)
        process.start()
        theirs.close()
        self.worker = _Worker(process, ours)
        self.worker.hear("open")
        return self.worker

    def live(self, plan: "_Plan") -> "_Lived":
        """One job: a worker dies at each of the deaths in turn, the next one brings it to its end."""
        one, deaths = plan.one, plan.deaths
        number = next(self.numbers)
        order = one.order(number)
        self._forget()
        worker = self.worker or self.start()
        worker.points.clear()
        worker.tell("ask", deaths[0] if deaths else None, order)
        first, reached = worker, True
        for index, _ in enumerate(deaths):
            reached = self._until_over(worker, order["name"]) == "died" and reached
            worker.end()
            following = deaths[index + 1] if index + 1 < len(deaths) else None
            worker = self.start(following)
            worker.tell("ask again", order)
        self._until_over(worker, order["name"])
        fake = self.fakes[one.vendor]
        life = judge(self.books, fake, one, number, deaths, reached=reached, in_doubt=plan.in_doubt)
        return _Lived(life, tuple(first.points), tuple(worker.points))

    def _forget(self) -> None:
        """Of a call that ended unknown its account bears the marks; they must not hold up the next job."""
        for statement in _FORGET:
            while True:
                try:
                    self.books.execute(statement)
                    break
                except psycopg.OperationalError:  # the worker writes there too
                    time.sleep(0.05)

    def _until_over(self, worker: _Worker, name: str) -> str:
        """Wait until the worker has died, or the job and its run are over."""
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            if not worker.alive:
                return "died"
            if self.books.execute(_OVER, (name,)).fetchone():
                return "over"
            time.sleep(0.02)
        return "late"


_FORGET = (
    "UPDATE accounts SET state = 'active', until = NULL, failures = 0, probe_at = NULL",
    "DELETE FROM account_circuits",
)
_OVER = """
SELECT 1 FROM jobs AS j JOIN dbos.workflow_status AS w ON w.workflow_uuid = j.workflow_id
 WHERE j.name = %s AND j.state IN ('completed', 'failed', 'cancelled', 'unknown')
   AND w.status NOT IN ('ENQUEUED', 'PENDING', 'DELAYED')"""


@dataclass(frozen=True, slots=True)
class _Lived:
    life: Life
    first: tuple[str, ...]
    last: tuple[str, ...]


@contextmanager
def _lane(numbers: Iterator[int]) -> Iterator[_Lane]:
    with ExitStack() as stack:
        home = stack.enter_context(fresh_home())
        urls = stack.enter_context(opened_database(home))
        fakes: dict[str, FakeVendor] = {name: kind() for name, kind in _FAKES.items()}
        for fake in fakes.values():
            stack.enter_context(fake.served())
        books = stack.enter_context(psycopg.connect(plain_dsn(urls.owner), autocommit=True))
        settings = environment(home) | _SETTINGS
        lane = _Lane(settings, home.parent / "workers.log", books, fakes, numbers)
        try:
            first = lane.start()
            for vendor, fake in fakes.items():
                first.tell("account", vendor, fake.url)
            yield lane
        finally:
            if lane.worker is not None:
                lane.worker.end()


_SETTINGS = {
    "REELWRIGHT_HTTP__PRIVATE": "true",
    "REELWRIGHT_DURABLE__BEAT_S": "0.2",
    "REELWRIGHT_DURABLE__LEASE_S": "2",
    "REELWRIGHT_JOBS__POLL_S": "0.05",
}


@dataclass(frozen=True, slots=True)
class _Plan:
    """A job to be asked for, and where its workers are to die."""

    one: Class
    deaths: tuple[str, ...]
    in_doubt: bool


def _plans_of(lane: _Lane, one: Class) -> Iterator[_Plan]:
    """Every point of a class, found by lives in which nobody dies, or only where a second life begins."""
    first = _points(lane.live(_Plan(one, (), in_doubt=False)).first)
    doubt = _in_doubt(first)
    for point in first:
        yield _Plan(one, (point,), point in doubt)
    for death in one.again:
        second = lane.live(_Plan(one, (death,), in_doubt=True))
        if not second.life.reached:
            raise ValueError(f"there is no point {death!r}; there are {first}")
        for point in _differing(second.last, first, death):
            yield _Plan(one, (death, point), in_doubt=True)


def _lived(lane: _Lane, plan: _Plan) -> Life:
    """A life after a plan; another one where its point was not met, which a crowded machine can cause."""
    for _ in range(_TIMES):
        life = lane.live(plan).life
        if life.reached or life.fate not in (Fate.MADE, Fate.UNKNOWN):
            break
    if not life.good:  # also in the table, but that comes only at the end
        print(f"{plan.one.name}, killed at {plan.deaths}: {life}", file=sys.stderr, flush=True)
    return life


def _points(met: Sequence[str]) -> list[str]:
    """Those to die at: a look at the vendor that is repeated is the same boundary again."""
    return [one for one in met if ", no. " not in one or not ("GET" in one or "poll: " in one)]


def _in_doubt(points: Sequence[str]) -> set[str]:
    """After the intent was committed, until the result was."""
    if INTENT not in points or KEPT not in points:
        return set()
    return set(points[points.index(INTENT) + 1 : points.index(KEPT) + 1])


def _differing(second: Sequence[str], first: Sequence[str], death: str) -> list[str]:
    """What a second life has of its own: taking over, the step that was broken off, other ways."""
    step = death.partition(":")[0]
    ours = (f"{step}: ", "engine: commit of run ")
    own = [one for one in _points(second) if not one.startswith("poll: ")]
    own = [one for one in own if one.startswith(ours) or one not in first]
    return [one for one in own if one != "engine: commit of run success"]


def measure() -> Iterator[Figure]:
    """All classes, two at a time; writes the table."""
    get_context("forkserver").set_forkserver_preload(["benchmarks.crash_worker"])
    began = time.monotonic()
    found = _all()
    took = time.monotonic() - began
    _TABLE.write_text(page(found, took), encoding="utf-8")
    total = Sum.of(life for lives in found.values() for life in lives)
    told = (
        f"points {total.points}, lost {total.lost}, paid twice {total.twice},"
        f" settled exactly once {total.settled}, unknown {total.unknown}"
        f" ({total.wrongly_unknown} without need), not reached {total.missed}; {took:.0f} s;"
        " [table](crashes.md)"
    )
    yield Figure(
        "crash points: each commit and each boundary of the wire of the paid call, killed one by one,"
        " for three classes of vendor",
        "lost 0, paid twice 0, settled once; unknown only where the vendor has neither key nor look-up",
        told,
        total.good,
    )


def _all() -> dict[Class, list[Life]]:
    numbers = itertools.count(1)
    with ExitStack() as stack:
        # One after the other: migrations know only one at a time in a process.
        lanes = [stack.enter_context(_lane(numbers)) for _ in range(_LANES)]
        plans = [plan for one in CLASSES for plan in _plans_of(lanes[0], one)]
        left: queue.SimpleQueue[int] = queue.SimpleQueue()
        for index in range(len(plans)):
            left.put(index)
        lives: dict[int, Life] = {}

        def work(lane: _Lane) -> None:
            with suppress(queue.Empty):
                while True:
                    index = left.get_nowait()
                    try:
                        lives[index] = _lived(lane, plans[index])
                    except Exception:
                        traceback.print_exc()  # the other lanes' lives go on for minutes
                        raise

        with ThreadPoolExecutor(_LANES) as pool:
            list(pool.map(work, lanes))
    return {
        one: [lives[index] for index, plan in enumerate(plans) if plan.one is one]
        for one in CLASSES
    }
