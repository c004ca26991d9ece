"""The mix: voices in front, the music and the air of the place making room for them.

Everything is computed from where the sounds stand, for any stretch of the film on its own: a block
at a time, so memory does not grow with the film.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reelwright.engines.media.limiter import LOOKAHEAD, limit
from reelwright.engines.media.sound import BLOCK, RATE, Signal, WavReader, gain

LOUDNESS = -16.0
"""Of the whole film, in LUFS (EBU R 128 measures it, streaming wants it so)."""
GAIN_STEP = 0.5
"""The film's gain moves in such steps, so that a small change in one scene leaves the others be."""
CEILING = -1.8
"""Of true peaks, in decibels; AAC may add a little on the way."""
DUCKING = {"score": -10.0, "ambience": -3.5}
"""How far each kind goes down under speech, in decibels."""
DUCK_ATTACK_S = 0.15
DUCK_RELEASE_S = 0.6
_MOST_GAIN = 24.0
_LIMITED = 0.15
"""What the limiter takes from a film of the usual kind, in decibels."""
_DUCK_HOP = 240


@dataclass(frozen=True, slots=True)
class Placed:
    """A sound in its place. Times in samples at 48 kHz; `start` may be before the stretch's 0.

    `kind` is voice, score or ambience. What the file has beyond `length` is not heard.
    """

    kind: str
    path: Path
    start: int
    length: int
    fade_in: int = 0
    fade_out: int = 0

    @property
    def end(self) -> int:
        """The first sample after it."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Mixture:
    """Sounds that are heard together."""

    placed: Sequence[Placed]

    def blocks(self, first: int, last: int, size: int = BLOCK) -> Iterator[Signal]:
        """The sum of the sounds from sample `first` up to `last`, ducked, shaped (2, up to size)."""
        for start in range(first, last, size):
            yield self._block(start, min(size, last - start))

    def mastered(self, first: int, last: int, decibels: float) -> Iterator[Signal]:
        """The same, made louder by `decibels` and limited: what the film plays."""
        factor, ceiling = np.float32(gain(decibels)), gain(CEILING)
        for start in range(first, last, BLOCK):
            count = min(BLOCK, last - start)
            around = self._block(start - LOOKAHEAD, count + 2 * LOOKAHEAD)
            yield limit(around * factor, ceiling)[:, LOOKAHEAD : LOOKAHEAD + count]

    def _block(self, start: int, count: int) -> Signal:
        made = np.zeros((2, count), np.float32)
        for kind in ("ambience", "score", "voice"):
            heard = [
                one for one in self.placed
                if one.kind == kind and one.start < start + count and one.end > start
            ]  # fmt: skip
            if heard:
                layer = np.zeros((2, count), np.float32)
                for one in heard:
                    _lay(layer, one, start)
                if kind in DUCKING:
                    layer *= self._duck(start, count, DUCKING[kind])
                made += layer
        return made

    def _duck(self, start: int, count: int, depth: float) -> Signal:
        """The gain under speech: down before it begins, up again after it has ended."""
        # Knots stand on the film's own grid, so that a stretch computed alone has the same ones.
        begin = start // _DUCK_HOP * _DUCK_HOP
        at = np.arange(begin, start + count + 2 * _DUCK_HOP, _DUCK_HOP)
        near = DUCK_RELEASE_S * RATE
        speech = np.zeros(len(at))
        for one in self.placed:
            if one.kind == "voice" and one.start - near < at[-1] and one.end + near > at[0]:
                down = 1 - (one.start - at) / (DUCK_ATTACK_S * RATE)
                up = 1 - (at - one.end) / (DUCK_RELEASE_S * RATE)
                speech = np.maximum(speech, np.clip(np.minimum(down, up), 0, 1))
        eased = speech * speech * (3 - 2 * speech)
        knots = 10 ** (depth * eased / 20)
        return np.interp(np.arange(start, start + count), at, knots).astype(np.float32)


def film_gain(loudness: float) -> float:
    """The gain in decibels that brings a film of so many LUFS to LOUDNESS, in whole steps."""
    return min(_MOST_GAIN, round((LOUDNESS + _LIMITED - loudness) / GAIN_STEP) * GAIN_STEP)


def _lay(layer: Signal, one: Placed, start: int) -> None:
    first, last = max(start, one.start), min(start + layer.shape[1], one.end)
    with WavReader(one.path) as file:
        sound = file.read(first - one.start, last - first)
    if sound.shape[1] == 0:
        return
    if sound.shape[0] == 1:
        sound = np.repeat(sound * np.float32(np.sqrt(0.5)), 2, axis=0)
    at = np.arange(first - one.start, first - one.start + sound.shape[1])
    if one.fade_in and at[0] < one.fade_in:
        sound = sound * _eased(at / one.fade_in)
    if one.fade_out and at[-1] > one.length - one.fade_out:
        sound = sound * _eased((one.length - at) / one.fade_out)
    layer[:, first - start : first - start + sound.shape[1]] += sound


def _eased(share: Signal) -> Signal:
    """Equal power, so that two places that cross over stay as loud as one."""
    return np.sin(np.clip(share, 0, 1) * np.pi / 2).astype(np.float32)
