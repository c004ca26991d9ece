"""OpenAI-compatible servers under the contract suite."""

from reelwright.providers.compatible.provider import Compatible
from reelwright.providers.contract import Access
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import SpeechRequest
from reelwright.testing.fakes.compatible import FakeCompatible
from support.texts import SCRIPT
from support.vendors import KEY, VendorCase

CASE = VendorCase(
    make=Compatible,
    fake=FakeCompatible,
    asks={
        Operation.TEXT: lambda _: SCRIPT,
        Operation.SPEECH: lambda _: SpeechRequest("Come in.", voice="Tina", directions="softly"),
    },
    access=lambda url: Access(KEY, f"{url}/v1"),
)
