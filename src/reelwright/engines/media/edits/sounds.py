"""Operations on sounds, and on the sound of films."""

from collections.abc import Callable, Iterator
from fractions import Fraction

import av
import numpy as np

from reelwright.engines.media.blocks import in_blocks, limited
from reelwright.engines.media.edits import films
from reelwright.engines.media.edits.fading import level_at
from reelwright.engines.media.edits.formats import Medium
from reelwright.engines.media.edits.params import (
    FadeParams,
    GainParams,
    Lane,
    MixParams,
    NormaliseParams,
    TrimParams,
)
from reelwright.engines.media.edits.reading import between, numbers, sound_of
from reelwright.engines.media.edits.task import Source, Task
from reelwright.engines.media.edits.writing import write_sound
from reelwright.engines.media.loudness import SILENCE, LoudnessMeter, integrated
from reelwright.engines.media.sound import BLOCK, RATE, Signal, gain

_CLOSE_ENOUGH = 0.1
_PASSES = 3
_LOUDEST_DB = 40.0
Blocks = Iterator[Signal]


def trim(task: Task) -> None:
    """Write the samples from start to end, to the sample."""
    params: TrimParams = task.params
    channels, rate = films.sound_form(task)
    end = task.first.measures.seconds if params.end is None else params.end
    first = round(params.start * rate)
    count = round(end * rate) - first
    _write(task, between(sound_of(task.first.path, rate, channels), first, count), count / rate)


def join(task: Task) -> None:
    """Write one sound after the other."""
    channels, rate = films.sound_form(task)

    def blocks() -> Blocks:
        for one in task.sources:
            yield from sound_of(one.path, rate, channels)

    _write(task, blocks(), sum(one.measures.seconds for one in task.sources))


def convert(task: Task) -> None:
    """Write the sound in another form."""
    _write(task, _whole(task), task.first.measures.seconds)


def mix(task: Task) -> None:
    """Write all sounds at once, each from its offset on and at its level."""
    params: MixParams = task.params
    lanes = [*params.tracks, *[Lane()] * len(task.sources)][: len(task.sources)]
    channels = max(one.measures.channels for one in task.sources)
    rate = films.sound_form(task)[1]
    ends = [
        lane.offset + one.measures.seconds for lane, one in zip(lanes, task.sources, strict=True)
    ]
    count = max(1, round(max(ends) * rate))
    tracks = [
        in_blocks(between(_laid(one, lane, rate, channels), 0, count), BLOCK)
        for lane, one in zip(lanes, task.sources, strict=True)
    ]
    mixed = (sum(blocks[1:], blocks[0]) for blocks in zip(*tracks, strict=True))
    _write(task, limited(mixed, gain(params.ceiling_dbtp)), count / rate)


def _laid(one: Source, lane: Lane, rate: int, channels: int) -> Blocks:
    before = round(lane.offset * rate)
    while before > 0:
        silence = np.zeros((channels, min(before, BLOCK)), np.float32)
        yield silence
        before -= silence.shape[1]
    for block in sound_of(one.path, rate, channels):
        yield block * np.float32(gain(lane.gain_db))


def fade(task: Task) -> None:
    """Write the sound coming out of nothing, and going into it."""
    params: FadeParams = task.params
    rate = films.sound_form(task)[1]
    seconds = task.first.measures.seconds
    count = round(seconds * rate)

    def blocks() -> Blocks:
        at = 0
        for block in between(_whole(task), 0, count):
            times = (at + np.arange(block.shape[1])) / rate
            yield block * level_at(params, times, seconds).astype(np.float32)
            at += block.shape[1]

    _write(task, blocks(), seconds)


def amplify(task: Task) -> None:
    """Write the sound louder or quieter."""
    params: GainParams = task.params
    factor = np.float32(gain(params.gain_db))
    louder = (block * factor for block in _whole(task))
    _heard_or_rescored(task, limited(louder, gain(-0.1)) if factor > 1 else louder, 0.0)


def normalise(task: Task) -> dict[str, float]:
    """Write the sound at a loudness; measured first, and again where the ceiling took some of it.

    What is silent stays so. Where the ceiling does not allow the loudness, it comes as near as it can.
    """
    params: NormaliseParams = task.params
    seconds = task.first.measures.seconds
    found = _loudness(task, _whole(task), task.of(seconds, 0.0, 0.2))
    change = 0.0 if found <= SILENCE else min(params.target_lufs - found, _LOUDEST_DB)
    reached, first = found + change, 0.2
    for turn in range(_PASSES if change > 0 else 0):
        last = 0.2 + 0.1 * (turn + 1)
        reached = _loudness(task, _levelled(task, params, change), task.of(seconds, first, last))
        first, missing = last, params.target_lufs - reached
        if missing < _CLOSE_ENOUGH or change >= _LOUDEST_DB:
            break
        change = min(change + missing, _LOUDEST_DB)
    else:
        if change > 0:
            reached = _loudness(task, _levelled(task, params, change), lambda _: None)
    _heard_or_rescored(task, _levelled(task, params, change), first)
    return {"lufs_before": round(found, 2), "lufs": round(reached, 2), "gain_db": round(change, 2)}


def _levelled(task: Task, params: NormaliseParams, change: float) -> Blocks:
    factor = np.float32(gain(change))
    return limited((block * factor for block in _whole(task)), gain(params.ceiling_dbtp))


def _loudness(task: Task, blocks: Blocks, told: Callable[[float], None]) -> float:
    """Integrated loudness of a sound at the rate of the result."""
    channels, rate = films.sound_form(task)
    meter, at = LoudnessMeter(channels), 0
    for block in at_meter_rate(blocks, rate):
        meter.feed(block)
        at += block.shape[1]
        told(at / RATE)
    return integrated(meter.powers())


def at_meter_rate(blocks: Blocks, rate: int) -> Blocks:
    """The sound at 48 kHz, for which the curves of loudness are made."""
    if rate == RATE:
        yield from blocks
        return
    resampler, at = None, 0
    for block in blocks:
        layout = "mono" if block.shape[0] == 1 else "stereo"
        resampler = resampler or av.AudioResampler("fltp", layout, RATE)
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(block, np.float32), format="fltp", layout=layout
        )
        frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
        at += block.shape[1]
        for part in resampler.resample(frame):
            yield numbers(part, block.shape[0])
    for part in resampler.resample(None) if resampler else []:
        yield numbers(part, part.layout.nb_channels)


def _whole(task: Task) -> Blocks:
    channels, rate = films.sound_form(task)
    return sound_of(task.first.path, rate, channels)


def _heard_or_rescored(task: Task, blocks: Blocks, first: float) -> None:
    if task.first.measures.medium is Medium.VIDEO:
        films.rescored(task, blocks, first)
    else:
        _write(task, blocks, task.first.measures.seconds, first)


def _write(task: Task, blocks: Blocks, seconds: float, first: float = 0.0) -> None:
    target, form = task.out
    rate = films.sound_form(task)[1]
    write_sound(blocks, target, form, rate, task.params.quality, task.of(seconds, first))
