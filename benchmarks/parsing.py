"""How fast a Fountain script is read, beside every other reader that can be had.

Readers are timed in one process of an environment of their own, in turns, on the same text.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.readers import best_times

PEERS = ("fountain-parser==0.1.1", "fountain-py==0.3.0", "screenplain==0.12.0", "jouvence==0.4.2")
LENGTHS = (1, 2, 4, 8)
_FEATURE = 146_000  # characters of a script of 120 pages
_SOURCE = Path(__file__).resolve().parents[1] / "src"

_PLACES = ("KITCHEN", "HARBOUR", "CAR", "LIBRARY", "ROOFTOP", "OLD STATION", "CLINIC", "FOREST")
_NAMES = ("MARA", "TOM", "DR. OKAFOR", "O'NEILL", "ÉLISE", "GUARD #2", "R2-D9", "THE BOY")
_WORDS = (
    "the rain door slowly a light opens walks behind her hand window old letter again never street "
    "water they turn looks something quiet runs between under station morning keeps falling says"
).split()


def script(length: int = _FEATURE, seed: int = 7) -> str:
    """A script of every kind of element, in about the proportions of a feature film."""
    chance = random.Random(seed)

    def words(least: int, most: int) -> str:
        chosen = [chance.choice(_WORDS) for _ in range(chance.randint(least, most))]
        return " ".join(chosen).capitalize() + "."

    def block() -> str:
        draw = chance.random()
        if draw < 0.08:
            return f"{chance.choice(('INT.', 'EXT.', 'INT./EXT.'))} {chance.choice(_PLACES)} - DAY"
        if draw < 0.48:
            return "\n".join(words(4, 24) for _ in range(chance.randint(1, 2)))
        if draw < 0.5:
            return chance.choice(("CUT TO:", "> Fade out.", "> THE END <", "# Act", "= Idea."))
        cue = chance.choice(_NAMES) + chance.choice(("", "", "", " (V.O.)", " (CONT'D)"))
        low = chance.choice(("", "", "", "(quietly)\n"))
        return f"{cue}\n{low}{words(2, 16)}" + chance.choice(("", "", f"\n*{words(2, 9)}*"))

    blocks = ["Title: Generated\nAuthor: Nobody", "FADE IN:"]
    size = 0
    while size < length:
        blocks.append(block())
        size += len(blocks[-1]) + 2
    return "\n\n".join(blocks) + "\n"


def _peers() -> str:
    """The Python of an environment that holds the other readers; ours if it cannot be made."""
    folder = Path(tempfile.gettempdir()) / "reelwright-parsing-peers"
    python = folder / "bin" / "python"
    done = folder / "installed"
    if not done.exists():
        steps = (
            [sys.executable, "-m", "venv", "--clear", str(folder)],
            [str(python), "-m", "pip", "install", "--quiet", *PEERS],
        )
        try:
            for step in steps:
                subprocess.run(step, check=True, capture_output=True, timeout=300)
        except (OSError, subprocess.SubprocessError):
            return sys.executable
        done.touch()
    return str(python)


def _race_apart(text: str) -> dict[str, float]:
    done = subprocess.run(
        [_peers(), str(Path(__file__).with_name("readers.py"))],
        input=text.encode(),
        env={**os.environ, "PYTHONPATH": str(_SOURCE)},
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)


def _lengths() -> dict[int, float]:
    """Seconds of CPU that we need for one, two, four and eight features on end."""
    return {
        factor: best_times(script(_FEATURE * factor), only="reelwright")["reelwright"]
        for factor in LENGTHS
    }


def measure() -> Iterator[Figure]:
    """The figure on parsing, in two rows: against the fastest reader, and against length."""
    times = _race_apart(script())
    ours = times.pop("reelwright")
    fastest = min(times, key=lambda name: times[name], default=None)
    listed = ", ".join(f"{name} {seconds * 1000:.1f}" for name, seconds in times.items())
    missing = [one.split("==")[0] for one in PEERS if one.split("==")[0] not in times]
    absent = f"; not installed here: {', '.join(missing)}" if missing else ""
    yield Figure(
        "parsing a generated 120-page Fountain script",
        "not slower than the fastest library",
        f"{ours * 1000:.1f} ms CPU ({listed}{absent})",
        None if fastest is None or missing else ours <= times[fastest],
        f"{ours / times[fastest]:.2f} of {fastest}" if fastest else "no other reader here",
    )
    grown = _lengths()
    listed = ", ".join(f"{factor}x {seconds * 1000:.1f} ms" for factor, seconds in grown.items())
    yield Figure(
        "parsing scripts of 1, 2, 4 and 8 times the length",
        "linear",
        listed,
        grown[8] <= 8 * 1.2 * grown[1],
        f"8x takes {grown[8] / grown[1]:.1f} times as long",
    )


def main() -> None:
    """Print the figure."""
    for figure in measure():
        print(f"{figure.name}: {figure.measured} ({figure.note})")


if __name__ == "__main__":
    main()
