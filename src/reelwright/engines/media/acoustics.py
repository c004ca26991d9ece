"""Where a voice is heard: through a telephone, off screen, in a hall; and how loud."""

import numpy as np

from reelwright.engines.media.colour import Curve, convolve, equalise, room_response, saturate
from reelwright.engines.media.limiter import limit
from reelwright.engines.media.loudness import SILENCE, measure
from reelwright.engines.media.sound import RATE, Signal, fade, gain
from reelwright.ground.digests import draw

SPEECH_LUFS = -20.0
"""Of a voice said normally, before the mix."""
_CREST = 12.5
"""How far a voice's peaks may stand above its loudness, in decibels: then the mix need not limit it."""
_CHANNEL_CURVES: dict[str, Curve] = {
    "voice_over": ((60, -6), (130, 2.5), (320, 1), (1500, 0), (5000, 1.5), (9000, 1)),
    "off_screen": ((120, -3), (300, 0), (1200, -2), (2500, -9), (5000, -18), (9000, -28)),
    "phone": ((150, -60), (280, -12), (420, 0), (1700, 3), (3000, 0), (3500, -18), (5000, -60)),
    "radio": ((120, -40), (240, -10), (400, 0), (2000, 4), (4200, 0), (5600, -24), (8000, -60)),
}
_ROOMS = {  # seconds, brightness, level of the reverberation in decibels
    "room": (0.32, 4200.0, -17.0),
    "hall": (1.9, 5200.0, -11.5),
    "open": (0.22, 3000.0, -27.0),
}
_LONGEST_TAIL_S = {"hall": 0.9, "room": 0.14, "open": 0.1}


def placed(voice: Signal, channel: str, room: str, lufs: float = SPEECH_LUFS) -> Signal:
    """A mono voice at 48 kHz through its channel, in its room, at its level; a room adds its tail.

    `channel` and `room` as in `film.voices` and `VoiceRequest`.
    """
    voice = _inside(_through(voice, channel), channel, room)
    voice = limit(levelled(voice, lufs)[None], gain(lufs + _CREST))[0]
    return levelled(voice, lufs)


def _through(voice: Signal, channel: str) -> Signal:
    curve = _CHANNEL_CURVES.get(channel)
    if curve is not None:
        voice = equalise(voice, curve)
    if channel in {"phone", "radio"}:
        voice = saturate(voice, 5.0 if channel == "radio" else 3.0) * 0.5
        voice = equalise(voice, ((150, -50), (300, 0), (4000, 0), (6000, -40)))
    return voice


def _inside(voice: Signal, channel: str, room: str) -> Signal:
    if channel in {"voice_over", "phone", "radio"} or room not in _ROOMS:
        return voice
    seconds, bright, level = _ROOMS[room]
    if channel == "off_screen":
        level += 5
    response = room_response(seconds, seed=draw("room", room), bright=bright)[0]
    wet = convolve(voice, response)[: len(voice) + int(_LONGEST_TAIL_S[room] * RATE)]
    wet *= gain(level)
    wet[: len(voice)] += voice
    return fade(wet, 0.0, _LONGEST_TAIL_S[room])


def levelled(voice: Signal, lufs: float) -> Signal:
    """The voice at so many LUFS; silence stays silence."""
    loudness = measure(voice)
    return voice if loudness <= SILENCE else voice * np.float32(gain(lufs - loudness))
