"""What the doctor asks about the service: its settings, database, storage, keys, cache and clock.

Each check answers in one line, or raises with the way out. None starts a server or makes a file
that stays; each is over in a few seconds, whatever does not answer.
"""

import asyncio
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from reelwright.ground.errors import EnvironmentFailedError

if TYPE_CHECKING:
    from reelwright.app.settings import Settings
    from reelwright.engines.database.settings import DatabaseSettings

_WITHIN_S = 5.0
_APART_S = 2.0  # leases are 15 s; links and schedules are read by everybody's own clock
_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def settings() -> str:
    """Whether what is set can be used."""
    read = _settings()
    return f"{read.environment.value}, home {read.home}"


def database() -> str:
    """Whether the named Postgres answers at this version's tables, or an embedded one can run."""
    read = _settings()
    return _embedded(read.home) if read.database.url is None else _named(read)


def _embedded(home: Path) -> str:
    from reelwright.engines.database.embedded import binaries, machine, status

    found = status(home)
    if found.running:
        return f"embedded Postgres {found.version} runs, {found.data_bytes // 1_000_000} MB"
    machine.require_supported()
    version = binaries.find(found.data).version()
    held = f"{found.data_bytes // 1_000_000} MB" if found.data_bytes else "no data yet"
    return f"embedded Postgres {version} can run {_account()}, {held}"


def _account() -> str:
    """As whom the embedded Postgres would run here."""
    from reelwright.engines.database.embedded import machine
    from reelwright.engines.database.embedded.account import UNPRIVILEGED

    if os.geteuid() != 0:
        return "as you"
    if machine.disguise() is not None:
        return "for root, in a user namespace"
    if machine.own_folder() is not None:
        return f"for root, as uid {UNPRIVILEGED}"
    raise EnvironmentFailedError(
        "Postgres does not run as root here", way_out="run reelwright as an ordinary user"
    )


def _named(read: "Settings") -> str:
    import reelwright.app.migrations
    from reelwright.engines.database.failures import DatabaseUnavailableError
    from reelwright.engines.database.migrating import Migrations
    from reelwright.engines.database.role_setup import server_version

    url = _hurried(read.database)
    migrations = Migrations(Path(reelwright.app.migrations.__file__).parent)
    try:
        migrations.check(url)
    except DatabaseUnavailableError as error:
        words = str(getattr(error.__cause__, "orig", error)).splitlines()[0]
        raise EnvironmentFailedError(
            words, way_out="look at the server, and at REELWRIGHT_DATABASE_URL"
        ) from error
    return f"Postgres {server_version(url)}, step {migrations.newest}: up to date"


def _hurried(given: "DatabaseSettings") -> str:
    """The owner's URL, with less patience than the service has."""
    from sqlalchemy import make_url

    from reelwright.engines.database.roles import psycopg_url

    assert given.url is not None
    url = make_url(psycopg_url(given.url.get_secret_value()))
    hurried = url.update_query_dict({"connect_timeout": str(int(_WITHIN_S))})
    return hurried.render_as_string(hide_password=False)


def storage() -> str:
    """Whether objects can be written."""
    from reelwright.engines.storage.files import environment

    read = _settings()
    if read.storage.url is not None:
        asyncio.run(_try_bucket(read))
        return f"{read.storage.url}: written, read and deleted"
    folder = read.storage.folder or read.home / "objects"
    there = _nearest(folder)
    with environment(f"cannot write to {there}"), tempfile.TemporaryFile(dir=there) as file:
        file.write(b"reelwright")
    apart = there.stat().st_dev != _nearest(read.home / "store").stat().st_dev
    return f"{folder}{', on another disk than the home: files are copied there' if apart else ''}"


def _nearest(folder: Path) -> Path:
    """The folder, or the one above it in which it would be made."""
    folder = folder.absolute()
    return next(one for one in (folder, *folder.parents) if one.exists())


async def _try_bucket(read: "Settings") -> None:
    from reelwright.engines.storage.objects_open import open_objects, signed_urls
    from reelwright.ground.clock import SystemClock

    urls = signed_urls(read.storage, b"only to open it" * 3, SystemClock())
    quick = read.storage.model_copy(update={"retries": 0, "read_timeout_s": _WITHIN_S})
    objects = open_objects(quick, read.home, urls)
    key = f"doctor/{uuid4()}.txt"
    try:
        async with asyncio.timeout(3 * _WITHIN_S):
            await objects.put(key, b"reelwright", media_type="text/plain")
            await objects.get(key)
            await objects.delete([key])
    except TimeoutError:
        raise EnvironmentFailedError(
            f"{read.storage.url} did not answer",
            way_out="look at REELWRIGHT_STORAGE__ENDPOINT and at the network",
        ) from None


def key_files() -> str:
    """Whether keys, tokens and passwords are readable by nobody else."""
    home = _settings().home
    found = list(_secrets_in(home))
    for path in found:
        held = path.stat()
        if held.st_mode & _OPEN_TO_OTHERS:
            raise EnvironmentFailedError(
                f"others may read {path}",
                way_out=f"chmod 600 {path}, and change what it protects if others were there",
            )
        if held.st_uid not in {os.geteuid(), 0} or not os.access(path, os.R_OK):
            raise EnvironmentFailedError(
                f"{path} belongs to another user", way_out="run reelwright as that user"
            )
    return f"{len(found)} files, readable by you alone" if found else "none yet; made on first use"


def _secrets_in(home: Path) -> Iterator[Path]:
    for path in (home / "token", home / "postgres/passwords.json", *(home / "keys").glob("*")):
        if path.is_file():
            yield path


def cache() -> str:
    """Whether the Redis that is set answers."""
    read = _settings().cache
    if read.url is None:
        return "in memory, each process its own"
    asyncio.run(_ask_redis())
    return "Redis answers"


async def _ask_redis() -> None:
    from reelwright.engines.cache.drivers import choose_driver

    driver = choose_driver(_settings().cache)
    try:
        async with asyncio.timeout(_WITHIN_S):
            await driver.read(["doctor"])
    except EnvironmentFailedError:
        raise
    except Exception as error:  # whatever the driver's libraries raise
        raise EnvironmentFailedError(
            "the Redis that is set does not answer ",
            way_out="look at REELWRIGHT_CACHE__URL; films are made without it, only slower",
        ) from error
    finally:
        await driver.close()


def clock() -> str:
    """Whether this machine's time can be right, and is the database's."""
    read = _settings()
    installed = Path(__file__).stat().st_mtime
    if time.time() < installed - 24 * 3600:
        raise EnvironmentFailedError(
            "the clock stands before reelwright was installed", way_out="set the clock"
        )
    if read.database.url is None:
        return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
    apart = _clocks_apart(_hurried(read.database))
    if apart is None:
        return "the database's could not be asked"
    if abs(apart) > _APART_S:
        raise EnvironmentFailedError(
            f"this machine's clock and the database's are {abs(apart):.0f} s apart",
            way_out="let both follow a time server (NTP)",
        )
    return f"{abs(apart) * 1000:.0f} ms from the database's"


def _clocks_apart(url: str) -> float | None:
    import psycopg

    from reelwright.engines.database.role_setup import conninfo

    try:
        with psycopg.connect(conninfo(url), autocommit=True) as connection:
            before = time.time()
            row = connection.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone()
            middle = (before + time.time()) / 2
    except psycopg.OperationalError:  # what is wrong there is told by the check of the database
        return None
    assert row is not None
    return float(row[0]) - middle


def _settings() -> "Settings":
    from reelwright.app.setting_sources import load

    return load().settings
