"""Runs the tests that touch a database, a cache or storage on servers of one's own, as far as there are any.

`make test` needs no server. This looks for a Postgres (REELWRIGHT_TEST_DATABASE_URL, else
postgres@127.0.0.1:5432), a Redis (REELWRIGHT_TEST_REDIS_URL, else 127.0.0.1:6379) and moto's S3
server, and says at the end which of them ran and which did not. With `--rest` all other tests run
first: then every test has run once, each on a server where there is one for it.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

import psycopg
import sqlalchemy as sa

_POSTGRES = ["tests/integration", "tests/migration", "tests/acceptance/test_service_machines.py"]
_REDIS = [
    *("tests/contract/test_caches.py", "tests/contract/test_limiters.py"),
    "tests/integration/test_doctor.py",
]
_S3 = ["tests/contract/test_objects.py", "tests/acceptance/test_service_machines.py"]
_EMBEDDED_ONLY = "tests/integration/test_embedded_postgres.py"
_OLDEST = 150000
WORKERS = "3"  # one more than cores: tests wait for processes and disks about a third of their time


@dataclass(frozen=True)
class Engine:
    """A server that was looked for: what of it is there, and what is run on it."""

    name: str
    there: bool
    found: str
    environment: Mapping[str, str]
    tests: list[str]


def postgres() -> Engine:
    """The Postgres that is named, or the one that usually is there."""
    named = os.environ.get("REELWRIGHT_TEST_DATABASE_URL")
    url = named or "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
    where = sa.make_url(url)
    at = f"{where.host or 'its socket'}:{where.port or 5432}"
    plain = where.set(drivername="postgresql").render_as_string(hide_password=False)
    there, found = False, ""
    try:
        with psycopg.connect(plain, connect_timeout=5) as connection:
            number = connection.info.server_version
            row = connection.execute(
                "SELECT rolsuper OR (rolcreatedb AND rolcreaterole) FROM pg_roles"
                " WHERE rolname = current_user"
            ).fetchone()
        may = bool(row and row[0])
        there = may and number >= _OLDEST
        found = f"{number // 10000} at {at}"
        if not may:
            found += ", whose user may not make databases and roles"
        elif not there:
            found += ", older than 15"
    except psycopg.Error as error:
        found = f"nobody lets us in at {at} ({type(error).__name__})"
    return Engine("Postgres", there, found, {"REELWRIGHT_TEST_DATABASE_URL": url}, _POSTGRES)


def redis() -> Engine:
    """The Redis that is named, or the one that usually is there."""
    named = os.environ.get("REELWRIGHT_TEST_REDIS_URL")
    url = named or "redis://127.0.0.1:6379/9"
    there = False
    if importlib.util.find_spec("redis") is None:
        found = "its client is not installed"
    else:
        import redis as client  # noqa: PLC0415  # an extra: it may be missing

        try:
            with client.Redis.from_url(url, socket_connect_timeout=5) as connection:
                found = f"{connection.info('server')['redis_version']}"
            there = True
        except client.RedisError as error:
            found = f"nobody answers ({type(error).__name__})"
    return Engine("Redis", there, found, {"REELWRIGHT_TEST_REDIS_URL": url}, _REDIS)


def s3() -> Engine:
    """An S3 server of the tests' own."""
    there = importlib.util.find_spec("moto") is not None
    found = f"moto {version('moto')}" if there else "moto is not installed"
    return Engine("S3", there, found, {}, _S3)


def main() -> int:
    """Look, run, tell; the exit status is that of the tests."""
    engines = [postgres(), redis(), s3()]
    there = [one for one in engines if one.there]
    if "--rest" in sys.argv[1:]:
        status = _run_the_rest(engines)
        if status:
            return status
    # A server that is named and does not answer is a fault, not a choice.
    names = [name for one in engines if not one.there for name in one.environment]
    absent = [name for name in names if name in os.environ]
    status = _run(there) if there else 0
    for one in engines:
        told = ("passed" if not status else "FAILED") if one.there else "DID NOT RUN"
        print(f"{one.name}: {told} ({one.found})")
    for name in absent:
        print(f"{name} names a server that cannot be used")
    return status or int(bool(absent))


def _run_the_rest(engines: list[Engine]) -> int:
    """All tests but those that are about to run on a Postgres: without one, all."""
    served = [test for one in engines if one.there and one.tests is _POSTGRES for test in one.tests]
    left_out = [f"--ignore={test}" for test in served]
    told = f"all but {', '.join(served)}" if served else "all"
    print(f"{told}:", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", WORKERS, *left_out]
    if served:
        command += ["tests", _EMBEDDED_ONLY]
    return subprocess.run(command, check=False).returncode


def _run(engines: list[Engine]) -> int:
    environment = dict(os.environ)
    for one in engines:
        environment |= one.environment
    tests = dict.fromkeys(test for one in engines for test in one.tests)
    if "tests/integration" in tests:
        tests.pop("tests/integration/test_doctor.py", None)
    told = ", ".join(f"{one.name} {one.found}" for one in engines)
    print(f"on {told}:", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", WORKERS]
    command += [*tests, f"--ignore={_EMBEDDED_ONLY}"]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
