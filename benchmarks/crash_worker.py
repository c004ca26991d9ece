"""A worker that is killed at one exact point of a paid call; `benchmarks.crashes` says at which.

Nothing in the house knows of it: the points are found from outside. Each commit that writes something
is one, by SQLAlchemy's own event, which is called just before the database is told; the durable
engine's commits as well, for they go through the same library. Of each request there are three: just
before it is written, when it is written and nothing has come back, and when its answer is there whole.
What stands after a commit is what stands before the next point, so all states are met.

The module is loaded ahead by the server that forks the workers, with all that the house imports: each
then costs a fork.
"""

import asyncio
import gc
import os
import re
import signal
import sys
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from aiohttp import ClientRequest, ClientResponse
from PIL import Image
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, event

from reelwright.app.running import run_loop, running
from reelwright.app.start import OpenHouse
from reelwright.engines.durable.steps import DbosSteps
from reelwright.generation import attempts
from reelwright.generation.accounts.account import NewAccount
from reelwright.generation.accounts.book import AccountBook
from reelwright.generation.provider_service import ProviderService
from reelwright.generation.submissions import polling
from reelwright.providers.contract import Access
from reelwright.providers.fal import provider as fal
from reelwright.providers.loader import load_provider, provider_names
from reelwright.providers.operations import Operation

for _ahead in (
    "anyio._backends._asyncio",
    "dbos._sys_db_postgres",
    "reelwright.engines.http.transport",
    "obstore.store",
    "prometheus_client",
    "uvloop",
    "reelwright.app.figures",
    "reelwright.app.preparing",
    "reelwright.app.readiness",
    "reelwright.app.reporting",
    "reelwright.app.wiring",
    "reelwright.generation.submissions.inspecting",
):
    import_module(_ahead)
for _name in provider_names():
    load_provider(_name).models()
Image.init()
gc.freeze()

_STEP: ContextVar[str] = ContextVar("step", default="")
"""The step of the call in which this runs; "" is the durable engine's own work, or the house's."""

