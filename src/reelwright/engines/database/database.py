"""The doors to the database. Nobody else opens a transaction, and only this file commits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from reelwright.ground.principals import Activity, Principal, Who
from reelwright.ground.transactions import transaction_mark

Tx = AsyncSession
"""An open transaction. A method that takes one joins it; it never commits."""

_SET = text(
    "SELECT set_config('app.workspace_id', :workspace, true),"
    " set_config('app.user_id', :user, true), set_config('app.activity', :activity, true)"
)


class Database:
    """Opens transactions as the role that belongs to whoever asks."""

    def __init__(
        self, app: AsyncEngine, system: AsyncEngine, replica: AsyncEngine | None = None
    ) -> None:
        self._app = async_sessionmaker(app, expire_on_commit=False)
        self._system = async_sessionmaker(system, expire_on_commit=False)
        self._replica = async_sessionmaker(replica or app, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self, who: Who) -> AsyncIterator[Tx]:
        """A transaction that commits when the block ends well, and is rolled back otherwise."""
        sessions = self._system if isinstance(who, Activity) else self._app
        with transaction_mark():
            async with sessions() as session:
                await introduce(session, who)
                yield session
                await session.commit()

    @asynccontextmanager
    async def read(self, who: Who) -> AsyncIterator[Tx]:
        """A read-only transaction; may be answered by a replica, a moment behind."""
        sessions = self._system if isinstance(who, Activity) else self._replica
        with transaction_mark():
            async with sessions() as session:
                await introduce(session, who, read_only=True)
                yield session


async def introduce(session: AsyncSession, who: Who, *, read_only: bool = False) -> None:
    """Tell Postgres for this transaction who is asking; row-level security judges by it."""
    if read_only:
        await session.execute(text("SET TRANSACTION READ ONLY"))
    if isinstance(who, Principal):
        told = {"workspace": who.workspace, "user": who.user, "activity": ""}
    else:
        told = {"workspace": "", "user": "", "activity": who.value}
    await session.execute(_SET, told)
