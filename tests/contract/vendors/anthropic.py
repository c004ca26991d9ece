"""Anthropic under the contract suite."""

from reelwright.providers.anthropic.provider import Anthropic
from reelwright.providers.operations import Operation
from reelwright.testing.fakes.anthropic import FakeAnthropic
from reelwright.testing.fakes.moods import Mood
from support.texts import SCRIPT
from support.vendors import VendorCase

CASE = VendorCase(
    make=Anthropic,
    fake=FakeAnthropic,
    asks={Operation.TEXT: lambda _: SCRIPT},
    wordless=frozenset((Mood.REFUSE,)),  # it refuses in its answer, never the request
)