_POLL, _ASK, _ENGINE = "poll", "ask", "engine"


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is told when it begins: where it works, and where it is to die, if at all."""

    environment: Mapping[str, str]
    log: str
    dies_at: str | None = None


@dataclass(slots=True)
class Gate:
    """Names each point as it is met, tells of it, and ends the process at the one that was named."""

    tell: Callable[[str], None]
    dies_at: str | None = None
    met: Counter[str] = field(default_factory=Counter)
    _lock: Any = field(default_factory=threading.Lock)

    def pass_by(self, step: str, what: str) -> None:
        """Here is a point: perhaps the last."""
        with self._lock:
            name = f"{step}: {what}"
            self.met[name] += 1
            if self.met[name] > 1:
                name = f"{name}, no. {self.met[name]}"
            self.tell(name)
            if name == self.dies_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def begin(self, dies_at: str | None) -> None:
        """From here on points are counted anew."""
        with self._lock:
            self.met.clear()
            self.dies_at = dies_at


# The commits.

_VERB = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+([a-z_.]+)", re.IGNORECASE)
_FUNCTIONS = {
    "take_holds(": "money held",
    "end_hold(": "money settled or released",
    "release_account(": "account given back",
    "enqueue_calls(": "run enqueued",
}
_TABLES = (
    ("submissions", "INSERT INTO submissions", "call written down"),
    ("submissions", "sends = sends + 1", "call may be sent"),
    ("submissions", "looks = s.looks + 1", "call is looked at"),
    ("submissions", "SET state=", "call {new_state}"),
    ("submissions", "cost_micros=", "call {new_state}"),
    ("submissions", "", "call's next look"),
    ("jobs", "INSERT INTO jobs", "job asked for"),
    ("jobs", "UPDATE jobs SET state=", "job {param_3}"),
    ("dbos.operation_outputs", "", "engine remembers {function_name}"),
    ("dbos.workflow_status", "%(new_status)s", "run {new_status}"),
    ("dbos.workflow_status", "%(status)s", "run {status}"),
    ("dbos.notifications", "UPDATE dbos.notifications", "message taken"),
    ("dbos.notifications", "", "message sent"),
    ("accounts", "", "account's count"),
    ("assets", "", "asset kept"),
)
"""What is said of a statement: by its table, and by words in it; the first that fits."""
_DULL = {"events", "step_effects", "job_history", "blobs", "products", "account_circuits"}
"""Tables that are written beside others."""
_NO_TABLES = {"of", "set", "skip"}


def written_by(statement: str, parameters: Any) -> list[str]:
    """What a statement writes, in words; nothing for one that only reads."""
    told = parameters if isinstance(parameters, Mapping) else {}
    tables = dict.fromkeys(one.lower() for one in _VERB.findall(statement))
    return [
        *(words for name, words in _FUNCTIONS.items() if name in statement),
        *(_words(one, statement, told) for one in tables if one not in _DULL | _NO_TABLES),
    ]


def _words(table: str, statement: str, told: Mapping[str, Any]) -> str:
    for of, sign, words in _TABLES:
        if of == table and sign in statement:
            return words.format_map(_Known(told)).replace("run ENQUEUED", "run put back").lower()
    return table


class _Known(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "changed"


def watch_commits(gate: Gate) -> None:
    """Make each commit that writes a point; a statement that commits by itself too."""

    def executing(
        connection: Connection, _cursor: Any, statement: str, told: Any, _context: Any, _many: bool
    ) -> None:
        driver: Any = connection.connection.driver_connection
        alone = driver.autocommit and driver.info.transaction_status == TransactionStatus.IDLE
        if alone:
            _commit(gate, written_by(statement, told))

    def executed(
        connection: Connection, cursor: Any, statement: str, told: Any, _context: Any, _many: bool
    ) -> None:
        if cursor.rowcount:
            connection.info.setdefault("written", []).extend(written_by(statement, told))

    def committing(connection: Connection) -> None:
        _commit(gate, connection.info.pop("written", []))

    def rolling_back(connection: Connection) -> None:
        connection.info.pop("written", None)

    event.listen(Engine, "before_cursor_execute", executing)
    event.listen(Engine, "after_cursor_execute", executed)
    event.listen(Engine, "commit", committing)
    event.listen(Engine, "rollback", rolling_back)


def _commit(gate: Gate, written: list[str]) -> None:
    step = _STEP.get()
    ours = [
        one
        for one in dict.fromkeys(written)
        if step or one.startswith(("engine ", "run ", "message "))
    ]
    if ours:
        gate.pass_by(step or _ENGINE, f"commit of {', '.join(ours)}")


# The wire.

_NAMES = (
    (re.compile(r"/requests/(?!by-)[^/?]+"), "/requests/ID"),
    (re.compile(r"/files/[^?]+"), "/files/NAME"),
    (re.compile(r"\d{6,}"), "ID"),
    (re.compile(r"(?<=text-to-speech/)[^/?]+"), "VOICE"),
    (re.compile(r"\?.*"), ""),
)


def watch_wire(gate: Gate) -> None:
    """Make the three boundaries of each request points."""
    send, write, end = ClientRequest.send, ClientRequest.write_bytes, ClientResponse._response_eof  # noqa: SLF001
    steps: WeakKeyDictionary[ClientResponse, str] = WeakKeyDictionary()

    def pass_by(step: str, what: str, of: ClientRequest | ClientResponse) -> None:
        path = of.url.raw_path_qs
        for sign, name in _NAMES:
            path = sign.sub(name, path)
        if step:
            gate.pass_by(step, what.format(f"{of.method} {path}"))

    async def sent(self: ClientRequest, conn: Any) -> ClientResponse:
        pass_by(_STEP.get(), "before {}", self)
        response = await send(self, conn)
        steps[response] = _STEP.get()  # its end is noticed by the loop, which knows no step
        if not self.body:
            pass_by(_STEP.get(), "{} written", self)
        return response

    async def written(self: ClientRequest, *told: Any, **more: Any) -> None:
        await write(self, *told, **more)
        pass_by(_STEP.get(), "{} written", self)

    def answered(self: ClientResponse) -> None:
        if not self.closed:
            pass_by(steps.get(self, ""), "{} answered", self)
        end(self)

    # From outside, as all here.
    ClientRequest.send = sent  # pyrefly: ignore[bad-assignment]
    ClientRequest.write_bytes = written  # pyrefly: ignore[bad-assignment]
    ClientResponse._response_eof = answered  # pyrefly: ignore[bad-assignment]  # noqa: SLF001


# In which step.


@contextmanager
def _in(step: str) -> Iterator[None]:
    token = _STEP.set(step)
    try:
        yield
    finally:
        _STEP.reset(token)


def watch_steps() -> None:
    """Have each step of the call known by its name; commits and requests happen within."""
    remembered = DbosSteps._remembered  # noqa: SLF001

    async def within(self: DbosSteps, name: str, act: Callable[[], Awaitable[Any]]) -> Any:
        with _in(name):
            return await remembered(self, name, act)

    DbosSteps._remembered = within  # pyrefly: ignore[bad-assignment]  # noqa: SLF001
    for name in ("_begin_looks", "_look_again"):
        setattr(polling.StatusPoller, name, _looking(getattr(polling.StatusPoller, name)))


def _looking(act: Callable[[polling.StatusPoller], Awaitable[Any]]) -> Callable[..., Any]:
    """The same, known as the poller's; what it begins is so as well."""

    async def looking(poller: polling.StatusPoller) -> Any:
        with _in(_POLL):
            return await act(poller)

    return looking


