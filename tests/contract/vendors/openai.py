"""OpenAI under the contract suite."""

from reelwright.providers.contract import Access
from reelwright.providers.openai.provider import OpenAI
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import ImageRequest, SpeechRequest
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.openai import FakeOpenAI
from support.texts import SCRIPT
from support.vendors import KEY, VendorCase, image_of

CASE = VendorCase(
    make=OpenAI,
    fake=FakeOpenAI,
    asks={
        Operation.TEXT: lambda _: SCRIPT,
        Operation.TEXT_TO_IMAGE: lambda _: ImageRequest("a pier in the fog", count=2),
        Operation.IMAGE_TO_IMAGE: lambda folder: ImageRequest(
            "the same at night", references=(image_of(folder), image_of(folder, 1))
        ),
        Operation.SPEECH: lambda _: SpeechRequest("Come in.", directions="softly"),
    },
    wordless=frozenset((Mood.REFUSE_LATER,)),  # speech is not looked at again
    access=lambda url: Access(KEY, f"{url}/v1"),
)
