"""The running house: every promised name has its service, and every engine is connected."""

import asyncio
import inspect
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx2
import pytest
import sqlalchemy as sa

from reelwright import services
from reelwright.app.housekeeping import Chore, Housekeeper
from reelwright.app.preparing import MIGRATIONS, newest, prepare
from reelwright.app.settings import Settings
from reelwright.app.start import open_house
from reelwright.engines.database.indexes import Finding, IndexingStrategy
from reelwright.engines.database.migrating import DatabaseBehindError, Migrations
from reelwright.engines.storage.home import home
from reelwright.faces.web.application import create_app
from reelwright.ground.clock import SystemClock
from reelwright.services.names import HIGHER
from support.tenants import owner, urls_of

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def house(url, **part):
    urls = urls_of(url)
    given = {"url": urls.owner, "app_url": urls.app, "system_url": urls.system}
    settings = Settings.model_validate({"home": home(), "database": given})
    async with open_house(settings, **part) as opened:
        yield opened


@asynccontextmanager
async def calling(opened):
    app = create_app(opened.container, opened.settings.web, opened.checks())
    token = (home() / "token").read_text(encoding="utf-8").strip()
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app, client=("127.0.0.1", 1)),
        base_url="http://test",
        headers={"Authorization": f"Bearer {token}"},
    ) as client:
        yield client


async def test_every_promised_name_leads_to_its_service_and_all_are_well(database_url):
    async with house(database_url, worker=True, web=True):
        for name in HIGHER:
            named = getattr(services, name)
            if inspect.isclass(named) and name != "RedisCache":  # only where one is set
                assert isinstance(services.get_service(named), named), name
        summary = services.get_service_summary()
        assert summary["unhealthy_services"] == 0, summary["services"]
        assert summary["total_services"] == summary["healthy_services"]
        assert summary["services"]["connection_manager"] == "healthy"
        assert summary["services"]["housekeeper"] == "healthy"
        found = await services.health_check_all_services()
        assert found["connection_manager"]["app"] == "works"
        people = services.get_service("principal_of")
        me = await services.get_service("user_service").local_owner()
        assert await people.find(me.user) == me


async def test_figures_tell_of_requests_services_pools_queues_and_events(database_url):
    async with house(database_url, worker=True, web=True) as opened, calling(opened) as client:
        assert (await client.get("/api/v1/jobs")).status_code == 200
        ready = await client.get("/health/ready")
        assert ready.json() == {
            "status": "ready",
            "parts": dict.fromkeys(("database", "storage", "events", "worker"), "works"),
        }
        page = (await client.get("/metrics")).text
    for line in (
        'reelwright_jobs_waiting{state="queued"} 0.0',
        'reelwright_database_connections{pool="app",state="idle"}',
        "reelwright_events_subscribers 0.0",
        "reelwright_events_lag_seconds",
        'method="list_jobs",outcome="success",service="job_service"',
        "reelwright_http_request_seconds_count",
    ):
        assert line in page, line


async def test_jobs_can_be_asked_for_before_the_first_worker_ever_ran(database_url):
    script = "INT. HALL - DAY\n\nMARA stands in the hall.\n"
    async with house(database_url, web=True) as opened, calling(opened) as client:
        made = await client.post("/api/v1/projects", json={"script": script})
        film = await client.post(f"/api/v1/projects/{made.json()['id']}/films")
        assert film.status_code == 202, film.text
        with owner(database_url) as connection:
            shown = set(connection.scalars(sa.text(_APPLICATIONS)))
        assert "reelwright api" in shown


_APPLICATIONS = (
    "SELECT application_name FROM pg_stat_activity WHERE datname = current_database()"
    " AND usename = 'reelwright_app'"
)


async def test_what_is_closed_at_the_end_leaves_no_connection(database_url):
    async with house(database_url, worker=True, web=True):
        pass
    asked = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND usename IN ('reelwright_app', 'reelwright_system')"
    )
    with owner(database_url) as connection:
        for _ in range(100):
            if not connection.scalar(sa.text(asked)):
                return
            connection.rollback()
            await asyncio.sleep(0.05)
    pytest.fail("connections are still open")


async def test_a_shared_chore_is_done_once_by_all_processes_together(database):
    done = []

    async def do():
        done.append(1)

    chore = Chore("sweeping", timedelta(hours=1), do, shared=True)
    both = [Housekeeper(database, SystemClock(), [chore]) for _ in range(2)]
    said = await asyncio.gather(*(one.do(chore) for one in (*both, *both)))
    assert sorted(said) == [False, False, False, True]
    assert done == [1]


async def test_each_chore_of_the_running_house_can_be_done(database_url, caplog):
    async with house(database_url, worker=True, web=True) as opened:
        keeper = await opened.container.get(Housekeeper)
        done = [chore.name for chore in keeper.chores if await keeper.do(chore)]
    assert done == [chore.name for chore in keeper.chores], caplog.text
    with owner(database_url) as connection:
        claimed = set(connection.scalars(sa.text("SELECT name FROM chores")))
        counted = connection.scalar(sa.text("SELECT count(*) FROM statement_timings"))
    assert claimed == {chore.name for chore in keeper.chores if chore.shared}
    assert counted


async def test_every_key_to_another_table_has_an_index(database):
    found = await IndexingStrategy(database).advice()
    assert [one.name for one in found if one.finding == Finding.FOREIGN_KEY] == []


def test_the_newest_step_is_known_without_asking_alembic():
    assert newest() == Migrations(MIGRATIONS).newest


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE dbos.dbos_migrations SET version = version - 1",
        "REVOKE DELETE ON dbos.workflow_status FROM reelwright_system",
        "REVOKE USAGE ON SCHEMA dbos FROM reelwright_system",
        "UPDATE alembic_version SET version_num = '0001'",
        "DROP TABLE alembic_version",
    ],
)
def test_a_database_that_is_behind_is_refused(database_url, broken):
    prepare(urls_of(database_url))
    with owner(database_url) as connection:
        connection.execute(sa.text(broken))
    with pytest.raises(DatabaseBehindError, match=r"needed|lacks"):
        prepare(urls_of(database_url))
