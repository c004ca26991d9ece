"""What became of calls whose workers were killed: the vendors' books beside ours, and the table."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import psycopg

from benchmarks.figures import machine
from reelwright.testing.fakes.server import FakeVendor

INTENT, KEPT = "send: commit of call may be sent", "send: commit of call made"
"""Between these two, nobody can know where a vendor has neither key nor look-up."""


@dataclass(frozen=True, slots=True, eq=False)
class Class:
    """A class of vendor, and what is asked of the one that stands for it.

    `again` names the points after which a second life goes other ways than the first, and is killed too.
    """

    name: str
    told: str
    vendor: str
    model: str
    operation: str
    request: Mapping[str, Any]
    words: str
    again: tuple[str, ...]
    may_be_unknown: bool = False

    def order(self, number: int) -> dict[str, Any]:
        """The job of that number; its words are its own, so that the vendor's book can name it."""
        request = {**self.request, self.words: words(number)}
        told = {"operation": self.operation, "model": self.model, "request": request}
        return told | {"name": f"crash {number}"}


def words(number: int) -> str:
    """What the job of a number asks for."""
    return f"crash number {number} of the long night"


class Fate(StrEnum):
    """What became of a call."""

    MADE = "made once, settled once"
    UNKNOWN = "unknown, money held"
    LOST = "LOST"
    TWICE = "PAID TWICE"


@dataclass(frozen=True, slots=True)
class Life:
    """One job: where its workers were killed, and how it ended. `reached`: they died where they should."""

    deaths: tuple[str, ...]
    reached: bool
    billed: int
    sends: int
    call: str
    money: str
    job: str
    fate: Fate
    unknown_is_right: bool = True
    fault: str = ""

    @property
    def good(self) -> bool:
        """Whether all that is promised was kept, and the point was met."""
        kept = self.fate is Fate.MADE or (self.fate is Fate.UNKNOWN and self.unknown_is_right)
        return self.reached and kept


_CALLS = """
SELECT j.state, s.state, s.sends, s.cost_micros, h.state, h.settled_micros,
       cardinality(s.assets),
       (SELECT count(*) FROM assets AS a WHERE a.submission_id = s.id),
       (SELECT count(*) FROM ledger_entries AS e WHERE e.hold_id = h.id AND e.debit = 'spent'),
       (SELECT count(*) FROM account_reservations AS r WHERE r.id = s.id AND r.released_at IS NULL)
  FROM jobs AS j LEFT JOIN submissions AS s ON s.job_id = j.id LEFT JOIN holds AS h ON h.id = s.hold_id
 WHERE j.name = %s"""


def judge(
    books: psycopg.Connection,
    fake: FakeVendor,
    one: Class,
    number: int,
    deaths: Sequence[str],
    *,
    reached: bool,
    in_doubt: bool,
) -> Life:
    """Lay what was billed beside what is known. `in_doubt`: it died where nobody can know."""
    name = f"crash {number}"
    billed = sum(words(number) in json.dumps(work.asked, default=str) for work in _works(fake))
    rows = books.execute(_CALLS, (name,)).fetchall()
    jobs = {row[0] for row in rows}
    job = ", ".join(sorted(jobs)) or "never asked for"
    calls = [row for row in rows if row[1] is not None]
    fault = _fault(calls, rows)
    sends = sum(row[2] for row in calls)
    states = ", ".join(row[1] for row in calls) or "none"
    money = ", ".join(f"{row[4]}, {row[8]} settled" for row in calls) or "none"
    unknown = len(calls) == 1 and calls[0][1] == "unknown" and calls[0][4] == "held"
    if billed > 1 or any(row[8] > 1 for row in calls):
        fate = Fate.TWICE
    elif unknown and not calls[0][8] and not calls[0][9] and job == "unknown":
        fate = Fate.UNKNOWN
    else:
        fate = Fate.MADE if billed == 1 and job == "completed" and not fault else Fate.LOST
    right = one.may_be_unknown and in_doubt
    told = "" if fate is not Fate.LOST else fault or f"job {job}, billed {billed}"
    found = (billed, sends, states, money, job, fate)
    return Life(tuple(deaths), reached, *found, unknown_is_right=right, fault=told)


def _works(fake: FakeVendor) -> list[Any]:
    return [fake.works[charge.remote_id] for charge in fake.charges]


