"""The doors to the database. Nobody else opens a transaction, and only this file commits."""

import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, NoReturn

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import exc, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session

from reelwright.engines.database.failures import (
    AbortedTransactionError,
    DatabaseBusyError,
    DatabaseUnavailableError,
    translated,
)
from reelwright.engines.database.pools import Engines, Pools, make_engines
from reelwright.engines.database.roles import Urls
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.engines.database.timings import StatementTimings
from reelwright.ground.errors import UnauthenticatedError
from reelwright.ground.principals import CONFINED, Activity, Principal, Who
from reelwright.ground.transactions import transaction_mark

Tx = AsyncSession
"""An open transaction. A method that takes one joins it; it never commits."""

_SET = text(
    "SELECT set_config('app.workspace_id', :workspace, true),"
    " set_config('app.user_id', :user, true), set_config('app.role', :role, true),"
    " set_config('app.activity', :activity, true), set_config('app.operator_id', :operator, true)"
)
_NAMES = {
    "workspace": "app.workspace_id",
    "user": "app.user_id",
    "role": "app.role",
    "activity": "app.activity",
    "operator": "app.operator_id",
}
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")


class Database:
    """Opens transactions as the role that belongs to whoever asks.

    Raises DatabaseBusyError when no connection becomes free, DatabaseUnavailableError when Postgres
    is away, TookTooLongError, CollisionError, DatabaseFullError. What constraints say is passed on.
    """

    def __init__(self, make: Callable[[], Engines], *, replica_retry_s: float = 10) -> None:
        self.pools = Pools(make)
        self._replica_retry_s = replica_retry_s
        self._replica_down_until = 0.0

    @asynccontextmanager
    async def transaction(self, who: Who) -> AsyncIterator[Tx]:
        """A transaction that commits when the block ends well, and is rolled back otherwise."""
        opening = _opening(who, read_only=False)
        with transaction_mark():
            engines = self.pools.here()
            engine = engines.system if isinstance(who, Activity) else engines.app
            session, driver = await _begin(engines, engine, opening)
            committing = False
            try:
                yield session
                if driver.info.transaction_status == TransactionStatus.INERROR:
                    # Postgres would answer this commit with a silent rollback.
                    raise AbortedTransactionError(
                        "a statement failed, and the transaction was to be committed all the same"
                    )
                committing = True
                await session.commit()
            except (exc.SQLAlchemyError, psycopg.Error) as error:
                _raise(error, committing=committing)
            finally:
                await engines.bring_back(_put_back(session))

    @asynccontextmanager
    async def read(self, who: Who) -> AsyncIterator[Tx]:
        """A read-only transaction; may be answered by a replica, a moment behind."""
        opening = _opening(who, read_only=True)
        with transaction_mark():
            engines = self.pools.here()
            session = await self._begin_reading(engines, who, opening)
            try:
                yield session
            except (exc.SQLAlchemyError, psycopg.Error) as error:
                _raise(error)
            finally:
                await engines.bring_back(_put_back(session))

    async def dispose(self) -> None:
        """Close all idle connections."""
        await self.pools.dispose()

    async def _begin_reading(self, engines: Engines, who: Who, opening: bytes) -> Tx:
        if isinstance(who, Activity):
            return (await _begin(engines, engines.system, opening))[0]
        if engines.replica is not None and self._is_replica_worth_a_try():
            try:
                session = (await _begin(engines, engines.replica, opening))[0]
            except (DatabaseUnavailableError, DatabaseBusyError):
                self._replica_down_until = time.monotonic() + self._replica_retry_s
            else:
                self._replica_down_until = 0.0
                return session
        return (await _begin(engines, engines.app, opening))[0]

    def _is_replica_worth_a_try(self) -> bool:
        if not self._replica_down_until:
            return True
        now = time.monotonic()
        if now < self._replica_down_until:
            return False
        # While one tries, the others go to the primary without waiting.
        self._replica_down_until = now + self._replica_retry_s
        return True


