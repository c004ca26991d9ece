"""Where one embedded Postgres keeps its things, all under `HOME/postgres`, readable by us alone."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reelwright.engines.database.embedded.trouble import failed


@dataclass(frozen=True)
class Place:
    """The folder of one embedded Postgres."""

    root: Path

    @classmethod
    def of(cls, home: Path) -> "Place":
        """The place under a home; absolute, because Postgres changes its directory."""
        return cls(home.expanduser().resolve() / "postgres")

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def dsn(self) -> Path:
        """How to sign in, while the server is ready; else absent."""
        return self.root / "dsn.json"

    @property
    def passwords(self) -> Path:
        return self.root / "passwords.json"

    @property
    def attached(self) -> Path:
        """Locked shared by each who uses the server; the supervisor takes it for itself to stop."""
        return self.root / "attached.lock"

    @property
    def supervised(self) -> Path:
        """Locked by the supervisor while it lives."""
        return self.root / "supervisor.lock"

    @property
    def served(self) -> Path:
        """Locked by the server's processes: free means that none is left, zombies apart."""
        return self.root / "server.lock"

    def make(self) -> None:
        """Make the folder, for us alone; its parents as everybody makes folders."""
        try:
            self.root.parent.mkdir(parents=True, exist_ok=True)
            self.root.mkdir(mode=0o700, exist_ok=True)
            found = self.root.stat()
            if found.st_uid == os.geteuid() and found.st_mode & 0o077:
                self.root.chmod(0o700)
        except OSError as error:
            raise failed(
                f"cannot use {self.root}: {error.strerror}", "set REELWRIGHT_HOME"
            ) from error
        if found.st_uid not in {os.geteuid(), 0} and os.geteuid() != 0:
            raise failed(f"{self.root} belongs to another user", "set REELWRIGHT_HOME")


def write_private(path: Path, content: dict[str, Any]) -> None:
    """Put a file that only we can read, whole or not at all, and on the disk before it has its name."""
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123 - the mode from the first moment on
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def read_private(path: Path) -> dict[str, Any] | None:
    """What such a file holds; None when it is not there."""
    try:
        return json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
