"""Connecting to Postgres, wholly or not at all."""

import asyncio
from typing import Any

import psycopg


async def connect_wholly(*told: Any, **more: Any) -> psycopg.AsyncConnection[Any]:
    """Connect; whoever stops waiting leaves nothing behind. Takes what psycopg takes, and raises that.

    A connection that is given up half-way would lie there, signed in by nobody, until the server loses
    its patience after a minute; until then nobody can drop or copy a database there. So it is made,
    and closed.
    """
    connecting = asyncio.create_task(psycopg.AsyncConnection.connect(*told, **more))
    try:
        return await asyncio.shield(connecting)
    except asyncio.CancelledError:
        connecting.add_done_callback(_close)
        raise


def _close(connecting: "asyncio.Task[psycopg.AsyncConnection[Any]]") -> None:
    if not connecting.cancelled() and connecting.exception() is None:
        connecting.result().pgconn.finish()
