"""The connections to the database: how many there are, and whether they work."""

import asyncio
import time
from dataclasses import dataclass

from sqlalchemy import QueuePool, text
from sqlalchemy.ext.asyncio import AsyncEngine

from reelwright.engines.database.database import Database
from reelwright.engines.database.failures import translated
from reelwright.ground.errors import ReelwrightError
from reelwright.ground.principals import Activity


@dataclass(frozen=True, slots=True)
class PoolState:
    """One pool of the running event loop: connections in use, idle, and the most there may be."""

    in_use: int
    idle: int
    most: int


@dataclass(frozen=True, slots=True)
class Ping:
    """An answer of one pool's server. `trouble` is None when all is well; times are ms."""

    took_ms: float
    trouble: str | None = None
    user: str | None = None
    behind_s: float | None = None
    """How far a replica is behind; None for a primary."""


class ConnectionManager:
    """Watches over the connections of a Database. Its name is the mission's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pools(self) -> dict[str, PoolState]:
        """The state of each pool: app, system, replica."""
        return {name: _state(one) for name, one in self._database.pools.here().named().items()}

    async def ping(self, within_s: float = 3) -> dict[str, Ping]:
        """Ask each pool's server; never raises for a server that is away."""
        named = self._database.pools.here().named()
        pings = await asyncio.gather(*(_ping(one, within_s) for one in named.values()))
        return dict(zip(named, pings, strict=True))

    async def is_healthy(self) -> bool:
        """Whether both roles get an answer; a replica that is away does no harm."""
        pings = await self.ping()
        return all(pings[name].trouble is None for name in ("app", "system"))

    async def health_check(self) -> dict[str, object]:
        """How both roles' pools are, for the services' own health."""
        pings = await self.ping()
        well = all(pings[name].trouble is None for name in ("app", "system"))
        told = {name: ping.trouble or "works" for name, ping in pings.items()}
        return {"status": "healthy" if well else "unhealthy", **told}

    async def server(self) -> dict[str, int]:
        """Connections to this database at the server, counted by state, all programs together."""
        async with self._database.read(Activity.CLEAN_UP) as tx:
            rows = await tx.execute(_STATES)
            return {state: count for state, count in rows}  # noqa: C416 - dict() wants tuples, these are rows


_STATES = text(
    "SELECT coalesce(state, 'hidden'), count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() GROUP BY 1 ORDER BY 1"
)
_PING = text(
    "SELECT current_user, CASE WHEN pg_is_in_recovery() THEN"
    " coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0)::float8 END"
)


def _state(engine: AsyncEngine) -> PoolState:
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    most = pool.size() + getattr(pool, "_max_overflow", 0)
    return PoolState(pool.checkedout(), pool.checkedin(), most)


async def _ping(engine: AsyncEngine, within_s: float) -> Ping:
    began = time.perf_counter()
    row, trouble = None, None
    try:
        async with asyncio.timeout(within_s), engine.connect() as connection:
            row = (await connection.execute(_PING)).one()
    except TimeoutError:
        trouble = f"no answer within {within_s:g} s"
    except Exception as error:  # noqa: BLE001 - a health check reports whatever hurts
        ours: ReelwrightError | None = translated(error)
        trouble = ours.message if ours else type(error).__name__
    took_ms = (time.perf_counter() - began) * 1000
    return Ping(took_ms, trouble, *row) if row else Ping(took_ms, trouble)
