"""`reelwright doctor --live`: a real vendor is tried with one's own key, within an amount."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from reelwright.ground.errors import EnvironmentFailedError, InvalidInputError

if TYPE_CHECKING:
    from reelwright.generation.trials import Tell, TrialReport


def try_vendor(vendor: str, max_cost: str | None, record: Path | None, *, as_json: bool) -> None:
    """Try a vendor and say each step and its cost; raises where something did not work."""
    from reelwright.app.running import run_loop
    from reelwright.generation.quotes import read_bound
    from reelwright.ground.money import spelled

    if max_cost is None:
        raise InvalidInputError(
            "trying a vendor may cost money", way_out="say how much: --max-cost 0.05"
        )
    bound = read_bound(max_cost)
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        if not as_json:
            print(line, flush=True)

    report = run_loop(lambda: _run(vendor, bound, record, tell))
    if as_json:
        print(
            json.dumps(
                {
                    "vendor": vendor,
                    "steps": told,
                    "worked": report.worked,
                    "failed": report.failed,
                    "spent_micros": report.spent,
                    "bound_micros": bound,
                }
            )
        )
    else:
        print(f"spent at most {spelled(report.spent, 'USD')} of {spelled(bound, 'USD')}")
        if record is not None:
            print(f"what was said is in {record}")
    if report.failed:
        raise EnvironmentFailedError(
            f"{vendor} did not do: {', '.join(report.failed)}", way_out="see above"
        )


async def _run(vendor: str, bound: int, record: Path | None, tell: "Tell") -> "TrialReport":
    from reelwright.app.running import running
    from reelwright.engines.http.client import Http
    from reelwright.engines.http.transcripts import Transcript
    from reelwright.generation.trials import LiveTrial

    async with running(worker=True) as house:
        trial = await house.container.get(LiveTrial)
        if record is not None:
            access = await trial.access(house.owner, vendor)
            transcript = Transcript(record, [access.key, *access.more.values()])
            (await house.container.get(Http)).hears = transcript.hear
        return await trial.run(house.owner, vendor, bound, tell)
