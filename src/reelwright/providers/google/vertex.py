"""Veo on Vertex: an operation that is begun, and asked for until it is done."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reelwright.engines.http import failures
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
    BadKeyError,
    ProviderError,
    RefusedError,
    UnavailableError,
    UnknownTicketError,
    UnsupportedError,
)
from reelwright.providers.google.answers import decoded, nothing_made
from reelwright.providers.google.faults import error_of, error_of_rpc
from reelwright.providers.google.refusals import refusal_in
from reelwright.providers.google.shapes import Camel, Operation, merged
from reelwright.providers.google.signing import Tokens
from reelwright.providers.prompts import Media, VideoRequest

PREFIX = "publishers/google/models/"
"""How the endpoints of models on Vertex begin."""


class _Begun(Camel):
    name: str


class Vertex:
    """Asks Veo for shots, and fetches them by the operation's name."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._tokens = Tokens(http)

    async def submit(self, call: Call) -> Receipt:
        """Begin one operation."""
        url = f"{_project_url(call.access)}/{call.model.endpoint}:predictLongRunning"
        headers = await self._tokens.headers(call.access)
        answer = await wire.send_paid(self._http, url, _body_of(call), headers=headers)
        if answer.status != 200:
            raise error_of(answer)
        name = wire.shaped(answer, _Begun, paid=True).name
        return Receipt(Ticket("google", call.model.id, name, call.model.operation))

    async def poll(self, ticket: Ticket, access: Access) -> Status:
        """Where it stands."""
        operation = await self._operation(ticket, access)
        if not operation.done:
            return Status(State.RUNNING)
        error = _error_of(operation)
        return Status(State.DONE) if error is None else Status(State.FAILED, error=error)

    async def fetch(self, ticket: Ticket, folder: Path, access: Access) -> Outcome:
        """The shots, which come inside the answer."""
        operation = await self._operation(ticket, access)
        error = _error_of(operation)
        if error is not None or not operation.done:
            raise error or ProviderError("Veo has not finished it yet")
        products = tuple(
            Product(wire.save(content, folder, f"{ticket.operation}-{number}", kind), kind)
            for number, (content, kind) in enumerate(
                (decoded(one.bytes_base64_encoded), one.mime_type)
                for one in operation.response.videos
            )
        )
        return Outcome(products)

    async def probe(self, access: Access) -> None:
        """Read a model's card, which costs nothing."""
        _project_of(access)
        headers = await self._tokens.headers(access)
        url = f"{_host(access)}/v1beta1/{PREFIX}veo-3.1-lite-generate-001"
        answer = await wire.read(self._http, url, headers=headers)
        if answer.status not in (200, 404):  # a model may be gone; the token was good all the same
            raise error_of(answer)

    async def _operation(self, ticket: Ticket, access: Access) -> Operation:
        endpoint, _, _ = ticket.remote_id.partition("/operations/")
        url = f"{_host(access)}/v1beta1/{endpoint}:fetchPredictOperation"
        headers = await self._tokens.headers(access)
        answer = await self._ask(url, {"operationName": ticket.remote_id}, headers)
        if answer.status == 404:
            raise UnknownTicketError(f"Vertex knows no operation {ticket.remote_id}")
        if answer.status != 200:
            raise error_of(answer)
        return wire.shaped(answer, Operation)

    async def _ask(self, url: str, body: Any, headers: Mapping[str, str]) -> Answer:
        """A question that costs nothing. The shot is in the answer, which may be larger than others may."""
        try:
            async with self._http.post_stream(url, body, headers=headers) as (answer, parts):
                return await wire.whole(answer, parts)
        except failures.UnreachableError as error:
            raise UnavailableError(error.message) from error


def _body_of(call: Call) -> dict[str, Any]:
    request = call.request
    if not isinstance(request, VideoRequest):
        raise UnsupportedError(f"{call.model.title} does not make {request.operation}")
    instance: dict[str, Any] = {"prompt": request.prompt}
    if request.first is not None:
        instance["image"] = _picture_of(request.first)
    if request.last is not None:
        instance["lastFrame"] = _picture_of(request.last)
    parameters: dict[str, Any] = {
        "sampleCount": 1,
        "durationSeconds": int(request.seconds),
        "aspectRatio": request.aspect,
        "generateAudio": request.sound,
    }
    if request.resolution:
        parameters["resolution"] = request.resolution
    if request.seed is not None:
        parameters["seed"] = request.seed
    body = {
        "instances": [instance],
        "parameters": parameters,
        "labels": {"reference": call.reference},
    }
    return merged(call.model.defaults, body)


def _picture_of(media: Media) -> dict[str, Any]:
    return {"bytesBase64Encoded": wire.in_base64(media), "mimeType": media.media_type}


def _error_of(operation: Operation) -> ProviderError | None:
    """Why an operation failed: its error, what was filtered, or that there is nothing at all."""
    if operation.error is not None:
        told = operation.error.message
        return refusal_in(told) or error_of_rpc(operation.error.code, told)
    if not operation.done or operation.response.videos:
        return None
    for reason in operation.response.rai_media_filtered_reasons:
        return refusal_in(reason) or RefusedError("Veo withheld what it made", stage="output")
    if operation.response.rai_media_filtered_count:
        return RefusedError("Veo withheld what it made", stage="output")
    return nothing_made("Veo")


def _project_url(access: Access) -> str:
    place = f"projects/{_project_of(access)}/locations/{_location(access)}"
    return f"{_host(access)}/v1beta1/{place}"


def _project_of(access: Access) -> str:
    project = access.more.get("project")
    if not project:
        raise BadKeyError(
            "this account names no project on Vertex", way_out="give it project and location"
        )
    return project


def _host(access: Access) -> str:
    place = _location(access)
    near = "" if place == "global" else f"{place}-"
    return access.base_url.rstrip("/") or f"https://{near}aiplatform.googleapis.com"


def _location(access: Access) -> str:
    return access.more.get("location") or "us-central1"
