"""Google as a provider: each model is asked in the way its maker offers it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from reelwright.engines.http.client import Http
from reelwright.providers import wire
from reelwright.providers.at_once import receipt
from reelwright.providers.catalogue import Model, models_of
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.contract import (
    NOBODY,
    Access,
    Call,
    Outcome,
    Receipt,
    Ring,
    Standing,
    Status,
    Ticket,
)
from reelwright.providers.google.answers import Answers, files_of
from reelwright.providers.google.contents import body_of
from reelwright.providers.google.faults import error_of
from reelwright.providers.google.interactions import Interactions
from reelwright.providers.google.shapes import Generated
from reelwright.providers.google.signing import base_of, key_headers
from reelwright.providers.google.vertex import PREFIX, Vertex
from reelwright.providers.google.webhooks import ring_of
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import TextRequest
from reelwright.providers.writing import Letter, Reader, TextVendor

_AT_ONCE = frozenset({
    Operation.TEXT, Operation.TEXT_TO_IMAGE, Operation.IMAGE_TO_IMAGE, Operation.SPEECH,
})  # fmt: skip
"""What `generateContent` makes: it is in the answer, and nowhere else."""


class Google(TextVendor):
    """Gemini, Omni and Lyria by API key; Veo on Vertex, where the account names a project.

    An account's `more` may hold `project`, `location`, and `token` or `service_account` (the file's
    JSON) for Vertex, and `webhook_secret` where the account has registered a webhook.
    """

    name = "google"
    title = "Google"

    def __init__(self, http: Http) -> None:
        super().__init__(http)
        self._interactions = Interactions(http)
        self._vertex = Vertex(http)

    def models(self) -> Sequence[Model]:
        """The rows of `models.toml`."""
        return _models()

    async def submit(self, call: Call) -> Receipt:
        """One request; words, pictures, speech and mostly music are in the answer."""
        refuse_unsupported(call.model, call.request)
        if isinstance(call.request, TextRequest):
            return await self.written(call, call.request)
        if call.model.endpoint.startswith(PREFIX):
            return await self._vertex.submit(call)
        if call.model.operation not in _AT_ONCE:
            return await self._interactions.submit(call)
        body = body_of(call.model, call.request)
        headers = key_headers(call.access)
        url = _url_of(call, "generateContent")
        answer = await wire.send_paid(self._http, url, body, headers=headers)
        if answer.status != 200:
            raise error_of(answer)
        generated = wire.shaped(answer, Generated, paid=True)
        return receipt(call, files_of(call, generated), generated.response_id)

    def letter(self, call: Call, request: TextRequest) -> Letter:
        """What is sent to be answered in events."""
        url = f"{_url_of(call, 'streamGenerateContent')}?alt=sse"
        return Letter(url, body_of(call.model, request), key_headers(call.access), error_of)

    def reader(self) -> Reader:
        """A reader of one text."""
        return Answers()

    async def poll(self, ticket: Ticket, access: Access = NOBODY) -> Status:
        """Where a shot or a piece of music stands."""
        return await self._keeper(ticket).poll(ticket, access)

    async def fetch(self, ticket: Ticket, folder: Path, access: Access = NOBODY) -> Outcome:
        """The finished files of a shot or a piece of music."""
        return await self._keeper(ticket).fetch(ticket, folder, access)

    async def cancel(self, ticket: Ticket, access: Access = NOBODY) -> None:
        """Stop an interaction; the others cannot be stopped."""
        if ticket.operation not in _AT_ONCE and not _is_of_vertex(ticket):
            await self._interactions.cancel(ticket, access)

    async def answer(
        self, headers: Mapping[str, str], body: bytes, access: Access, now: datetime
    ) -> Ring:
        """Verify a webhook of the account's own."""
        return ring_of(headers, body, access, now)

    async def probe(self, access: Access) -> Standing:
        """Try the key on the list of models, or, where there is none, the token on a model's card."""
        if not access.key:
            await self._vertex.probe(access)
            return Standing(note="Vertex")
        url = f"{base_of(access)}/v1/models?pageSize=1"
        answer = await wire.read(self._http, url, headers=key_headers(access))
        if answer.status != 200:
            raise error_of(answer)
        return Standing()

    def _keeper(self, ticket: Ticket) -> Interactions | Vertex:
        """Who knows the ticket."""
        if ticket.operation in _AT_ONCE:
            raise self._nothing_kept(ticket)
        return self._vertex if _is_of_vertex(ticket) else self._interactions


def _is_of_vertex(ticket: Ticket) -> bool:
    return ticket.remote_id.startswith("projects/")


@cache
def _models() -> tuple[Model, ...]:
    return models_of("reelwright.providers.google", Google.name)


def _url_of(call: Call, verb: str) -> str:
    return f"{base_of(call.access)}/v1/models/{call.model.endpoint}:{verb}"
