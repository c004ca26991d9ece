"""Homes to measure in: each with an embedded Postgres of its own, gone when the block ends."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reelwright.app.preparing import prepare
from reelwright.engines.database.choice import open_server
from reelwright.engines.database.embedded.locks import is_taken
from reelwright.engines.database.embedded.place import Place
from reelwright.engines.database.roles import Urls
from reelwright.engines.database.settings import DatabaseSettings

_LINGER_S = 0.5
_KEY = b"benchmark" * 4


@contextmanager
def fresh_home() -> Iterator[Path]:
    """An empty home; afterwards its Postgres has stopped and nothing is left of it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        home.mkdir()
        try:
            yield home
        finally:
            settle(home)


def settle(home: Path) -> None:
    """Wait until the home's Postgres has stopped by itself."""
    until = time.monotonic() + 40
    supervised = Place.of(home).supervised
    while supervised.exists() and is_taken(supervised) and time.monotonic() < until:
        time.sleep(0.05)


def environment(home: Path) -> dict[str, str]:
    """What a command needs to work in that home, and only there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REELWRIGHT_")}
    return kept | {
        "REELWRIGHT_HOME": str(home),
        "REELWRIGHT_DATABASE__LINGER_S": str(_LINGER_S),
    }


@contextmanager
def changed_environment(values: dict[str, str]) -> Iterator[None]:
    """Nothing but these in the environment of this process, until the block ends."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def fresh_database() -> Iterator[Urls]:
    """An empty database with all tables."""
    with fresh_home() as home, opened_database(home) as urls:
        yield urls


@contextmanager
def opened_database(home: Path) -> Iterator[Urls]:
    """The database of a home, at this version's tables."""
    with open_server(DatabaseSettings(linger_s=_LINGER_S), home, _KEY) as urls:
        prepare(urls)
        yield urls