def _fault(calls: list[Any], rows: list[Any]) -> str:
    """What is wrong with a call that should have been made; nothing if it was, as it should be."""
    if len(rows) != 1 or len(calls) != 1:
        return f"{len(rows)} jobs, {len(calls)} calls"
    _, state, _, cost, hold, settled, named, kept, spent, reserved = calls[0]
    faults = {
        f"the call is {state}": state != "completed",
        f"the money is {hold}": hold != "settled" or spent != 1,
        "settled is not what it cost": settled != cost,
        f"{named} assets named, {kept} kept": named != 1 or kept != 1,
        "its account was not given back": bool(reserved),
    }
    return "; ".join(told for told, wrong in faults.items() if wrong)


@dataclass(frozen=True, slots=True)
class Sum:
    """The lives of one class, or of all, counted."""

    points: int
    lost: int
    twice: int
    unknown: int
    wrongly_unknown: int
    settled: int
    missed: int

    @classmethod
    def of(cls, lives: Iterable[Life]) -> "Sum":
        """Count."""
        all_ = list(lives)
        unknown = [one for one in all_ if one.fate is Fate.UNKNOWN]
        return cls(
            points=len(all_),
            lost=sum(one.fate is Fate.LOST for one in all_),
            twice=sum(one.fate is Fate.TWICE for one in all_),
            unknown=len(unknown),
            wrongly_unknown=sum(not one.unknown_is_right for one in unknown),
            settled=sum(one.fate is Fate.MADE for one in all_),
            missed=sum(not one.reached for one in all_),
        )

    @property
    def good(self) -> bool:
        """Whether nothing was lost, paid twice, unknown without need, or not met."""
        return not (self.lost or self.twice or self.wrongly_unknown or self.missed)


def page(found: Mapping[Class, Sequence[Life]], seconds: float) -> str:
    """The table, as Markdown."""
    day = dt.datetime.now(dt.UTC).date().isoformat()
    parts = [_HEAD.format(day=day, machine=machine(), seconds=seconds)]
    for one, lives in found.items():
        parts.append(f"## {one.name}: {one.told}\n\n{_rows(lives)}\n")
    head = "| class | points | lost | paid twice | settled exactly once | unknown | of these without need | not reached |"
    sums = [head, "|---|---|---|---|---|---|---|---|"]
    for one, lives in found.items():
        sums.append(_sum_row(one.name, Sum.of(lives)))
    sums.append(_sum_row("all", Sum.of(life for lives in found.values() for life in lives)))
    return "\n".join([*parts, "## All\n", *sums, ""])


_HEAD = """# Crash points of the paid call

Written by `make bench PIECES=crashes` ({day}; {machine}; {seconds:.0f} s).

Each row is a job of its own. Its worker was killed (SIGKILL, by itself) at exactly that point: just
before a commit that writes something of the call, before a request is written, when it is written and
nothing has come back, or when its answer is there whole. What stands after a commit is what stands at
the next point. Then another worker took the job up, and whoever had asked for it asked once more under
the same key. "then" names where a second worker was killed after the first. The names begin with the
step of the call (`engine` is the durable engine's own bookkeeping, `poll` the one who asks vendors how
calls stand). Left out: commits that write nothing, heartbeats, and repeated looks at a vendor, which are
the same boundary again. Pauses between looks were shortened, leases too; nothing else was changed.

Made once: the vendor has billed one request, the job is completed, one asset is kept, one entry in the
ledger says what was spent, and the account is given back.
"""


def _rows(lives: Sequence[Life]) -> str:
    rows = [
        "| killed at | billed | sends | call | money | job | |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in lives:
        where = "<br>then ".join(_shown(death) for death in one.deaths)
        fate = one.fate.value
        if one.fate is Fate.UNKNOWN and not one.unknown_is_right:
            fate += " WITHOUT NEED"
        if one.fault:
            fate += f": {one.fault}"
        if not one.reached:
            fate += "; NOT REACHED"
        told = (where, one.billed, one.sends, one.call, one.money, one.job, fate)
        rows.append(f"| {' | '.join(str(part) for part in told)} |")
    return "\n".join(rows)


def _shown(death: str) -> str:
    step, _, what = death.partition(": ")
    what = f"before the {what}" if what.startswith("commit") else what
    return f"{step}: {what}"


def _sum_row(name: str, one: Sum) -> str:
    told = (one.points, one.lost, one.twice, one.settled, one.unknown)
    told += (one.wrongly_unknown, one.missed)
    return f"| {name} | {' | '.join(str(part) for part in told)} |"
