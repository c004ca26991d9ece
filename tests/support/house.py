"""The real services of a house in this process, and clients of its web face."""

from contextlib import asynccontextmanager

import httpx2

from reelwright.app.settings import Settings
from reelwright.app.start import open_house
from reelwright.engines.database.database import Database
from reelwright.engines.durable.calls import DbosDurable
from reelwright.engines.durable.contract import Durable
from reelwright.engines.storage.home import home
from reelwright.faces.web.application import create_app
from support.tenants import urls_of


@asynccontextmanager
async def opened_house(database_url):
    """A house as `reelwright serve` has it."""
    urls = urls_of(database_url)
    given = {"url": urls.owner, "app_url": urls.app, "system_url": urls.system}
    settings = Settings.model_validate({"home": home(), "database": given})
    async with open_house(settings, worker=True, web=True) as opened:
        doors = await opened.container.get(Database)
        durable = await opened.container.get(Durable)
        yield opened
    await doors.dispose()
    assert isinstance(durable, DbosDurable)
    durable.close()


@asynccontextmanager
async def calling(opened, token):
    """A client that is signed in by that token."""
    app = create_app(opened.container, opened.settings.web, opened.checks())
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://test", headers=headers, timeout=20
    ) as client:
        yield client
