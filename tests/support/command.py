"""The command line as a user has it: another process, its own home."""

import os
import subprocess
import sys
from pathlib import Path

from support.homes import furnish


def reelwright(
    *arguments,
    home: Path | None = None,
    timeout: float = 240,
    cwd: Path | None = None,
    given: str | None = None,
):
    """Run a command, `given` on its stdin; returns the finished process with text output."""
    env = dict(os.environ)
    if home is not None:
        env["REELWRIGHT_HOME"] = str(home)
    furnish(Path(env["REELWRIGHT_HOME"]), str(arguments[0]))
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "reelwright", *map(str, arguments)],
        env=env,
        cwd=cwd,
        timeout=timeout,
        capture_output=True,
        text=True,
        input=given,
        check=False,
    )
