"""The Interactions API: Omni's shots in the background, Lyria's music in the answer."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reelwright.engines.http.client import Answer, Http
from reelwright.providers import wire
from reelwright.providers.contract import (
    Access,
    Call,
    Outcome,
    Product,
    Receipt,
    State,
    Status,
    Ticket,
)
from reelwright.providers.errors import (
    ProviderError,
    RefusedError,
    UnknownTicketError,
    UnsupportedError,
)
from reelwright.providers.google.answers import decoded, nothing_made
from reelwright.providers.google.faults import error_of, error_of_rpc, error_of_status
from reelwright.providers.google.refusals import REFUSED
from reelwright.providers.google.shapes import Interaction, Made, merged
from reelwright.providers.google.signing import base_of, key_headers
from reelwright.providers.operations import Operation
from reelwright.providers.prices import Unit
from reelwright.providers.prompts import Media, MusicRequest, VideoRequest

_FAILED = frozenset({
    "failed", "cancelled", "incomplete", "budget_exceeded", "requires_action",
    "requires_continuation",  # going on is another paid request
})  # fmt: skip
_TASKS = {
    Operation.TEXT_TO_VIDEO: "text_to_video",
    Operation.IMAGE_TO_VIDEO: "image_to_video",
    Operation.FIRST_LAST_FRAME: "image_to_video",  # of two pictures
    Operation.EXTEND_VIDEO: "extend",
}
_DONE_WITH = frozenset({400, 404, 409})  # not known, or over: nothing is left to cancel


class Interactions:
    """Asks for shots and music, and fetches them by the interaction's id."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def submit(self, call: Call) -> Receipt:
        """One interaction; music mostly is in its answer, a shot never."""
        url = f"{base_of(call.access)}/v1/interactions"
        headers = key_headers(call.access)
        answer = await wire.send_paid(self._http, url, _body_of(call), headers=headers)
        if answer.status != 200:
            raise error_of(answer)
        begun = wire.shaped(answer, Interaction, paid=True)
        ticket = Ticket("google", call.model.id, begun.id, call.model.operation)
        status = _status_of(begun, call.model.operation)
        if status.error is not None:
            raise status.error
        made = begun.made(_kind_of(ticket.operation))
        # What lies elsewhere is fetched by its ticket: it is paid, whether or not it can be had now.
        if status.state is not State.DONE or not all(one.data for one in made):
            return Receipt(ticket)
        return Receipt(ticket, await self._outcome(begun, ticket, call.folder, call.access))

    async def poll(self, ticket: Ticket, access: Access) -> Status:
        """Where it stands."""
        answer = await self._get(ticket, access)
        if answer.status == 400:
            # Known of them: some finished interactions answer so for ever.
            return Status(State.FAILED, error=ProviderError("Google cannot show what it made"))
        return _status_of(_shaped(answer, ticket), ticket.operation)

    async def fetch(self, ticket: Ticket, folder: Path, access: Access) -> Outcome:
        """The finished files."""
        interaction = _shaped(await self._get(ticket, access), ticket)
        status = _status_of(interaction, ticket.operation)
        if status.state is not State.DONE:
            raise status.error or ProviderError("Google has not finished it yet")
        return await self._outcome(interaction, ticket, folder, access)

    async def cancel(self, ticket: Ticket, access: Access) -> None:
        """Stop it while it runs."""
        url = f"{_url_of(ticket, access)}/cancel"
        answer = await wire.tell(self._http, url, headers=key_headers(access))
        if answer.status >= 400 and answer.status not in _DONE_WITH:
            raise error_of(answer)

    async def _get(self, ticket: Ticket, access: Access) -> Answer:
        return await wire.read(self._http, _url_of(ticket, access), headers=key_headers(access))

    async def _outcome(
        self, interaction: Interaction, ticket: Ticket, folder: Path, access: Access
    ) -> Outcome:
        made = interaction.made(_kind_of(ticket.operation))
        products = [
            await self._product(one, folder, f"{ticket.operation}-{number}", access)
            for number, one in enumerate(made)
        ]
        counts = interaction.usage.used() if interaction.usage else {}
        return Outcome(tuple(products), counts | {Unit.CALL: Decimal(1)})

    async def _product(self, made: Made, folder: Path, name: str, access: Access) -> Product:
        if made.data:
            media_type = made.mime_type.replace("audio/mp3", "audio/mpeg")
            return Product(wire.save(decoded(made.data), folder, name, media_type), media_type)
        assert made.uri is not None  # `Interaction.made` leaves out what is neither
        # The key is told to nobody else, wherever the file may lie.
        ours = _origin(made.uri) == _origin(base_of(access))
        headers = key_headers(access) if ours else {}
        path, media_type = await wire.download(self._http, made.uri, folder, name, headers=headers)
        return Product(path, media_type)


