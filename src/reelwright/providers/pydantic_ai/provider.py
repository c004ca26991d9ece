"""pydantic-ai as a provider: whatever vendor it knows, by `vendor:model`, where the account names it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from importlib.util import find_spec

from reelwright.providers.catalogue import Model
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.contract import Access, Call, Receipt
from reelwright.providers.errors import UnknownOutcomeError, UnsupportedError
from reelwright.providers.prompts import TextRequest
from reelwright.providers.pydantic_ai.naming import named_models
from reelwright.providers.pydantic_ai.reading import Answer
from reelwright.providers.writing import Reader, TextVendor

_WAY_OUT = "pip install 'reelwright[text]'"


class PydanticAI(TextVendor):
    """Text. The account names models in `more["models"]` (`mistral:mistral-large-latest, xai:...`).

    Its key is the vendor's; with several vendors in one account, `more["mistral_key"]` and so on.
    Each call is one request through our own client: an SDK that would repeat it finds no way out.
    """

    name = "pydantic-ai"
    title = "pydantic-ai"

    def models(self) -> Sequence[Model]:
        """None: accounts name them."""
        return ()

    def own_models(self, access: Access) -> Sequence[Model]:
        """The models the account names."""
        return named_models(self.name, access)

    def lacks(self) -> str | None:
        """How to install what is missing; None when all is there."""
        return None if find_spec("pydantic_ai") is not None else _WAY_OUT

    async def submit(self, call: Call) -> Receipt:
        """Ask, and wait for the finished text."""
        refuse_unsupported(call.model, call.request)
        if not isinstance(call.request, TextRequest):
            raise UnsupportedError(f"{self.title} makes no {call.request.operation}")
        return await self.written(call, call.request)

    def reader(self) -> Answer:
        """What will be known of one answer."""
        return Answer()

    async def reading(
        self, call: Call, request: TextRequest, reader: Reader
    ) -> AsyncGenerator[str]:
        """The text as it comes."""
        assert isinstance(reader, Answer)
        if self.lacks():
            raise UnsupportedError(
                "text through pydantic-ai needs a package that is not installed", way_out=_WAY_OUT
            )
        if call.model not in self.own_models(call.access):
            raise UnsupportedError(
                f"this account names no {call.model.endpoint}",
                field="models",
                way_out="put all keys of pydantic-ai's vendors into one account, as mistral_key=...",
            )
        from reelwright.providers.pydantic_ai.asking import ask  # noqa: PLC0415  # of the extra

        async with aclosing(ask(self._http, call, request, reader)) as asked:
            async for piece in asked:
                yield piece
        if not reader.ended:
            raise UnknownOutcomeError("the answer broke off before its end")
