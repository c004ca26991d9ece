"""`make bench`: measures all figures, prints them, and writes `benchmarks/README.md`."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from benchmarks import durable, films, parsing, shots
from benchmarks.figures import Figure, machine, table


def _all() -> Iterator[Figure]:
    yield films.start_up()
    yield from parsing.measure()
    yield from shots.measure()
    yield from films.measure()
    yield from durable.measure()


def main() -> None:
    """Measure, print, write."""
    before = machine()
    found: list[Figure] = []
    for figure in _all():
        found.append(figure)
        print(f"{figure.name}: {figure.measured} (must reach: {figure.wanted})", flush=True)
    day = dt.datetime.now(dt.UTC).date().isoformat()
    text = f"""# Figures

Written by `make bench` on {day}. Machine: {before} before, {machine().rsplit("load", 1)[1].strip()} after.
Ratios are taken within one run, beside the peer or the limit they name; absolute times on a shared
machine are worth little more than their order.

{table(found)}
"""
    (Path(__file__).parent / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
