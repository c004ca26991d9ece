"""Runs of the command line that a test may hurt: killed, cut off from the disk, made a nobody."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from support.homes import furnish

# A job in the background is born deaf to Ctrl-C, and a test run may be one.
_BEGIN = """import signal; signal.signal(signal.SIGINT, signal.default_int_handler)
import runpy; runpy.run_module('reelwright', run_name='__main__', alter_sys=True)
"""


def start(*arguments, home: Path, first: str = "", **environment: str) -> subprocess.Popen[str]:
    """Start a command; `first` is Python that its process runs before anything else."""
    furnish(home, str(arguments[0]))
    return subprocess.Popen(
        [sys.executable, "-c", f"{first}\n{_BEGIN}", *map(str, arguments)],
        env=os.environ | {"REELWRIGHT_HOME": str(home)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(run: subprocess.Popen[str], timeout: float = 60) -> tuple[int, str, str]:
    """Wait for its end: status, standard output, standard error."""
    stdout, stderr = run.communicate(timeout=timeout)
    return run.returncode, stdout, stderr


def kill_all(run: subprocess.Popen[str]) -> None:
    """Kill -9 the run with all its children and grandchildren, and wait until it is gone."""
    for pid in (run.pid, *_descendants(run.pid)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    run.communicate()


def _descendants(pid: int) -> list[int]:
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
    found, known = [], {pid}
    while new := {child for child, parent in parents.items() if parent in known} - known:
        found += new
        known |= new
    return found
