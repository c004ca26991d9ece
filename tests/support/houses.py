"""A whole house with its web face, over a database of a test."""

from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
from dishka import AsyncContainer

from reelwright.app.part import Part
from reelwright.app.settings import Settings
from reelwright.app.start import OpenHouse, open_house
from reelwright.app.wiring import wire
from reelwright.engines.database.database import Database
from reelwright.engines.durable.calls import DbosDurable
from reelwright.engines.durable.contract import Durable
from reelwright.engines.storage.home import home
from reelwright.faces.web.application import create_app
from support.tenants import urls_of


@dataclass(frozen=True)
class Doors:
    """An app, and the container behind it."""

    container: AsyncContainer
    app: object


@dataclass(frozen=True)
class WebHouse:
    """The open house, its app, and the text of its local owner's token."""

    house: OpenHouse
    app: object
    local: str

    @property
    def container(self):
        return self.house.container


@asynccontextmanager
async def open_web_house(database_url, *, base_url=None, worker=False, **identity):
    """The house as `reelwright serve` has it; `identity` are settings of people."""
    urls = urls_of(database_url)
    given = {
        "home": home(),
        "database": {"url": urls.owner, "app_url": urls.app, "system_url": urls.system},
        "identity": {"remember_s": 0, **identity},
        "web": {"base_url": base_url},
    }
    settings = Settings.model_validate(given)
    async with open_house(settings, worker=worker, web=True) as opened:
        doors = await opened.container.get(Database)
        durable = await opened.container.get(Durable)
        app = create_app(opened.container, settings.web, opened.checks())
        local = (home() / "token").read_text(encoding="utf-8").strip()
        yield WebHouse(opened, app, local)
    await doors.dispose()
    assert isinstance(durable, DbosDurable)
    durable.close()


@asynccontextmanager
async def open_doors(database_url, *, base_url=None, more=None, **identity):
    """The app over what it asks for, of which nothing is started: for what needs no work, and quick."""
    urls = urls_of(database_url)
    given = {
        "home": home(),
        "database": {"url": urls.owner, "app_url": urls.app, "system_url": urls.system},
        "identity": {"remember_s": 0, **identity},
        "web": {"base_url": base_url},
        **(more or {}),
    }
    settings = Settings.model_validate(given)
    container = wire(settings, urls, Part(web=True, directing=False))
    yield Doors(container, create_app(container, settings.web))
    await container.close()


@asynccontextmanager
async def calling(opened, token=None):
    """A client of the house's app, in this process."""
    transport = httpx2.ASGITransport(opened.app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://test", headers=headers, timeout=30
    ) as client:
        yield client


async def signed_up(client, name):
    """Somebody who has signed up, as the header that shows it."""
    given = {"email": f"{name}@example.com", "password": f"{name}'s lighthouse 7", "name": name}
    answer = await client.post("/api/v1/auth/sign-up", json=given | {"keep": "text"})
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json()['session']}"}
