"""Models of this machine as a provider: the account names what is run, and where."""

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reelwright.engines.http.client import Http
from reelwright.engines.storage.files import environment
from reelwright.ground.digests import digest
from reelwright.providers.catalogue import Model, models_of
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.contract import (
    NOBODY,
    Access,
    Call,
    Outcome,
    Product,
    Receipt,
    Standing,
    State,
    Status,
    Ticket,
)
from reelwright.providers.errors import UnavailableError
from reelwright.providers.local.bench import Bench, ended, is_begun
from reelwright.providers.local.errors import not_installed, read_error
from reelwright.providers.local.orders import order_of, source_of
from reelwright.providers.local.places import ERROR, OUTCOME, Place, place_of, prepared


class Local:
    """Pictures, shots and LoRA training by diffusers, in a helper process of this machine.

    What is ordered lies in a folder, so every process here can tell how it stands; what its process
    left unfinished is begun again. The same call is the same work (`Recall.KEY`): its seed is the
    request's, or made of our reference.
    """

    name = "local"
    title = "This machine"

    def __init__(self, http: Http) -> None:
        self._http = http
        self._bench = Bench()

    def models(self) -> Sequence[Model]:
        """A row for each kind of work."""
        return _models()

    def lacks(self) -> str | None:
        """How to install what is missing; None when all is there."""
        return None if installed() else not_installed().way_out

    async def submit(self, call: Call) -> Receipt:
        """Put the order into its folder and begin."""
        refuse_unsupported(call.model, call.request)
        if not installed():
            raise not_installed()
        remote_id = digest([call.model.id, call.reference])[:32]
        place = await asyncio.to_thread(prepared, remote_id)
        if not place.known:
            order = await order_of(call, place, self._http)
            await asyncio.to_thread(place.order, order)
        self._bench.begin(place)
        return Receipt(Ticket(self.name, call.model.id, remote_id, call.model.operation))

    async def poll(self, ticket: Ticket, access: Access = NOBODY) -> Status:  # noqa: ARG002  # signs nowhere
        """How it stands; what nobody is at work on any more is taken up again."""
        place = _known(ticket)
        error = place.read(ERROR)
        if error is not None:
            return Status(State.FAILED, error=read_error(error))
        if ended(place):
            return Status(State.DONE, 1.0)
        if not is_begun(place):
            self._bench.begin(place)
            return Status(State.WAITING, place.progress())
        return Status(State.RUNNING, place.progress())

    async def fetch(self, ticket: Ticket, folder: Path, access: Access = NOBODY) -> Outcome:  # noqa: ARG002  # likewise
        """Copies of what was made."""
        place = _known(ticket)
        outcome = place.read(OUTCOME)
        if outcome is None:
            error = place.read(ERROR)
            raise read_error(error) if error else UnavailableError("it is not finished")
        return Outcome(
            tuple(
                [
                    await asyncio.to_thread(_copied, place, one, folder)
                    for one in outcome["products"]
                ]
            )
        )

    async def cancel(self, ticket: Ticket, access: Access = NOBODY) -> None:  # noqa: ARG002  # likewise
        """Stop it after the step at hand."""
        place = place_of(ticket.remote_id)
        if place.known and not ended(place):
            place.cancel()

    async def probe(self, access: Access) -> Standing:
        """Whether what the account names is there; nothing is loaded. Raises UnsupportedError."""
        if not installed():
            raise not_installed()
        named = [one.endpoint for one in _models() if one.endpoint in access.more]
        for operation in named or [_models()[0].endpoint]:
            source_of(access, operation)
        return Standing(note=", ".join(named))

    def close(self) -> None:
        """End the helper process."""
        self._bench.close()


def installed() -> bool:
    """Whether the extra is there; nothing of it is imported."""
    return all(find_spec(name) is not None for name in ("torch", "diffusers", "transformers"))


@cache
def _models() -> tuple[Model, ...]:
    return models_of("reelwright.providers.local", Local.name)


def _known(ticket: Ticket) -> Place:
    place = place_of(ticket.remote_id)
    if not place.known:
        raise UnavailableError(
            "it is made on another machine", way_out="the workers there look after it"
        )
    return place


def _copied(place: Place, made: Mapping[str, Any], folder: Path) -> Product:
    with environment("cannot keep what was made here"):
        path = Path(shutil.copyfile(place.made / made["name"], folder / made["name"]))
    return Product(path, made["media_type"], made["facts"])