def connect(
    settings: DatabaseSettings,
    urls: Urls,
    *,
    application: str = "reelwright",
    timings: StatementTimings | None = None,
) -> Database:
    """The doors to a database; connections are made when they are first needed."""
    return Database(
        lambda: make_engines(urls, settings, application, timings),
        replica_retry_s=settings.replica_retry_s,
    )


async def introduce(session: AsyncSession, who: Who, *, read_only: bool = False) -> None:
    """Tell Postgres who is asking, in a transaction that somebody else opens and commits.

    The doors need no such call; the durable engine's transactional step does.
    """
    if read_only:
        await session.execute(text("SET TRANSACTION READ ONLY"))
    told = dict.fromkeys(_NAMES, "")
    await session.execute(_SET, told | _told(who))


def _told(who: Who) -> dict[str, str]:
    """The names row-level security judges by; raises UnauthenticatedError when there are none."""
    if isinstance(who, Activity):
        return {"activity": who.value}
    if not isinstance(who, Principal):
        raise UnauthenticatedError("a transaction was opened for nobody")
    # These are written into a statement below: nothing but plain signs may pass.
    names = (who.workspace, who.user, who.operator or "-")
    if not all(map(_PLAIN.fullmatch, names)):
        raise UnauthenticatedError("a transaction was opened for a principal without proper ids")
    told: dict[str, str] = {"workspace": who.workspace, "user": who.user}
    if who.role in CONFINED:
        told["role"] = who.role.value
    if who.operator is not None:
        told["operator"] = who.operator
    return told


def _opening(who: Who, *, read_only: bool) -> bytes:
    """BEGIN and the principal as one message to the server: one round trip, not three."""
    begin = "BEGIN READ ONLY" if read_only else "BEGIN"
    told = [f"SET LOCAL {_NAMES[name]}='{value}'" for name, value in _told(who).items()]
    return ";".join([begin, *told]).encode()


async def _begin(
    engines: Engines, engine: AsyncEngine, opening: bytes
) -> tuple[Tx, psycopg.AsyncConnection[Any]]:
    """An open transaction. A pooled connection that has died meanwhile is replaced once."""
    for attempt in (1, 2):
        session = AsyncSession(engine, expire_on_commit=False)
        try:
            driver = await session.run_sync(_driver)
            if not driver.autocommit:
                await driver.set_autocommit(True)
            # Never prepared: a prepared statement cannot hold several.
            await driver.execute(opening, prepare=False)
        except (exc.SQLAlchemyError, psycopg.Error) as error:
            await engines.bring_back(_drop(session))
            if attempt == 1 and isinstance(error, psycopg.OperationalError):
                # It was fine when it was put back: the server has gone or was restarted since, and
                # the other idle connections went with it: each is replaced when it is wanted next,
                # as SQLAlchemy does itself where it begins the transaction. Nothing was done yet.
                engine.pool._invalidate(None, error)  # pyrefly: ignore[bad-argument-type]  # noqa: SLF001
                continue
            _raise(error)
        except BaseException:
            # Never put a connection back of which it is not known in what state it is.
            await engines.bring_back(_drop(session))
            raise
        return session, driver
    raise AssertionError  # the second attempt returns or raises


def _driver(session: Session) -> psycopg.AsyncConnection[Any]:
    driver: Any = session.connection().connection.driver_connection
    return driver


async def _drop(session: Tx) -> None:
    try:
        await session.invalidate()
    finally:
        await session.close()


async def _put_back(session: Tx) -> None:
    try:
        await session.close()
    except (exc.SQLAlchemyError, psycopg.Error):
        # The rollback could not be said: the connection is gone, and the transaction with it.
        await _drop(session)


def _raise(error: BaseException, *, committing: bool = False) -> NoReturn:
    """Raise ours for theirs, or theirs."""
    ours = translated(error, committing=committing)
    if ours is None:
        raise error
    raise ours from error
