"""A figure: what was measured, how, and what it must reach."""

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

_MEASURED = Path(__file__).parent / "measured.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. `reached` is None when it could not be measured here; `note` says why."""

    name: str
    wanted: str
    measured: str
    reached: bool | None
    note: str = ""

    def __str__(self) -> str:
        note = f"; {self.note}" if self.note else ""
        return f"{self.name}: {self.measured}{note} (must reach: {self.wanted})"


@dataclass(frozen=True, slots=True)
class Measurement:
    """The figures of one piece, with the command that took them, the day, and the load around it."""

    piece: str
    day: str
    load: str
    figures: tuple[Figure, ...]

    @property
    def command(self) -> str:
        """How to take it again."""
        return f"make bench PIECES={self.piece}"


def load() -> float:
    """How many processes wanted to run in the last minute."""
    return os.getloadavg()[0]


def machine() -> str:
    """The machine in a sentence."""
    model = "unknown processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = lines[0].split(":")[1].strip() if lines else model
    return f"{model}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}"


def remembered() -> dict[str, Measurement]:
    """What was measured before, by piece."""
    if not _MEASURED.exists():
        return {}
    known = json.loads(_MEASURED.read_text(encoding="utf-8"))
    return {
        one["piece"]: Measurement(
            **one | {"figures": tuple(Figure(**figure) for figure in one["figures"])}
        )
        for one in known
    }


def remember(measurements: Iterable[Measurement]) -> None:
    """Keep what was measured, so that a piece can be taken again alone."""
    plain = [asdict(one) for one in measurements]
    _MEASURED.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def table(measurements: Iterable[Measurement]) -> str:
    """The figures as a Markdown table."""
    rows = ["| figure | must reach | measured | | by, load |", "|---|---|---|---|---|"]
    for one in measurements:
        by = f"`{one.command}`, {one.load}"
        for figure in one.figures:
            verdict = {True: "reached", False: "short", None: "-"}[figure.reached]
            note = f"; {figure.note}" if figure.note else ""
            told = f"{figure.measured}{note}"
            rows.append(f"| {figure.name} | {figure.wanted} | {told} | {verdict} | {by} |")
    return "\n".join(rows)
