"""The built-in artist as a provider: free, offline, the same picture every time."""

import math
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from reelwright.ground.digests import digest
from reelwright.providers.contract import (
    Model,
    Operation,
    Price,
    Product,
    Request,
    State,
    Status,
    Ticket,
)
from reelwright.providers.errors import UnknownTicketError, UnsupportedError
from reelwright.providers.sketch import editions

_FREE = Price(micros=0)
_LARGEST = 8192 * 4608  # pixels of a frame

# Where each operation is done; imported when it is asked for, so that asking for prices stays quick.
_WORKSHOPS = {
    Operation.STILL: ("reelwright.providers.sketch.still", "make_still"),
    Operation.MOTION: ("reelwright.providers.sketch.motion", "make_motion"),
    Operation.VOICE: ("reelwright.providers.sketch.voices.speech", "speak"),
    Operation.AMBIENCE: ("reelwright.providers.sketch.ambience.air", "make_ambience"),
    Operation.SCORE: ("reelwright.providers.sketch.score.music", "make_score"),
}


class Sketch:
    """Draws, animates, speaks and scores. A submitted request is done when it is fetched."""

    name = "sketch"

    def __init__(self) -> None:
        self._submitted: dict[str, Request] = {}

    def models(self) -> Sequence[Model]:
        """Five models, one an operation; versions follow the code that does the work."""
        drawing = editions.picture_edition()
        voice = editions.voice_edition()
        ambience = editions.ambience_edition()
        score = editions.score_edition()
        return (
            Model("sketch/still", Operation.STILL, drawing, "Built-in artist: still", _FREE),
            Model("sketch/motion", Operation.MOTION, drawing, "Built-in artist: shot", _FREE),
            Model(
                "sketch/voice", Operation.VOICE, voice, "Built-in artist: temporary voice", _FREE
            ),
            Model(
                "sketch/ambience", Operation.AMBIENCE, ambience, "Built-in artist: ambience", _FREE
            ),
            Model("sketch/score", Operation.SCORE, score, "Built-in artist: score", _FREE),
        )

    async def submit(self, model: str, request: Request) -> Ticket:
        """Accept a request; refuses what cannot be drawn before any work is done."""
        if model != f"{self.name}/{request.operation}":
            raise UnsupportedError(f"{model} does not make a {request.operation}")
        _check(request)
        remote_id = digest([model, request])
        self._submitted[remote_id] = request
        return Ticket(self.name, model, remote_id, request.operation)

    async def poll(self, ticket: Ticket) -> Status:
        """Whatever was submitted is ready to be fetched."""
        self._request(ticket)
        return Status(State.DONE, 1.0)

    async def fetch(self, ticket: Ticket, folder: Path) -> Product:
        """Do the work and write its file."""
        module, function = _WORKSHOPS[ticket.operation]
        work: Callable[[Request, Path], Product] = getattr(import_module(module), function)
        return work(self._request(ticket), folder)

    async def cancel(self, ticket: Ticket) -> None:
        """Forget the request."""
        self._submitted.pop(ticket.remote_id, None)

    def _request(self, ticket: Ticket) -> Request:
        try:
            return self._submitted[ticket.remote_id]
        except KeyError:
            raise UnknownTicketError(f"no such request: {ticket.remote_id[:12]}") from None


def _check(request: Request) -> None:
    picture = getattr(request, "picture", None)
    if picture is not None:
        if min(picture.width, picture.height) < 64 or picture.width * picture.height > _LARGEST:
            raise UnsupportedError(
                f"a frame of {picture.width}x{picture.height} cannot be drawn",
                way_out="from 64x64 to 8192x4608",
            )
        if picture.width % 2 or picture.height % 2:
            raise UnsupportedError("a frame's width and height must be even")
    if getattr(request, "frames", 1) < 1 or not 0 < getattr(request, "seconds", 1.0) < math.inf:
        raise UnsupportedError("a product without length cannot be made")
    if getattr(request, "handles", 0) < 0:
        raise UnsupportedError("handles cannot be shorter than nothing")
