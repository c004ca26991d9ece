"""Server-sent events, read as they come: how vendors send what they are still writing."""

import codecs
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from reelwright.providers.errors import UnknownOutcomeError
from reelwright.providers.wire import Shape


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `name` is `message` where the sender gives none."""

    name: str
    data: str = field(repr=False)

    def shaped(self, shape: type[Shape]) -> Shape:
        """Its JSON as a typed model. It belongs to a paid request: what nobody can read is an unknown outcome."""
        try:
            return shape.model_validate_json(self.data)
        except ValidationError as error:
            raise UnknownOutcomeError(
                f"an event {self.name!r} is what nobody foresaw ({error.error_count()} faults)"
            ) from None


async def events(parts: AsyncIterator[bytes]) -> AsyncIterator[Event]:
    """The events in a stream of bytes, wherever it was cut; one that was not finished is dropped."""
    utf8 = codecs.getincrementaldecoder("utf-8-sig")("replace")
    decoder = io.IncrementalNewlineDecoder(utf8, translate=True)
    rest, name, data = "", "", list[str]()
    async for part in parts:
        *lines, rest = (rest + decoder.decode(part)).split("\n")
        for line in lines:
            key, _, value = line.partition(":")
            if not line:
                if data:
                    yield Event(name or "message", "\n".join(data))
                name, data = "", []
            elif key == "event":
                name = value.removeprefix(" ")
            elif key == "data":
                data.append(value.removeprefix(" "))
