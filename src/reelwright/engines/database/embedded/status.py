"""What there is to say about the embedded Postgres of a home, without starting it."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reelwright.engines.database.embedded import machine
from reelwright.engines.database.embedded.address import Address
from reelwright.engines.database.embedded.locks import is_taken
from reelwright.engines.database.embedded.place import Place


@dataclass(frozen=True)
class Status:
    """One look; `attached` is None where the system does not tell, sizes are bytes."""

    running: bool
    data: Path
    data_bytes: int
    log: Path
    pid: int | None = None
    version: str | None = None
    since: datetime | None = None
    attached: int | None = None


def status(home: Path) -> Status:
    """Look at the embedded Postgres of a home; there may be none."""
    place = Place.of(home)
    size = _size(place.data)
    address = Address.read(place)
    if address is None or not is_taken(place.supervised) or not address.answers():
        return Status(False, place.data, size, place.log)
    return Status(
        running=True,
        data=place.data,
        data_bytes=size,
        log=place.log,
        pid=address.postmaster,
        version=address.version,
        since=datetime.fromisoformat(address.since),
        attached=machine.holders(place.attached),
    )


def _size(folder: Path) -> int:
    total = 0
    for path, _, files in os.walk(folder):
        for file in files:
            try:
                total += os.lstat(os.path.join(path, file)).st_size  # noqa: PTH118 - thousands of files, quickly
            except OSError:  # gone meanwhile, or another's
                continue
    return total
