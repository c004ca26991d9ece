"""The built-in artist as a provider: free, offline, the same picture every time."""

import math
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from reelwright.ground.digests import digest
from reelwright.providers.catalogue import Model, free_model
from reelwright.providers.contract import (
    NOBODY,
    Access,
    Call,
    Outcome,
    Product,
    Receipt,
    Request,
    State,
    Status,
    Ticket,
)
from reelwright.providers.errors import UnknownTicketError, UnsupportedError
from reelwright.providers.operations import Operation
from reelwright.providers.sketch import editions

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
    title = "Built-in artist"

    def __init__(self, _: object = None) -> None:
        """Takes the way out that every provider is handed, and needs none."""
        self._submitted: dict[str, Request] = {}

    def models(self) -> Sequence[Model]:
        """Five models, one an operation; versions follow the code that does the work."""
        made = (
            (Operation.STILL, editions.picture_edition(), "still"),
            (Operation.MOTION, editions.picture_edition(), "shot"),
            (Operation.VOICE, editions.voice_edition(), "temporary voice"),
            (Operation.AMBIENCE, editions.ambience_edition(), "ambience"),
            (Operation.SCORE, editions.score_edition(), "score"),
        )
        return tuple(
            free_model(f"{self.name}/{operation}", operation, version, f"{self.title}: {what}")
            for operation, version, what in made
        )

    async def submit(self, call: Call) -> Receipt:
        """Accept a request; refuses what cannot be drawn before any work is done."""
        request, model = call.request, call.model.id
        if model != f"{self.name}/{request.operation}":
            raise UnsupportedError(f"{model} does not make a {request.operation}")
        _check(request)
        remote_id = digest([model, request])
        self._submitted[remote_id] = request
        return Receipt(Ticket(self.name, model, remote_id, request.operation))

    async def poll(self, ticket: Ticket, access: Access = NOBODY) -> Status:  # noqa: ARG002  # signs nowhere
        """Whatever was submitted is ready to be fetched."""
        self._request(ticket)
        return Status(State.DONE, 1.0)

    async def fetch(self, ticket: Ticket, folder: Path, access: Access = NOBODY) -> Outcome:  # noqa: ARG002  # signs nowhere
        """Do the work and write its file."""
        module, function = _WORKSHOPS[ticket.operation]
        work: Callable[[Request, Path], Product] = getattr(import_module(module), function)
        return Outcome((work(self._request(ticket), folder),))

    async def cancel(self, ticket: Ticket, access: Access = NOBODY) -> None:  # noqa: ARG002  # signs nowhere
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
