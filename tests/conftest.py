"""Every test has its own home: nothing it makes lands in the user's data."""

import os

import pytest

from support.databases import Server, doors, server_url


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("REELWRIGHT_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A Postgres server for tests, the same for all processes of a run."""
    run = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        run = run.parent
    with server_url(run / "server") as url:
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
async def database(database_url):
    """The doors of a fresh database."""
    async with doors(database_url) as database:
        yield database