def hurry() -> None:
    """Wait less between looks, that hundreds of lives may pass in minutes; nothing else is changed."""

    def soon(_operation: Operation, _looks: int, _waiting: int = 0) -> timedelta:
        return timedelta(seconds=0.2)

    polling._EACH_S, polling._LEASE_S = 0.1, 1.0  # noqa: SLF001
    fal._LISTED_WITHIN = timedelta(seconds=3)  # noqa: SLF001
    for module in (polling, attempts):
        setattr(module, "pause_before", soon)  # noqa: B010  # from outside, as all here


# The life of a worker.


def work(pipe: Pipe, setup: Setup) -> None:
    """What the forked process does: open the house as a worker, and do what it is told."""
    os.environ.clear()
    os.environ.update(setup.environment)
    log = os.open(setup.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, sys.stdout.fileno())
    os.dup2(log, sys.stderr.fileno())
    told = threading.Lock()

    def tell(*words: Any) -> None:
        with told:
            pipe.send(words)

    gate = Gate(lambda name: tell("point", name), setup.dies_at)
    watch_commits(gate)
    watch_wire(gate)
    watch_steps()
    hurry()
    run_loop(lambda: _live(pipe, gate, tell))


async def _live(pipe: Pipe, gate: Gate, tell: Callable[..., None]) -> None:
    async with running(worker=True) as house:
        tell("open")
        while True:
            match await asyncio.to_thread(pipe.recv):
                case "account", vendor, address:
                    access = Access(f"{vendor}-key", address, {"lists_running": "yes"})
                    book = await house.container.get(AccountBook)
                    await book.add(house.owner, NewAccount(vendor, access, name=vendor))
                    tell("done")
                case "ask", dies_at, order:
                    gate.begin(dies_at)
                    await _ask(house, order)
                    tell("done")
                case "ask again", order:
                    await _ask(house, order)
                    tell("done")


async def _ask(house: OpenHouse, order: Mapping[str, Any]) -> None:
    """Ask for the job; again with the same key it is the same job, as for a caller who lost the answer."""
    providers = await house.container.get(ProviderService)
    with _in(_ASK):
        await providers.execute_job(
            house.owner,
            Operation(order["operation"]),
            order["request"],
            route={"models": [order["model"]]},
            name=order["name"],
            request_key=order["name"],
        )


def end_of(log: Path) -> str:
    """The last that workers have said."""
    return log.read_text(errors="replace")[-4000:] if log.exists() else ""
