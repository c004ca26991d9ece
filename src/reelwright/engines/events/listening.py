"""One connection that hears when others have published; it comes back by itself."""

import asyncio
import logging
import secrets
from collections.abc import Callable

import psycopg

from reelwright.engines.database.connecting import connect_wholly
from reelwright.engines.database.roles import plain_dsn

CHANNEL = "reelwright_events"
HERE = secrets.token_hex(8)
"""What this process signs its wake-ups with: it has heard of its own commits before."""

_log = logging.getLogger(__name__)
_LONGEST_S = 5.0


class Listener:
    """Calls `heard` for others' wake-ups, and after each new connection: some may have been missed.

    A session of its own at the server, not through a pooler that shares sessions.
    """

    def __init__(self, url: str, heard: Callable[[], None]) -> None:
        self._dsn = plain_dsn(url)
        self._heard = heard
        self.connected = False

    async def run(self) -> None:
        """Listen until cancelled."""
        pause = 0.1
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError) as error:
                if self.connected or pause == 0.1:  # said once an outage
                    _log.warning("listening for events was interrupted (%s)", type(error).__name__)
                    pause = 0.1
            finally:
                self.connected = False
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_S)

    async def _listen(self) -> None:
        connection = await connect_wholly(
            self._dsn,
            autocommit=True,
            connect_timeout=5,
            application_name="reelwright events",
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=3,
        )
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self.connected = True
            self._heard()
            async for wake_up in connection.notifies():
                if wake_up.payload != HERE:
                    self._heard()
