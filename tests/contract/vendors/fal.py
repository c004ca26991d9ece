"""fal under the contract suite."""

from reelwright.providers.fal.provider import Fal
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import (
    ImageRequest,
    LoraRequest,
    MusicRequest,
    SoundEffectRequest,
    SpeechRequest,
    VideoRequest,
    WorldRequest,
)
from reelwright.testing.fakes.fal import FakeFal
from support.vendors import VendorCase, image_of, video_of

_PROMPT = "a pier in the fog"


def _video(seconds, **more):
    return VideoRequest(_PROMPT, seconds, **more)


CASE = VendorCase(
    make=Fal,
    fake=lambda: FakeFal(work_s=0.02),
    asks={
        Operation.TEXT_TO_IMAGE: lambda _: ImageRequest(_PROMPT, 320, 180),
        Operation.IMAGE_TO_IMAGE: lambda folder: ImageRequest(
            _PROMPT, 320, 180, references=(image_of(folder),)
        ),
        Operation.TEXT_TO_VIDEO: lambda _: _video(4),
        Operation.IMAGE_TO_VIDEO: lambda folder: _video(4, first=image_of(folder)),
        Operation.FIRST_LAST_FRAME: lambda folder: _video(
            4, first=image_of(folder), last=image_of(folder, 1)
        ),
        Operation.EXTEND_VIDEO: lambda folder: _video(7, extends=video_of(folder)),
        Operation.SPEECH: lambda _: SpeechRequest("We are closed.", "Rachel"),
        Operation.MUSIC: lambda _: MusicRequest("a slow waltz", 3),
        "fal/minimax-music-2": lambda _: MusicRequest(
            "a slow waltz", 3, lyrics="The last bus is gone"
        ),
        Operation.SOUND_EFFECT: lambda _: SoundEffectRequest("rain on tin", 1),
        Operation.WORLD: lambda folder: WorldRequest(_PROMPT, image_of(folder)),
        Operation.TRAIN_LORA: lambda folder: LoraRequest(
            tuple(image_of(folder, seed) for seed in range(4)), "zoe"
        ),
    },
)
