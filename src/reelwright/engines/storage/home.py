"""The folder in which everything of ours lies."""

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """`REELWRIGHT_HOME` if set, else this system's place for a user's data. Not created here."""
    named = os.environ.get("REELWRIGHT_HOME")
    return Path(named).expanduser() if named else platformdirs.user_data_path("reelwright")
