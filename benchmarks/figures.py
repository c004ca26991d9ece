"""A figure: what was measured, how, and what it must reach."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. `reached` is None when it could not be measured here; `note` says why."""

    name: str
    wanted: str
    measured: str
    reached: bool | None
    note: str = ""


def machine() -> str:
    """The machine in a sentence, with its load now."""
    model = "unknown processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = lines[0].split(":")[1].strip() if lines else model
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    cores = len(os.sched_getaffinity(0))
    return f"{model}, {cores} cores, Python {platform.python_version()}; load {load}"


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table."""
    rows = ["| figure | must reach | measured | |", "|---|---|---|---|"]
    for one in figures:
        verdict = {True: "reached", False: "short", None: "not measured"}[one.reached]
        note = f"; {one.note}" if one.note else ""
        rows.append(f"| {one.name} | {one.wanted} | {one.measured}{note} | {verdict} |")
    return "\n".join(rows)
