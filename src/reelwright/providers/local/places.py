"""Where the work of this machine lies: a folder for each call, so that any process here can tell how it stands.

A folder holds `order.json`, its inputs, and in time `progress`, `cancel`, and `outcome.json` with what
was made in `made/`, or `error.json`. All are written whole or not at all.
"""

import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reelwright.engines.storage.files import environment, write_text
from reelwright.engines.storage.home import home

_KEPT_S = 7 * 24 * 3600.0
ORDER, OUTCOME, ERROR = "order.json", "outcome.json", "error.json"


def works() -> Path:
    """The folder of all calls."""
    return home() / "local" / "works"


def weights() -> Path:
    """Where weights lie that were trained here."""
    return home() / "local" / "weights"


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one call."""

    folder: Path

    @property
    def made(self) -> Path:
        """What came of it."""
        return self.folder / "made"

    @property
    def lock(self) -> Path:
        """Held by who is at work on it."""
        return self.folder / "lock"

    @property
    def known(self) -> bool:
        """Whether it was ordered here."""
        return (self.folder / ORDER).exists()

    def order(self, told: Mapping[str, Any]) -> None:
        """Write down what is to be made, last of all: from here on it is known."""
        write_text(self.folder / ORDER, json.dumps(told))

    def read(self, name: str) -> dict[str, Any] | None:
        """What stands in one of its files; None while it is not there."""
        try:
            return json.loads((self.folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    def end(self, name: str, told: Mapping[str, Any]) -> None:
        """Write down how it ended."""
        write_text(self.folder / name, json.dumps(told))

    def note_progress(self, fraction: float) -> None:
        """How much is done, 0 to 1."""
        write_text(self.folder / "progress", f"{fraction:.4f}")

    def progress(self) -> float:
        """How much is done."""
        try:
            return float((self.folder / "progress").read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return 0.0

    def cancel(self) -> None:
        """Ask whoever is at work to stop."""
        (self.folder / "cancel").touch()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked for that."""
        return (self.folder / "cancel").exists()


def place_of(remote_id: str) -> Place:
    """The folder of a call. The id is one of ours: letters and digits."""
    if not remote_id.isalnum():
        raise ValueError(remote_id)
    return Place(works() / remote_id)


def prepared(remote_id: str) -> Place:
    """The same, made where it is not there; what has lain for a week goes."""
    place = place_of(remote_id)
    with environment("cannot keep what is to be made here"):
        place.made.mkdir(parents=True, exist_ok=True)
        old = time.time() - _KEPT_S
        for other in works().iterdir():
            if other != place.folder and other.stat().st_mtime < old:
                shutil.rmtree(other, ignore_errors=True)
    return place
