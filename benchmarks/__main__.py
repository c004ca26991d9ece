"""`make bench [PIECES="..."]`: measures figures, prints them, and writes `benchmarks/README.md`.

Without pieces all are measured; a piece that is named is measured alone, and the others' rows stay.
"""

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from benchmarks.figures import Figure, Measurement, load, machine, remember, remembered, table

# Each piece in a module of its own or shared; imported only when it is measured.
_PIECES = {
    "help": "films:start_up",
    "parsing": "parsing:measure",
    "shots": "shots:measure",
    "speed": "films:speed",
    "length": "films:length",
    "kills": "films:kills",
    "against": "against:measure",
    "starting": "service:starting",
    "idling": "service:idling",
    "asking": "serving:asking",
    "hearing": "serving:hearing",
    "takeover": "durable:takeover",
    "waiting": "durable:waiting",
    "queue": "durable:idling",
    "polling": "polling:polling",
    "torture": "torture:measure",
    "routing": "routing:measure",
    "chatting": "chatting:measure",
    "crashes": "crashes:measure",
    "caps": "caps:measure",
    "requests": "requests:measure",
    "signing": "signing:measure",
    "listing": "listing:measure",
    "uploads": "uploads:measure",
}


def _measure(piece: str) -> Measurement:
    module, _, name = _PIECES[piece].partition(":")
    measure: Callable[[], Iterator[Figure]] = getattr(import_module(f"benchmarks.{module}"), name)
    before = load()
    found: list[Figure] = []
    for figure in measure():
        found.append(figure)
        print(figure, flush=True)
    day = dt.datetime.now(dt.UTC).date().isoformat()
    around = f"load {before:.1f} before, {load():.1f} after"
    return Measurement(piece, day, around, tuple(found))


def main() -> None:
    """Measure, print, write."""
    pieces = sys.argv[1:] or list(_PIECES)
    unknown = [one for one in pieces if one not in _PIECES]
    if unknown:
        sys.exit(f"there is no piece {unknown[0]}; there are {', '.join(_PIECES)}")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as on a machine where reelwright is used
    for piece in pieces:
        known = remembered() | {piece: _measure(piece)}
        ordered = [known[one] for one in _PIECES if one in known]
        remember(ordered)
        _write(ordered)


def _write(measurements: list[Measurement]) -> None:
    days = sorted({one.day for one in measurements})
    told = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    text = f"""# Figures

Written by `make bench` ({told}). Machine: {machine()}.
Ratios are taken within one run, beside the peer or the limit they name; absolute times on a shared
machine are worth little more than their order. The load beside each row counts what was measured too.

{table(measurements)}
"""
    (Path(__file__).parent / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
