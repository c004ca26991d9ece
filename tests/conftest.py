"""Every test has its own home: nothing it makes lands in the user's data."""

import os
from pathlib import Path

import pytest

from support.databases import Server, doors, server_url
from support.homes import RUN


@pytest.fixture(autouse=True, scope="session")
def _one_run(tmp_path_factory):
    """Tell the test's processes which folder all of this run share."""
    run = tmp_path_factory.getbasetemp()
    os.environ[RUN] = str(run.parent if os.environ.get("PYTEST_XDIST_WORKER") else run)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("REELWRIGHT_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="session")
def server(_one_run):
    """A Postgres server for tests, the same for all processes of a run."""
    with server_url(Path(os.environ[RUN]) / "server") as url:
        server = Server(url)
        yield server
        server.close()


@pytest.fixture
def database_url(server):
    """A fresh database with all tables, by its owner's URL."""
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture
async def opened(database_url):
    """The real services of a house, on a fresh database."""
    from support.house import opened_house  # noqa: PLC0415  # most tests need no house

    async with opened_house(database_url) as opened:
        yield opened


@pytest.fixture
async def database(database_url):
    """The doors of a fresh database."""
    async with doors(database_url) as database:
        yield database
