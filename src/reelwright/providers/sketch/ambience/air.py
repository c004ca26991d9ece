"""The air of a scene: the layers of its place, and the sounds the script names, as one stereo file."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from reelwright.engines.media.sound import BLOCK, RATE, Signal, WavWriter, gain, rms
from reelwright.ground.digests import digest
from reelwright.providers.contract import Product
from reelwright.providers.drawings import AmbienceRequest, SoundCue
from reelwright.providers.sketch.ambience.foley import FOLEY
from reelwright.providers.sketch.ambience.layers import LAYERS
from reelwright.providers.sketch.ambience.places import air
from reelwright.providers.sketch.ambience.synth import chance, normal, pan
from reelwright.providers.sketch.ambience.words import named

_EDGE_S = 0.03
_VARIANTS = 5


@dataclass(frozen=True, slots=True)
class Happening:
    """A sound at a frame of the scene: a layer's name, or a foley row's, and which variant."""

    start: int
    family: str
    name: str
    variant: int
    where: float
    level: float


def make_ambience(request: AmbienceRequest, folder: Path) -> Product:
    """Write a stereo WAV of exactly `request.seconds` in `folder`; equal requests, equal bytes.

    Facts: seconds, layers (their names), and unknown (the cues that no row answers to).
    """
    total = round(request.seconds * RATE)
    parts = air(request.place, request.crowd)
    heard, unknown = _foley(request.cues, total)
    path = folder / f"ambience-{digest(request)[:16]}.wav"
    with WavWriter(path) as file:
        for block in _blocks(request, parts, heard, total):
            file.write(block)
    facts = {
        "seconds": total / RATE,
        "layers": [name for name, _ in parts],
        "unknown": unknown,
    }
    return Product(path, "audio/wav", facts)


def _blocks(
    request: AmbienceRequest,
    parts: tuple[tuple[str, float], ...],
    foley: list[Happening],
    total: int,
) -> Iterator[Signal]:
    key = request.place.location
    beds = [(name, level) for name, level in parts if LAYERS[name].every_s is None]
    happenings = sorted(
        [*foley, *(one for name, level in parts for one in _now_and_then(name, level, key, total))],
        key=lambda one: one.start,
    )
    going: list[tuple[int, Signal]] = []
    for start in range(0, total, BLOCK):
        count = min(BLOCK, total - start)
        block = np.zeros((2, count), np.float32)
        for name, level in beds:
            _lay_bed(block, start, name, level, key)
        while happenings and happenings[0].start < start + count:
            one = happenings.pop(0)
            going.append((one.start, _sound(one)))
        for at, sound in going:
            _lay_part(block, start, at, sound)
        going = [(at, sound) for at, sound in going if at + sound.shape[1] > start + count]
        _edges(block, start, total)
        yield block


def _lay_bed(block: Signal, start: int, name: str, level: float, key: str) -> None:
    loop = _bed(name)
    size = loop.shape[1]
    place = (start + int(chance("bed", name, key).integers(size))) % size
    # A slow drift of two beats that never meet hides that the bed repeats.
    at = (start + np.array([0, block.shape[1]])) / RATE
    drift = 1.4 * np.sin(at / 5.3) + 1.0 * np.sin(at / 13.1 + 1)
    first, last = (gain(level + float(one)) for one in drift)
    level_now = np.linspace(first, last, block.shape[1], dtype=np.float32)
    done = 0
    while done < block.shape[1]:
        run = min(size - place, block.shape[1] - done)
        block[:, done : done + run] += loop[:, place : place + run] * level_now[done : done + run]
        done, place = done + run, 0


def _lay_part(block: Signal, start: int, at: int, sound: Signal) -> None:
    first, last = max(start, at), min(start + block.shape[1], at + sound.shape[1])
    if first < last:
        block[:, first - start : last - start] += sound[:, first - at : last - at]


def _now_and_then(name: str, level: float, key: str, total: int) -> Iterator[Happening]:
    layer = LAYERS[name]
    if layer.every_s is None:
        return
    luck = chance("now and then", name, key, total)
    at = luck.uniform(0.1, 1.0) * layer.every_s * 0.7
    side = luck.uniform(-layer.spread, layer.spread)
    while at * RATE < total:
        if not layer.steady:
            side = luck.uniform(-layer.spread, layer.spread)
        loud = level if layer.steady else level - luck.uniform(0, 7)
        variant = 0 if layer.steady else int(luck.integers(_VARIANTS))
        yield Happening(int(at * RATE), "layer", name, variant, side, gain(loud))
        at += layer.every_s * (1 if layer.steady else luck.uniform(0.4, 1.6))


def _foley(cues: tuple[SoundCue, ...], total: int) -> tuple[list[Happening], list[str]]:
    heard, unknown = [], []
    for index, cue in enumerate(cues):
        row = named(cue.name)
        if row is None:
            unknown.append(cue.name)
            continue
        start = min(max(0, round(cue.at_s * RATE)), max(0, total - 1))
        heard.append(Happening(start, "foley", row, index % _VARIANTS, 0.15 * (-1) ** index, 1.0))
    return heard, unknown


def _sound(one: Happening) -> Signal:
    return pan(_drawn(one.family, one.name, one.variant), one.where) * np.float32(one.level)


@lru_cache(maxsize=64)
def _drawn(family: str, name: str, variant: int) -> Signal:
    row = FOLEY[name] if family == "foley" else LAYERS[name]
    return normal(row.make(chance(family, name, variant)), row.level)


@lru_cache(maxsize=8)
def _bed(name: str) -> Signal:
    loop = LAYERS[name].make(chance("layer", name))
    return (loop * np.float32(gain(LAYERS[name].level) / max(rms(loop), 1e-9))).astype(np.float32)


def _edges(block: Signal, start: int, total: int) -> None:
    """Fade the first and last moments, so that the file begins and ends at silence."""
    edge = min(int(_EDGE_S * RATE), total // 2)
    if edge == 0:
        return
    at = np.arange(start, start + block.shape[1])
    block *= np.clip(np.minimum((at + 1) / edge, (total - at) / edge), 0, 1).astype(np.float32)
