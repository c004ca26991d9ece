"""The recording booth: what is done to espeak's raw voice until it sits in a film."""

import numpy as np

from reelwright.engines.media.acoustics import SPEECH_LUFS, levelled, placed
from reelwright.engines.media.colour import Curve, compress, equalise, stretch
from reelwright.engines.media.colour import envelope as envelope_of
from reelwright.engines.media.sound import Signal, gain
from reelwright.ground.digests import draw

_WARM: Curve = (
    (40, -40), (75, -8), (110, 0), (210, 2.0), (420, 0), (1500, -0.5), (2600, -3.5),
    (3600, -4.5), (4600, -2), (6500, 1.5), (9000, 2.5), (11000, 0), (12500, -30),
)  # fmt: skip
_DELIVERY_LEVELS = {"whisper": -6.0, "soft": -3.0, "sad": -1.5, "shout": 3.0, "angry": 1.5}
_DELIVERY_CURVES: dict[str, Curve] = {
    "soft": ((1500, 0), (4000, -3), (9000, -4)),
    "sad": ((1500, 0), (4000, -2), (9000, -3)),
    "shout": ((200, -3), (600, 0), (1400, 3), (3000, 2), (8000, 0)),
    "angry": ((200, -1), (1200, 2), (3000, 1.5), (8000, 0)),
}


def record(voice: Signal, delivery: str, channel: str, room: str) -> Signal:
    """Make a raw mono voice at 48 kHz fit for the mix: tone, level, medium and room."""
    voice = equalise(voice, _WARM)
    if delivery == "whisper":
        voice = whispered(voice)
    voice = _air(voice)
    if delivery in _DELIVERY_CURVES:
        voice = equalise(voice, _DELIVERY_CURVES[delivery])
    voice = levelled(voice, SPEECH_LUFS)
    voice = compress(voice, threshold=gain(-19), ratio=2.2)
    return placed(voice, channel, room, SPEECH_LUFS + _DELIVERY_LEVELS.get(delivery, 0.0))


def whispered(voice: Signal) -> Signal:
    """The same mouth without the vocal cords: the voice's spectrum over time, filled with breath."""
    size, hop = 1024, 256
    window = np.hanning(size).astype(np.float32)
    padded = np.pad(voice, (size, size))
    frames = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop] * window
    level = np.abs(np.fft.rfft(frames)) + 1e-9
    # The slow part of the log spectrum is the mouth, the fast part the cords.
    cepstrum = np.fft.irfft(np.log(level))
    cepstrum[:, 34:-33] = 0
    mouth = np.exp(np.fft.rfft(cepstrum).real)
    noise = np.random.Generator(np.random.PCG64(draw("whisper", len(voice))))
    breath = np.fft.rfft(noise.standard_normal(frames.shape, dtype=np.float32) * window)
    breath *= mouth / np.sqrt(size)
    out = np.zeros(len(padded) + size, np.float32)
    for index, frame in enumerate(np.fft.irfft(breath)):
        out[index * hop : index * hop + size] += frame * window
    curve = ((120, -40), (400, -10), (900, 0), (6000, 2), (11000, 0))
    return equalise(out[size : size + len(voice)], curve)


def _air(voice: Signal) -> Signal:
    """Breath above espeak's 11 kHz, following its own hiss, so that s and f do not sound cut off."""
    noise = np.random.Generator(np.random.PCG64(draw("air", len(voice))))
    hiss = equalise(voice, ((3500, -80), (5000, 0), (11000, 0)))
    breath = noise.standard_normal(len(voice), dtype=np.float32)
    breath = equalise(breath, ((7000, -60), (10500, 0), (13000, -4), (17000, -24)))
    return voice + breath * stretch(envelope_of(hiss), len(voice)) * 0.5
