"""Pools of connections: one set for each event loop, made when that loop first asks.

An asyncio pool must not be shared by loops, and the durable engine runs workflows on a loop of its
own; so each loop gets its own.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from reelwright.engines.database.connecting import connect_wholly
from reelwright.engines.database.roles import Urls
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.engines.database.timings import StatementTimings


@dataclass(frozen=True, slots=True)
class Engines:
    """The pools of one event loop, and the connections that are on their way back to them."""

    app: AsyncEngine
    system: AsyncEngine
    replica: AsyncEngine | None = None
    returning: set[asyncio.Task[None]] = field(default_factory=set)

    def named(self) -> dict[str, AsyncEngine]:
        """Each pool by its name."""
        both = {"app": self.app, "system": self.system}
        return both | ({"replica": self.replica} if self.replica else {})

    async def bring_back(self, returning: Coroutine[None, None, None]) -> None:
        """Have a connection put back or closed, also when whoever waits for it is cancelled meanwhile."""
        task = asyncio.create_task(returning)
        self.returning.add(task)
        task.add_done_callback(self.returning.discard)
        await asyncio.shield(task)

    async def dispose(self) -> None:
        """Close all idle connections. What is on its way back comes first: a pool that was left has no owner."""
        await asyncio.gather(*self.returning, return_exceptions=True)
        for engine in self.named().values():
            await engine.dispose()


class Pools:
    """The engines of whichever event loop is running."""

    def __init__(self, make: Callable[[], Engines]) -> None:
        self._make = make
        self._made: WeakKeyDictionary[asyncio.AbstractEventLoop, Engines] = WeakKeyDictionary()

    def here(self) -> Engines:
        """The engines of the running loop, made at the first call."""
        loop = asyncio.get_running_loop()
        engines = self._made.get(loop)
        if engines is None:
            engines = self._made[loop] = self._make()
        return engines

    async def dispose(self) -> None:
        """Close all idle connections; those of loops that have ended are dropped."""
        running = asyncio.get_running_loop()
        for loop, engines in list(self._made.items()):
            del self._made[loop]
            if loop is running:
                await engines.dispose()
            elif loop.is_running():
                closing = asyncio.run_coroutine_threadsafe(engines.dispose(), loop)
                await asyncio.wrap_future(closing)
            else:
                for engine in engines.named().values():
                    await engine.dispose(close=False)


def make_engines(
    urls: Urls, settings: DatabaseSettings, application: str, timings: StatementTimings | None
) -> Engines:
    """Engines that connect when they are first used. Raises nothing for a server that is away."""

    def engine(url: str, size: int, statement_s: float) -> AsyncEngine:
        made = create_async_engine(
            with_options(url, settings, statement_s),
            hide_parameters=True,  # errors and logs hold no values
            isolation_level="AUTOCOMMIT",  # the doors say BEGIN, and more, in one round trip
            pool_size=size,
            max_overflow=settings.max_overflow,
            pool_timeout=settings.pool_timeout_s,
            pool_recycle=int(settings.pool_recycle_s),
            pool_use_lifo=True,  # what a rush has opened falls idle, and is recycled
            connect_args={
                "async_creator_fn": connect_wholly,
                "application_name": application,
                "connect_timeout": settings.connect_timeout_s,
            },
        )
        if timings is not None:
            timings.listen(made.sync_engine)
        return made

    return Engines(
        engine(urls.app, settings.pool_size, settings.statement_timeout_s),
        engine(urls.system, settings.system_pool_size, settings.system_statement_timeout_s),
        engine(urls.replica, settings.pool_size, settings.statement_timeout_s)
        if urls.replica
        else None,
    )


def with_options(url: str, settings: DatabaseSettings, statement_s: float) -> str:
    """A URL whose connections carry their time-outs from the start, without a round trip.

    Options that the URL has of its own come last and win.
    """
    limits = {
        "statement_timeout": statement_s,
        "lock_timeout": settings.lock_timeout_s,
        "idle_in_transaction_session_timeout": settings.idle_in_transaction_timeout_s,
    }
    told = " ".join(f"-c {name}={round(seconds * 1000)}" for name, seconds in limits.items())
    parsed = make_url(url)
    own = parsed.query.get("options", "")
    own = own if isinstance(own, str) else " ".join(own)
    changed = parsed.update_query_dict({"options": f"{told} {own}".strip()})
    return changed.render_as_string(hide_password=False)