def _body_of(call: Call) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": call.model.endpoint,
        "input": _input_of(call),
        "store": True,
        "labels": {"reference": call.reference},
    }
    if isinstance(call.request, VideoRequest):
        body |= _shot_of(call.request)
    if "webhook_secret" in call.access.more:
        # Without `uris` it rings where the account's own webhook points, signed with its secret.
        body["webhook_config"] = {"user_metadata": {"reference": call.reference}}
    return merged(call.model.defaults, body)


def _input_of(call: Call) -> list[dict[str, Any]]:
    match call.request:
        case VideoRequest(prompt=prompt, first=first, last=last, extends=extends):
            given = [one for one in (extends, first, last) if one is not None]
            return [{"type": "text", "text": prompt}, *map(_content_of, given)]
        case MusicRequest() as request:
            return [{"type": "text", "text": _words_for_music(call, request)}]
        case _:
            raise UnsupportedError(f"{call.model.title} does not make {call.model.operation}")


def _words_for_music(call: Call, request: MusicRequest) -> str:
    """A model of songs has no parameters: length, lyrics and their absence are said in words."""
    lines = [request.prompt]
    if call.model.limits.any_length:
        lines.append(f"Length: {request.seconds:g} seconds.")
    lines.append(f"Lyrics:\n{request.lyrics}" if request.lyrics else "Instrumental, no vocals.")
    return "\n".join(lines)


def _shot_of(request: VideoRequest) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        "type": "video",
        "delivery": "uri",  # more than about 4 MB does not come in the answer
        "aspect_ratio": request.aspect,
        "duration": f"{request.seconds:g}s",
    }
    if request.resolution:
        wanted["resolution"] = request.resolution
    task = {"video_config": {"task": _TASKS[request.operation]}}
    return {"response_format": wanted, "generation_config": task}


def _content_of(media: Media) -> dict[str, Any]:
    kind = media.media_type.partition("/")[0]
    return {"type": kind, "mime_type": media.media_type, "data": wire.in_base64(media)}


def _status_of(interaction: Interaction, operation: Operation) -> Status:
    """Where an interaction stands; one that is complete without what was asked for has failed."""
    if interaction.status in _FAILED:
        return Status(State.FAILED, error=_error_of(interaction))
    if interaction.status != "completed":
        # Also in a state that is new to us: what is paid is not given up.
        return Status(State.WAITING if interaction.status == "queued" else State.RUNNING)
    if interaction.made(_kind_of(operation)):
        return Status(State.DONE)
    return Status(State.FAILED, error=_fault_in(interaction) or nothing_made("Google"))


def _error_of(interaction: Interaction) -> ProviderError:
    told = _fault_in(interaction)
    return told or ProviderError(f"Google ended it as {interaction.status!r}, for no reason given")


def _fault_in(interaction: Interaction) -> ProviderError | None:
    if interaction.errors:
        fault = interaction.errors[0]
        word = str(fault.code).rpartition("/")[2].upper().replace("-", "_")
        if word in REFUSED:
            return RefusedError(f"Google refused it ({word})", stage="output")
        return error_of_status(word or "no code", fault.message)
    for step in interaction.steps:
        if step.error is not None:
            return error_of_rpc(step.error.code, step.error.message)
    return None


def _shaped(answer: Answer, ticket: Ticket) -> Interaction:
    if answer.status == 404:
        raise UnknownTicketError(f"Google knows no interaction {ticket.remote_id}")
    if answer.status != 200:
        raise error_of(answer)
    return wire.shaped(answer, Interaction)


def _kind_of(operation: Operation) -> str:
    return "audio" if operation is Operation.MUSIC else "video"


def _url_of(ticket: Ticket, access: Access) -> str:
    return f"{base_of(access)}/v1/interactions/{ticket.remote_id}"


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()
