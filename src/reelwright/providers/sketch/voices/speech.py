"""One speech, spoken: the text to espeak, its voice through the booth, a WAV and the mouth's times."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from reelwright.engines.media.colour import equalise
from reelwright.engines.media.sound import RATE, Signal, fade, resample, write_wav
from reelwright.engines.processes.child import Child
from reelwright.ground.digests import digest
from reelwright.providers.contract import Product
from reelwright.providers.drawings import VoiceRequest
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.sketch.voices.booth import record
from reelwright.providers.sketch.voices.casting import Part, cast
from reelwright.providers.sketch.voices.lines import spoken, tongue, whole_words
from reelwright.providers.sketch.voices.mouths import mouths
from reelwright.providers.sketch.voices.murmur import murmur

_PROCESS = "reelwright.providers.sketch.voices.espeak_process"
_LEAD_S = 0.010
_TRAIL_S = 0.060
_AUDIBLE = 0.004


class Take:
    """A raw recording at 48 kHz with the times of its sounds and words, in seconds."""

    def __init__(self, signal: Signal, sounds: list[Any], words: list[Any]) -> None:
        self.signal = signal
        self.sounds = sounds
        self.words = words

    def trimmed(self) -> "Take":
        """The same without the silence before the first and after the last audible frame."""
        loud = np.flatnonzero(np.abs(self.signal) > _AUDIBLE * max(1e-9, np.abs(self.signal).max()))
        if not len(loud):
            return self
        first = max(0, int(loud[0]) - int(_LEAD_S * RATE))
        last = min(len(self.signal), int(loud[-1]) + int(_TRAIL_S * RATE))
        lead = first / RATE
        return Take(
            fade(self.signal[first:last].copy(), 0.004, 0.02),
            [(max(0.0, at - lead), sound) for at, sound in self.sounds],
            [(max(0.0, at - lead), word) for at, word in self.words],
        )


def speak(request: VoiceRequest, folder: Path) -> Product:
    """Say one speech. Writes a WAV in `folder`, mono, 48 kHz; equal requests give equal bytes.

    Facts: seconds, spoken_s (where the last word ends; the rest is the room), mouths, words,
    and unspoken (true when no voice can read the text and a murmur stands in).
    """
    text = spoken(request.text)
    take, read = _perform(text, request)
    take = take.trimmed()
    spoken_s = len(take.signal) / RATE
    signal = record(take.signal, request.delivery, request.channel, request.room)
    path = folder / f"voice-{digest(request)[:16]}.wav"
    write_wav(path, signal)
    facts = {
        "seconds": len(signal) / RATE,
        "spoken_s": spoken_s,
        "mouths": [list(cue) for cue in mouths(take.sounds, spoken_s)],
        "words": [[round(at, 3), word] for at, word in take.words],
        "unspoken": not read,
    }
    return Product(path, "audio/wav", facts)


def _perform(text: str, request: VoiceRequest) -> tuple[Take, bool]:
    language = tongue(text, request.language) if text else None
    if language is not None:
        part = cast(request.traits, request.delivery, language)
        try:
            take = _say(text, part)
        except UnsupportedError:
            take = None  # espeak knows no such language
        if take is not None and take.signal.any():
            return take, True
    hum = 120.0 if request.traits.sex == "man" else 200.0
    signal, sounds = murmur(text or request.text, hum)
    return Take(signal, sounds, []), False


def _say(text: str, part: Part) -> Take:
    question = {"text": text, "voice": part.voice, "parameters": part.parameters}
    answer = _espeak(os.getpid()).ask(question)
    raw = np.frombuffer(answer["samples"], "<i2").astype(np.float32) / 32768
    # Read faster, the voice comes from a smaller head: pitch and formants rise together.
    signal = resample(raw, round(answer["rate"] * part.size))
    signal = equalise(signal, part.tone) if part.tone else signal
    words = [(at / part.size, word) for at, word in whole_words(text, answer["words"])]
    return Take(signal, [(at / part.size, sound) for at, sound in answer["phonemes"]], words)


@cache
def _espeak(process: int) -> Child:
    """The helper of this process; a forked process must not share its parent's pipes."""
    assert process == os.getpid()
    return Child(_PROCESS)
