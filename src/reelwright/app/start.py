"""Opening the house: settings, Postgres, tables, services in the order of their needs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from reelwright import config
from reelwright.app.part import Part
from reelwright.app.settings import Settings, clear
from reelwright.engines.database.choice import open_server
from reelwright.engines.database.roles import Urls
from reelwright.engines.secrets.keys import house_key
from reelwright.engines.telemetry.logs import configure
from reelwright.engines.telemetry.traces import Traces
from reelwright.ground.principals import Principal
from reelwright.services import slot
from reelwright.services.house import House

if TYPE_CHECKING:
    from dishka import AsyncContainer

_TRACES_END_S = 2.0


@dataclass(frozen=True, slots=True)
class OpenHouse:
    """The running house: what it was told, its services, and how they are."""

    settings: Settings
    part: Part
    container: "AsyncContainer"
    house: House
    owner: Principal
    """Whoever owns this installation; what their own commands act as."""

    def checks(self) -> dict[str, Callable[[], Awaitable[object]]]:
        """What readiness asks."""
        from reelwright.app.readiness import checks  # noqa: PLC0415 - see `_load`

        return checks(self.container, self.part)


@asynccontextmanager
async def open_house(
    settings: Settings, *, worker: bool = False, web: bool = False, directing: bool = True
) -> AsyncIterator[OpenHouse]:
    """Start everything a process needs, and stop it in reverse when the block ends.

    With `worker` it takes part in the work, with `web` it can serve HTTP; what `directing` leaves out
    stands in `Part`. The embedded Postgres is brought to this version's tables; another server is
    not touched, and refused when it is behind.
    """
    part = Part(worker=worker, web=web, directing=directing)
    configure(settings.log)
    async with AsyncExitStack() as stack:
        await _trace(settings, stack)
        urls = await _ground(settings, part, stack)
        opened = await _open(settings, part, urls, stack)
        yield opened


async def _trace(settings: Settings, stack: AsyncExitStack) -> None:
    """Begin to trace, before the first connection is made."""
    traces = Traces(settings.traces)
    traces.start()

    async def stop() -> None:
        # A collector that is away must not hold up the stop.
        await asyncio.wait(
            [asyncio.ensure_future(asyncio.to_thread(traces.stop))], timeout=_TRACES_END_S
        )

    if settings.traces.endpoint is not None:
        stack.push_async_callback(stop)


async def _ground(settings: Settings, part: Part, stack: AsyncExitStack) -> Urls:
    """The database with its tables; while its server starts, our own modules are loaded."""
    key = house_key(settings.home, "database", given=clear(settings.secrets.house_key))
    loading = asyncio.ensure_future(asyncio.to_thread(_load, part))
    try:
        urls = await _enter(open_server(settings.database, settings.home, key), stack)
    finally:
        await loading
    from reelwright.app.preparing import prepare  # noqa: PLC0415 - see `_load`

    await asyncio.to_thread(prepare, urls)
    return urls


async def _enter(server: AbstractContextManager[Urls], stack: AsyncExitStack) -> Urls:
    """Enter in a thread; whoever is stopped meanwhile leaves again, and does not leave it to its end."""
    entering = asyncio.ensure_future(asyncio.to_thread(server.__enter__))
    try:
        return await asyncio.shield(entering)
    finally:
        await asyncio.wait([entering])
        if entering.exception() is None:
            stack.push(server.__exit__)


def _load(part: Part) -> None:
    """Import what takes long, in a thread: a second that would otherwise come after the server's."""
    import_module("reelwright.app.wiring")
    import_module("reelwright.app.preparing")
    if part.directing:
        import_module("reelwright.app.directing")
    if part.web:
        import_module("fastapi")


async def _open(settings: Settings, part: Part, urls: Urls, stack: AsyncExitStack) -> OpenHouse:
    from reelwright.app.figures import ServiceFigures  # noqa: PLC0415 - see `_load`
    from reelwright.app.reporting import error_handler  # noqa: PLC0415
    from reelwright.app.wiring import wire  # noqa: PLC0415
    from reelwright.engines.telemetry.metrics import Metrics  # noqa: PLC0415
    from reelwright.identity.owner import LocalOwner  # noqa: PLC0415
    from reelwright.services.adoption import adopt  # noqa: PLC0415

    house = House(await stack.enter_async_context(error_handler(settings)))
    container = wire(settings, urls, part)
    stack.push_async_callback(container.close)
    await adopt(container, house)
    (await container.get(Metrics)).registry.register(ServiceFigures(house))
    await house.start()
    stack.push_async_callback(house.stop)
    slot.fill(house)
    stack.callback(slot.empty)
    config.fill(settings)
    stack.callback(config.empty)
    owner = await (await container.get(LocalOwner)).ensure_local_token(settings.home)
    return OpenHouse(settings, part, container, house, owner)
