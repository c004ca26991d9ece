"""Homes with their Postgres already made: a copy takes a moment, initdb and migrations take seconds."""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

RUN = "REELWRIGHT_TEST_RUN"
"""Names the folder that all processes of a test run share."""

_USE_POSTGRES = {
    "film",
    "serve",
    "api",
    "up",
    "worker",
    "accounts",
    "costs",
    "generate",
    "jobs",
    "models",
    "project",
}
_MAKE = """
from reelwright.app.running import run_loop, running

async def main():
    async with running():
        pass

run_loop(main)
"""
# Tests' servers end soon after the last command that used them.
os.environ.setdefault("REELWRIGHT_DATABASE__LINGER_S", "2")


def furnish(home: Path, command: str) -> None:
    """Give a home that has no Postgres yet one that is made, if the command will want it."""
    if command not in _USE_POSTGRES or "REELWRIGHT_DATABASE_URL" in os.environ:
        return
    if (home / "postgres").exists() or (home.exists() and not home.stat().st_mode & 0o200):
        return
    shutil.copytree(_template(), home, dirs_exist_ok=True)


def _template() -> Path:
    """The home all others are copies of; made once in a run, whichever test process comes first."""
    place = Path(os.environ[RUN]) / "template"
    place.mkdir(exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = place / "home"
        if not made.exists():
            draft = place / "draft"
            environment = {**os.environ, "REELWRIGHT_HOME": str(draft)}
            subprocess.run([sys.executable, "-c", _MAKE], env=environment, check=True, timeout=120)
            while (draft / "postgres" / "data" / "postmaster.pid").exists():
                time.sleep(0.05)
            draft.rename(made)
    return made
