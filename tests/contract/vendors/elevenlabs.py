"""ElevenLabs under the suite."""

from reelwright.providers.elevenlabs.provider import ElevenLabs
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import MusicRequest, SoundEffectRequest, SpeechRequest
from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from reelwright.testing.fakes.moods import Mood
from support.vendors import VendorCase

CASE = VendorCase(
    make=ElevenLabs,
    fake=FakeElevenLabs,
    asks={
        Operation.SPEECH: lambda _: SpeechRequest("The boat is late.", seed=7),
        Operation.MUSIC: lambda _: MusicRequest("A slow waltz for two clarinets.", 12),
        Operation.SOUND_EFFECT: lambda _: SoundEffectRequest("Rain on a tin roof", 2.0),
    },
    # What it has made it sends: nothing is judged afterwards.
    wordless=frozenset((Mood.REFUSE_LATER,)),
)
