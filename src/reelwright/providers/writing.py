"""Text as vendors write it: read piece by piece, kept as a file, held against the schema it was asked for."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Protocol

from reelwright.engines.http.client import Answer, Http
from reelwright.providers import wire
from reelwright.providers.at_once import AnswersAtOnce, receipt
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.contract import Call, Outcome, Product, Receipt
from reelwright.providers.errors import (
    MisshapenError,
    ProviderError,
    UnknownOutcomeError,
    UnsupportedError,
)
from reelwright.providers.events import Event, events
from reelwright.providers.prices import Usage
from reelwright.providers.prompts import TextRequest
from reelwright.providers.schemas import misfit

_BROKEN = "the answer broke off before its end"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent to be answered in events; `complaint` words the vendor's no as one of our errors."""

    url: str
    body: Any = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    complaint: Callable[[Answer], ProviderError]


class Reader(Protocol):
    """What a vendor's events mean. Made anew for each answer; raises what the events tell of trouble.

    `ended` once the vendor has said so; `cut` when it stopped at the most it might write.
    """

    remote_id: str
    ended: bool
    cut: bool

    @property
    def used(self) -> Usage:
        """What the vendor bills, as far as it has told."""
        ...

    def read(self, event: Event) -> str:
        """The piece of text that an event brings; mostly none."""
        ...


async def pieces(http: Http, letter: Letter, reader: Reader) -> AsyncGenerator[str]:
    """Send the one paid request; the text as it comes. What breaks off before its end is an unknown outcome."""
    sent = wire.send_paid_stream(http, letter.url, letter.body, headers=letter.headers)
    async with sent as (answer, parts):
        if answer.status != 200:
            raise letter.complaint(await wire.whole(answer, parts))
        async for event in events(parts):
            piece = reader.read(event)
            if piece:
                yield piece
    if not reader.ended:
        raise UnknownOutcomeError(_BROKEN)


class TextVendor(AnswersAtOnce):
    """What providers that write have in common; each has its letters and its reader of events."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def letter(self, call: Call, request: TextRequest) -> Letter:
        """What is sent for a request."""
        raise NotImplementedError

    def reader(self) -> Reader:
        """A reader for one answer."""
        raise NotImplementedError

    def reading(self, call: Call, request: TextRequest, reader: Reader) -> AsyncGenerator[str]:
        """The text as it comes; `reader` knows the rest when it has ended. Sends the one paid request."""
        return pieces(self._http, self.letter(call, request), reader)

    async def stream(self, call: Call) -> AsyncIterator[str | Outcome]:
        """Text while it is written, and at last the outcome."""
        refuse_unsupported(call.model, call.request)
        if not isinstance(call.request, TextRequest):
            raise UnsupportedError(f"{call.model.title} writes no text", field="operation")
        async with aclosing(self._write(call, call.request, self.reader())) as written:
            async for piece in written:
                yield piece

    async def written(self, call: Call, request: TextRequest) -> Receipt:
        """The finished text. It too is read as it is written: a vendor's silence is then a bad sign."""
        reader = self.reader()
        async with aclosing(self._write(call, request, reader)) as written:
            async for piece in written:
                if isinstance(piece, Outcome):
                    return receipt(call, piece, reader.remote_id)
        raise UnknownOutcomeError(_BROKEN)

    async def _write(
        self, call: Call, request: TextRequest, reader: Reader
    ) -> AsyncGenerator[str | Outcome]:
        whole: list[str] = []
        async with aclosing(self.reading(call, request, reader)) as read:
            async for piece in read:
                whole.append(piece)
                yield piece
        text = "".join(whole)
        _refuse_misshapen(text, request, reader)
        media_type = "text/plain" if request.schema is None else "application/json"
        path = wire.save(text.encode(), call.folder, "text", media_type)
        facts = {"cut": True} if reader.cut else {}
        yield Outcome((Product(path, media_type, facts),), reader.used)


def _refuse_misshapen(text: str, request: TextRequest, reader: Reader) -> None:
    wrong = None if text.strip() else "nothing was written"
    if request.schema is not None and wrong is None:
        try:
            wrong = misfit(json.loads(text), request.schema)
        except ValueError:
            wrong = "it is no JSON"
    if wrong:
        ended = f", for it was cut off at {request.most} tokens" if reader.cut else ""
        raise MisshapenError(
            f"the answer has not the shape asked for: {wrong}{ended}", text=text, used=reader.used
        )
