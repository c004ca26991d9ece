"""Opening the house: settings, Postgres, tables, services in the order of their needs."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from dishka import AsyncContainer

import reelwright.app.migrations
from reelwright import config
from reelwright.app.settings import Settings, clear
from reelwright.app.wiring import wire
from reelwright.engines.database.choice import open_server
from reelwright.engines.database.connections import ConnectionManager
from reelwright.engines.database.migrating import Migrations
from reelwright.engines.database.roles import Urls
from reelwright.engines.durable.upgrading import upgrade_engine
from reelwright.engines.secrets.keys import house_key
from reelwright.ground.principals import Principal
from reelwright.identity.owner import LocalOwner
from reelwright.services import slot
from reelwright.services.adoption import adopt
from reelwright.services.house import House

MIGRATIONS = Path(reelwright.app.migrations.__file__).parent


@dataclass(frozen=True, slots=True)
class OpenHouse:
    """The running house: what it was told, its services, and how they are."""

    settings: Settings
    container: AsyncContainer
    house: House
    owner: Principal
    """Whoever owns this installation; what their own commands act as."""

    def checks(self) -> dict[str, Callable[[], Awaitable[object]]]:
        """What readiness asks."""
        return {"database": self._database}

    async def _database(self) -> object:
        connections = await self.container.get(ConnectionManager)
        return await connections.is_healthy()


@asynccontextmanager
async def open_house(
    settings: Settings, *, worker: bool = False, web: bool = False
) -> AsyncIterator[OpenHouse]:
    """Start everything a process needs, and stop it in reverse when the block ends.

    With `worker` it takes part in the work, with `web` it can serve HTTP. The embedded Postgres is brought to this version's
    tables; another server is not touched, and refused when it is behind.
    """
    async with AsyncExitStack() as stack:
        key = house_key(settings.home, "database", given=clear(settings.secrets.house_key))
        urls = stack.enter_context(open_server(settings.database, settings.home, key))
        prepare(urls)
        container = wire(settings, urls, worker=worker, web=web)
        stack.push_async_callback(container.close)
        house = House()
        await adopt(container, house)
        await house.start()
        stack.push_async_callback(house.stop)
        slot.fill(house)
        stack.callback(slot.empty)
        config.fill(settings)
        owner = await (await container.get(LocalOwner)).ensure_local_token(settings.home)
        yield OpenHouse(settings, container, house, owner)


def prepare(urls: Urls) -> None:
    """Bring the embedded database to this version's tables; raise when another one is behind."""
    migrations = Migrations(MIGRATIONS)
    if urls.embedded:
        if migrations.current(urls.owner) != migrations.newest:
            migrations.upgrade(urls.owner)
        upgrade_engine(urls.owner)
    else:
        migrations.check(urls.app)
