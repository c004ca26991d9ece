"""Hearing of what this process commits itself: at once, and with no word from the server."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import event
from sqlalchemy.orm import Session

from reelwright.engines.events.publishing import PUBLISHED


def hear_commits(heard: Callable[[], None]) -> Callable[[], None]:
    """Call `heard` on the running loop after every commit of this process that has published.

    Commits are heard of on any thread and loop. Answers what ends it.
    """
    loop = asyncio.get_running_loop()

    def committed(session: Session) -> None:
        # Run in whichever thread has committed: it must never fail.
        if PUBLISHED in session.info:
            with suppress(RuntimeError):  # our loop has ended: the readers' polling serves
                loop.call_soon_threadsafe(heard)

    event.listen(Session, "after_commit", committed)
    return lambda: event.remove(Session, "after_commit", committed)
