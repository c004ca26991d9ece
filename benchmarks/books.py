"""The vendors' books laid beside ours, after a torture; and the unknown calls decided by them."""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from reelwright.app.start import OpenHouse
from reelwright.generation.provider_service import ProviderService
from reelwright.ground.ids import SubmissionId
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.server import FakeVendor

_SEEN = {"pixverse", "fal"}
"""The vendors of whom a lost answer can be found again: there, nothing may stay unknown."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the books say."""

    jobs: int
    lost: int
    paid_twice: int
    unknown: int
    wrongly_unknown: int
    settled: int
    unbalanced: int
    kills: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"jobs {self.jobs}, lost {self.lost}, paid twice {self.paid_twice},"
            f" unknown {self.unknown}"
        )

    @property
    def more(self) -> str:
        """What else is to be known."""
        return (
            f"{self.kills} kills in {self.seconds:.0f} s; settled exactly once {self.settled},"
            f" unbalanced {self.unbalanced}, wrongly unknown {self.wrongly_unknown}"
        )

    @property
    def good(self) -> bool:
        """Whether everything promised was kept."""
        wrong = (self.lost, self.paid_twice, self.wrongly_unknown, self.unbalanced)
        return not any(wrong) and self.settled == self.jobs


@dataclass(frozen=True, slots=True)
class _Call:
    """A call as our books have it."""

    job: str
    id: SubmissionId
    provider: str
    state: str
    remote_id: str | None
    assets: int


_CALLS = """
SELECT j.name, s.id, s.provider, s.state, s.remote_id, cardinality(s.assets)
  FROM jobs AS j JOIN submissions AS s ON s.job_id = j.id WHERE j.kind = 'generate' ORDER BY s.id"""
_ENDS = "SELECT name, state, error FROM jobs WHERE kind = 'generate'"
_UNBALANCED = """
SELECT count(*) FROM (
  SELECT h.state, count(*) FILTER (WHERE e.debit = 'spent') AS settled,
         sum(CASE WHEN e.credit = 'budget' THEN e.micros WHEN e.debit = 'budget' THEN -e.micros
                  ELSE 0 END) AS held
    FROM holds AS h JOIN ledger_entries AS e ON e.hold_id = h.id GROUP BY h.id, h.state) AS books
 WHERE settled > 1 OR (held <> 0 AND state <> 'held')"""
_SETTLED = """
SELECT j.name FROM jobs AS j JOIN submissions AS s ON s.job_id = j.id JOIN holds AS h ON h.id = s.hold_id
 WHERE j.kind = 'generate' AND h.state IN ('settled', 'released')
 GROUP BY j.name
HAVING count(*) FILTER (WHERE s.state = 'completed' AND h.state = 'settled'
                          AND h.settled_micros = s.cost_micros) = 1
    OR count(*) FILTER (WHERE s.state = 'completed') = 0 AND bool_or(s.id = ANY(%s))"""


async def close(
    house: OpenHouse,
    books: psycopg.Connection,
    fakes: Mapping[str, FakeVendor],
    jobs: int,
    kills: int,
    seconds: float,
) -> Report:
    """Compare job by job; then decide what is unknown, as a person would by the vendor's own list."""
    numbers = [f"job {number}" for number in range(jobs)]
    calls: dict[str, list[_Call]] = defaultdict(list)
    for name, *call in books.execute(_CALLS):
        calls[name].append(_Call(name, *call))
    ends = {name: (state, error) for name, state, error in books.execute(_ENDS)}
    billed = _billed(fakes)
    made = {job for job, many in calls.items() if any(_is_made(one) for one in many)}
    unknown = [one for many in calls.values() for one in many if one.state == "unknown"]
    unclear = {one.job for one in unknown}
    lost = [one for one in numbers if one not in made and one not in unclear]
    twice = [job for job, count in billed.items() if count > (1 if job in ends else 0)]
    for job in sorted({*lost, *twice}):
        _tell(job, ends.get(job), calls[job], fakes)
    providers = await house.container.get(ProviderService)
    for one in unknown:
        await providers.decide(house.owner, one.id, was_billed=bool(billed[one.job]))
    decided = [one.id for one in unknown]
    settled = {row[0] for row in books.execute(_SETTLED, (decided,))}
    unbalanced = (books.execute(_UNBALANCED).fetchone() or (0,))[0]
    return Report(
        jobs=jobs,
        lost=len(lost),
        paid_twice=len(twice),
        unknown=len(unclear),
        wrongly_unknown=sum(one.provider in _SEEN for one in unknown),
        settled=sum(one in settled for one in numbers),
        unbalanced=unbalanced,
        kills=kills,
        seconds=seconds,
    )


def _is_made(call: _Call) -> bool:
    return call.state == "completed" and call.assets > 0


def _tell(
    job: str, end: tuple[str, Any] | None, calls: list[_Call], fakes: Mapping[str, FakeVendor]
) -> None:
    """All that both sides know of a job for which a promise was broken."""
    print(f"{job}: {end}", file=sys.stderr)
    for call in calls:
        print(f"  ours: {call}", file=sys.stderr)
    for vendor, fake in fakes.items():
        for charge in fake.charges:
            work = fake.works[charge.remote_id]
            if _job_of(work.asked) == job:
                print(f"  {vendor}: {charge}, {work.mood.value}", file=sys.stderr)


_NUMBER = re.compile(r"shot number (\d+) of")


def _billed(fakes: Mapping[str, FakeVendor]) -> Counter[str]:
    """How often each job was billed: by the words it asked with."""
    billed: Counter[str] = Counter()
    for fake in fakes.values():
        for charge in fake.charges:
            work = fake.works[charge.remote_id]
            if work.mood is not Mood.FAIL_LATER:  # what fails there is not billed in the end
                billed[_job_of(work.asked) or charge.remote_id] += 1
    return billed


def _job_of(asked: Mapping[str, Any]) -> str | None:
    found = _NUMBER.search(json.dumps(asked, default=str))
    return f"job {found[1]}" if found else None
