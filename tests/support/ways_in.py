"""The web face over what signing in asks for, of which nothing is started: quick, where no work is done."""

from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
from dishka import AsyncContainer
from fastapi import FastAPI

from reelwright.app.part import Part
from reelwright.app.settings import Settings
from reelwright.app.wiring import wire
from reelwright.engines.storage.home import home
from reelwright.faces.web.application import create_app
from support.tenants import urls_of


@dataclass(frozen=True)
class Doors:
    """An app, and the container behind it."""

    container: AsyncContainer
    app: FastAPI


@asynccontextmanager
async def open_doors(database_url, *, more=None, **identity):
    """The app on a database; `identity` are settings of people, `more` others."""
    urls = urls_of(database_url)
    given = {
        "home": home(),
        "database": {"url": urls.owner, "app_url": urls.app, "system_url": urls.system},
        "identity": {"remember_s": 0, **identity},
        **(more or {}),
    }
    settings = Settings.model_validate(given)
    container = wire(settings, urls, Part(web=True, directing=False))
    yield Doors(container, create_app(container, settings.web))
    await container.close()


@asynccontextmanager
async def calling(opened):
    """A browser, with cookies of its own, in this process."""
    transport = httpx2.ASGITransport(opened.app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://test", timeout=30
    ) as client:
        yield client
