"""pydantic-ai under the contract suite: its OpenAI models, against our fake of OpenAI."""

from reelwright.providers.contract import Access
from reelwright.providers.operations import Operation
from reelwright.providers.pydantic_ai.provider import PydanticAI
from reelwright.testing.fakes.openai import FakeOpenAI
from support.texts import SCRIPT
from support.vendors import KEY, VendorCase

CASE = VendorCase(
    make=PydanticAI,
    fake=FakeOpenAI,
    asks={Operation.TEXT: lambda _: SCRIPT},
    access=lambda url: Access(KEY, f"{url}/v1", {"models": "openai:gpt-6-luna"}),
)
