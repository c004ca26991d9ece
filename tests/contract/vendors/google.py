from collections.abc import Callable, Mapping
from pathlib import Path

from reelwright.providers.contract import Request
from reelwright.providers.google.provider import Google
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import (
    ImageRequest,
    Message,
    MusicRequest,
    SpeechRequest,
    TextRequest,
    VideoRequest,
)
from reelwright.testing.fakes.google import FakeGoogle
from support.vendors import VendorCase, image_of, video_of

PIER = "a pier in the fog"
ASKS: Mapping[Operation | str, Callable[[Path], Request]] = {
    Operation.TEXT: lambda _: TextRequest((Message("user", "Where does it play?"),)),
    Operation.TEXT_TO_IMAGE: lambda _: ImageRequest(PIER),
    Operation.IMAGE_TO_IMAGE: lambda folder: ImageRequest(PIER, references=(image_of(folder),)),
    Operation.SPEECH: lambda _: SpeechRequest("Nobody gets on.", voice="Kore"),
    Operation.MUSIC: lambda _: MusicRequest("a slow waltz", seconds=30),
    Operation.TEXT_TO_VIDEO: lambda _: VideoRequest(PIER, seconds=4),
    Operation.IMAGE_TO_VIDEO: lambda folder: VideoRequest(PIER, seconds=4, first=image_of(folder)),
    Operation.FIRST_LAST_FRAME: lambda folder: VideoRequest(
        PIER, seconds=4, first=image_of(folder), last=image_of(folder, 1)
    ),
    Operation.EXTEND_VIDEO: lambda folder: VideoRequest(PIER, seconds=4, extends=video_of(folder)),
}


class ByKey(Google):
    """Only what is asked by API key."""

    def models(self):
        return [one for one in super().models() if not one.endpoint.startswith("publishers/")]


CASE = VendorCase(ByKey, FakeGoogle, ASKS)
