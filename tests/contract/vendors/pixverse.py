"""PixVerse under the suite."""

from reelwright.providers.operations import Operation
from reelwright.providers.pixverse.provider import PixVerse
from reelwright.providers.prompts import VideoRequest
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.vendors import VendorCase, image_of, video_of

CASE = VendorCase(
    make=PixVerse,
    fake=FakePixVerse,
    asks={
        Operation.TEXT_TO_VIDEO: lambda _: VideoRequest("Fog comes in.", 5, sound=True),
        Operation.IMAGE_TO_VIDEO: lambda folder: VideoRequest(
            "Fog comes in.", 5, resolution="540p", first=image_of(folder)
        ),
        Operation.FIRST_LAST_FRAME: lambda folder: VideoRequest(
            "Fog comes in.", 5, first=image_of(folder), last=image_of(folder, 1, "jpeg")
        ),
        Operation.EXTEND_VIDEO: lambda folder: VideoRequest(
            "The fog lifts.", 5, seed=3, extends=video_of(folder)
        ),
    },
    # A model that is gone is a parameter like any other that is wrong.
    wordless=frozenset((Mood.MODEL_GONE,)),
)
