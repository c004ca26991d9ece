"""Whether the process lives, and whether it can serve."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from reelwright.faces.web.streams import Streams

Check = Callable[[], Awaitable[object]]
"""Returns when a part works, raises when it does not; a part that answers False does not either."""

_WITHIN_S = 2.0
_BELIEVED_S = 1.0  # anyone may ask, so that asking often must cost nothing

log = logging.getLogger("reelwright.web")
router = APIRouter(prefix="/health", tags=["health"])


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Readiness(BaseModel):
    """Whether requests can be served, and the state of each part."""

    status: Literal["ready", "not_ready", "stopping"]
    parts: dict[str, Literal["works", "fails", "slow"]]


class Checks:
    """Asks all parts at once, each within its time; an answer is believed for a second."""

    def __init__(self, parts: Mapping[str, Check]) -> None:
        self._parts = parts
        self._asking = asyncio.Lock()
        self._found: dict[str, Literal["works", "fails", "slow"]] = {}
        self._until = 0.0

    async def gather(self) -> dict[str, Literal["works", "fails", "slow"]]:
        """The state of each part."""
        async with self._asking:
            if time.monotonic() >= self._until:
                states = await asyncio.gather(*map(self._ask, self._parts))
                self._found = dict(zip(self._parts, states, strict=True))
                self._until = time.monotonic() + _BELIEVED_S
        return self._found

    async def _ask(self, part: str) -> Literal["works", "fails", "slow"]:
        try:
            async with asyncio.timeout(_WITHIN_S):
                said = await self._parts[part]()
        except TimeoutError:
            return "slow"
        except Exception as error:
            log.warning("%s does not work: %s", part, type(error).__name__, exc_info=error)
            return "fails"
        return "fails" if said is False else "works"


@router.get("/live")
async def live() -> Alive:
    """The process answers; says nothing about what it needs."""
    return Alive()


@router.get("/ready", responses={503: {"model": Readiness, "description": "Not now"}})
async def ready(request: Request, response: Response) -> Readiness:
    """Whether requests can be served now."""
    checks: Checks = request.app.state.checks
    streams: Streams = request.app.state.streams
    if streams.closing:
        response.status_code = 503
        return Readiness(status="stopping", parts={})
    parts = await checks.gather()
    works = all(state == "works" for state in parts.values())
    if not works:
        response.status_code = 503
    response.headers["Cache-Control"] = "no-store"
    return Readiness(status="ready" if works else "not_ready", parts=parts)
