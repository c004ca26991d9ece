"""`reelwright film` through the service against the first film-maker's last commit.

The peer is cloned and installed in an environment of its own; both make the longer example on this
machine in turns, each run in a home of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure
from benchmarks.homes import environment, fresh_home

ROOT = Path(__file__).parents[1]
_PEER = "66103f2"
_KEEPER = "the-keeper.fountain"
_ROUNDS = 3
_CHANGE = ("You will grow roots there.", "You will grow roots out there, girl.")
_NAME = "`reelwright film` of the longer example through the service, against the path without one"


@dataclass(frozen=True, slots=True)
class _Run:
    wall: float
    cpu: float
    made: int


@dataclass(frozen=True, slots=True)
class _Pair:
    """A fresh film and then one of its lines changed, by both."""

    whole: tuple[_Run, _Run]
    changed: tuple[_Run, _Run]


def measure() -> Iterator[Figure]:
    """The film as a whole, and made again after one line has changed."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            peer = _install(Path(folder) / "peer")
        except (OSError, subprocess.CalledProcessError) as error:
            note = f"the commit {_PEER} could not be installed here ({type(error).__name__})"
            yield Figure(_NAME, "at most 1.10", "-", None, note)
            return
        pairs = [_pair(peer, number) for number in range(_ROUNDS)]
    yield _figure(_NAME, "at most 1.10", [one.whole for one in pairs], 1.10)
    name = "the same, one line changed: what it costs more, start of Postgres included"
    yield _figure(name, "-", [one.changed for one in pairs], None)


def _figure(name: str, wanted: str, runs: list[tuple[_Run, _Run]], limit: float | None) -> Figure:
    ours, theirs = [one for one, _ in runs], [two for _, two in runs]
    ratio = median(a.wall / b.wall for a, b in runs)
    cpu = median(a.cpu / b.cpu for a, b in runs)
    measured = (
        f"{ratio:.3f} (median of {len(runs)} pairs in turns; {median(one.wall for one in ours):.1f} s"
        f" against {median(one.wall for one in theirs):.1f} s, made {ours[0].made} and {theirs[0].made} shots;"
        f" CPU without Postgres {cpu:.3f})"
    )
    return Figure(name, wanted, measured, None if limit is None else ratio <= limit)


def _install(folder: Path) -> str:
    """Clone and install the peer; returns its Python."""
    subprocess.run(["git", "clone", "-q", "--shared", ROOT, folder], check=True)
    subprocess.run(["git", "-C", folder, "checkout", "-q", _PEER], check=True)
    uv = Path(sys.executable).with_name("uv")
    kept = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    command = [str(uv), "sync", "--frozen", "--quiet", "--compile-bytecode"]
    subprocess.run(command, cwd=folder, env=kept, check=True)
    python = str(folder / ".venv" / "bin" / "python")
    subprocess.run([python, "-m", "reelwright", "--help"], check=True, stdout=subprocess.DEVNULL)
    return python


def _pair(peer: str, number: int) -> _Pair:
    """Whoever is first in one pair is second in the next, so that a busy minute meets both."""
    pythons = [sys.executable, peer]
    found: dict[str, tuple[_Run, _Run]] = {}
    for python in reversed(pythons) if number % 2 else pythons:
        with _script() as script, fresh_home() as home:
            whole = _film(python, script, home)
            script.write_text(script.read_text(encoding="utf-8").replace(*_CHANGE, 1), "utf-8")
            found[python] = whole, _film(python, script, home)
    ours, theirs = (found[python] for python in pythons)
    return _Pair((ours[0], theirs[0]), (ours[1], theirs[1]))


@contextmanager
def _script() -> Iterator[Path]:
    """The longer example in a folder that it may be changed in."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / _KEEPER
        script.write_bytes((ROOT / "examples" / _KEEPER).read_bytes())
        yield script


def _film(python: str, script: Path, home: Path) -> _Run:
    command = [python, "-m", "reelwright", "film", str(script), "--json", "--jobs", "2"]
    command += ["--out", str(script.parent / "out")]
    begun = time.monotonic()
    run = subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE)
    assert run.stdout is not None
    output = run.stdout.read()
    _, status, usage = os.wait4(run.pid, 0)
    took = time.monotonic() - begun
    run.returncode = os.waitstatus_to_exitcode(status)
    run.stdout.close()
    if run.returncode:
        raise RuntimeError(f"the film failed with status {run.returncode}")
    return _Run(took, usage.ru_utime + usage.ru_stime, json.loads(output)["made"])
