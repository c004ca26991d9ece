"""Brave under the suite."""

from reelwright.providers.brave.provider import Brave
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import SearchRequest
from reelwright.testing.fakes.brave import FakeBrave
from reelwright.testing.fakes.moods import Mood
from support.vendors import VendorCase

CASE = VendorCase(
    make=Brave,
    fake=FakeBrave,
    asks={Operation.SEARCH_IMAGES: lambda _: SearchRequest("a pier in the fog", count=3)},
    # It judges no query, makes nothing that could be judged, and has one service.
    wordless=frozenset((Mood.REFUSE, Mood.REFUSE_LATER, Mood.MODEL_GONE)),
)
