"""The calls of the tag `texts`. Written by `make openapi`."""

from reelwright.client.models.texts import TextOrder, WrittenView
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, read


class TextsCalls:
    """The calls of the tag `texts`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def write_text(self, body: TextOrder, *, key: str | None = None) -> WrittenView:
        """Have a language model answer. No job: the answer comes at once."""
        answer = await self._wire.ask("POST", "/api/v1/text", body=body, key=key)
        return read(WrittenView, answer.body)


class TextsWaited(Waited):
    """The same, waited for."""

    write_text = waited(TextsCalls.write_text)
