"""A composition, played: notes into blocks of stereo, a hall around them, silences kept."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from reelwright.engines.media.colour import fast_size, room_response
from reelwright.engines.media.sound import BLOCK, RATE, Signal, WavWriter, gain
from reelwright.ground.digests import digest, draw
from reelwright.providers.contract import Product
from reelwright.providers.drawings import ScoreRequest
from reelwright.providers.sketch.score.composition import Note, compose
from reelwright.providers.sketch.score.instruments import play
from reelwright.providers.sketch.score.moods import MOODS

_LEVEL = -17.0
_WET = gain(-9.0)
_HALL_S = 1.9
_HUSH_S = 0.7
_END_S = 0.8


def make_score(request: ScoreRequest, folder: Path) -> Product:
    """Write a stereo WAV of exactly `request.seconds` in `folder`; equal requests, equal bytes."""
    path = folder / f"score-{digest(request)[:16]}.wav"
    total = round(request.seconds * RATE)
    level = gain(_LEVEL + MOODS.get(request.mood, MOODS["neutral"]).level)
    with WavWriter(path) as file:
        start = 0
        for block in _in_hall(_played(compose(request), total)):
            dynamics = _dynamics(start, block.shape[1], total, request.silences)
            file.write(np.tanh(block * np.float32(level) * dynamics))
            start += block.shape[1]
    return Product(path, "audio/wav", {"seconds": total / RATE})


def _played(notes: list[Note], total: int) -> Iterator[Signal]:
    """The dry sound, block by block. Only what still sounds is kept."""
    going: list[tuple[int, Signal, float]] = []
    waiting = iter(notes)
    following = next(waiting, None)
    for start in range(0, total, BLOCK):
        count = min(BLOCK, total - start)
        block = np.zeros((2, count), np.float32)
        while following is not None and following.start * RATE < start + count:
            loud = max(1, min(16, round(following.strength * 16)))
            length = max(40, round(following.length * 50) * 20)
            sound = play(following.instrument, following.pitch, length, loud)
            going.append((int(following.start * RATE), sound, following.where))
            following = next(waiting, None)
        for at, sound, where in going:
            first, last = max(start, at), min(start + count, at + len(sound))
            if first < last:
                part = sound[first - at : last - at]
                angle = (where + 1) * np.pi / 4
                block[0, first - start : last - start] += part * np.float32(np.cos(angle))
                block[1, first - start : last - start] += part * np.float32(np.sin(angle))
        going = [one for one in going if one[0] + len(one[1]) > start + count]
        yield block


def _in_hall(blocks: Iterator[Signal]) -> Iterator[Signal]:
    """Add the hall: each block convolved on its own, its tail carried into the next."""
    hall = room_response(_HALL_S, seed=draw("score hall"), predelay_s=0.02, bright=3800, channels=2)
    size = fast_size(BLOCK + hall.shape[1])
    response = np.fft.rfft(hall * np.float32(_WET), size)
    tail = np.zeros((2, size), np.float32)
    for block in blocks:
        wet = np.fft.irfft(np.fft.rfft(block, size) * response, size).astype(np.float32) + tail
        count = block.shape[1]
        tail = np.pad(wet[:, count:], ((0, 0), (0, count)))
        yield block + wet[:, :count]


def _dynamics(
    start: int, count: int, total: int, silences: tuple[tuple[float, float], ...]
) -> Signal:
    """Silence where the script wants it, and no sound beyond the end."""
    at = np.arange(start, start + count) / RATE
    level = np.clip((total / RATE - at) / min(_END_S, total / RATE / 3 + 1e-6), 0, 1)
    for begin, end in silences:
        outside = np.maximum(begin - at, at - end)
        level = np.minimum(level, np.clip(outside / _HUSH_S, 0, 1))
    return np.sin(level * np.pi / 2).astype(np.float32) ** 2
