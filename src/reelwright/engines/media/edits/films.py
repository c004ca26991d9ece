"""Operations on films; each keeps picture and sound in step."""

from collections.abc import Callable, Iterator

import av
import numpy as np

from reelwright.engines.media.brought import fitted
from reelwright.engines.media.developing import from_pixels
from reelwright.engines.media.edits.fading import level_at
from reelwright.engines.media.edits.filter_params import FilterParams
from reelwright.engines.media.edits.filters import apply
from reelwright.engines.media.edits.formats import Medium
from reelwright.engines.media.edits.measures import Measures
from reelwright.engines.media.edits.params import (
    CropParams,
    FadeParams,
    Fit,
    FrameParams,
    ResizeParams,
    TrimParams,
)
from reelwright.engines.media.edits.reading import between, frames_of, sound_of
from reelwright.engines.media.edits.task import Source, Task
from reelwright.engines.media.edits.writing import (
    as_yuv,
    write_film,
    write_picture,
    write_sound,
)
from reelwright.engines.media.frames import blended
from reelwright.engines.media.sound import Signal

Frames = Iterator[av.VideoFrame]
Shaping = Callable[[av.VideoFrame], av.VideoFrame]


def trim(task: Task) -> None:
    """Write the frames from start to end, and the samples beside them."""
    params: TrimParams = task.params
    end = task.first.measures.seconds if params.end is None else params.end
    path, rate = task.first.path, task.first.measures.frame_rate
    count = max(1, round((end - params.start) * rate))
    frames = frames_of(path, rate, params.start, params.start + float(count / rate))
    write(task, map(as_yuv, frames), _heard(task, params.start, count), float(count / rate))


def join(task: Task) -> None:
    """Write one film after the other; each one's sound is as long as its picture."""
    first = task.first.measures
    rate, (channels, sound_rate) = first.frame_rate, sound_form(task)
    lengths = [max(1, round(one.measures.seconds * rate)) for one in task.sources]

    def frames() -> Frames:
        for one, count in zip(task.sources, lengths, strict=True):
            for frame in frames_of(one.path, rate, 0.0, float(count / rate)):
                yield fitted(frame, first.width // 2 * 2, first.height // 2 * 2)

    def sound() -> Iterator[Signal]:
        at = 0
        for one, count in zip(task.sources, lengths, strict=True):
            # Ends are rounded on the whole, lest the parts' rounding adds up.
            begin, at = round(at / rate * sound_rate), at + count
            heard = _sound_or_silence(one, sound_rate, channels)
            yield from between(heard, 0, round(at / rate * sound_rate) - begin)

    audible = any(one.measures.has_sound for one in task.sources)
    write(task, frames(), sound() if audible else None, float(sum(lengths) / rate))


def resize(task: Task) -> None:
    """Write the film in another size."""
    params: ResizeParams = task.params
    width, height = params.size(task.first.measures)
    if params.fit is Fit.STRETCH or not (params.width and params.height):
        shaped(task, lambda frame: as_yuv(frame, width, height))
    else:
        fill = params.fit is Fit.COVER
        shaped(task, lambda frame: fitted(frame, width, height, fill=fill))


def crop(task: Task) -> None:
    """Write a part of every frame."""
    params: CropParams = task.params

    def cut(frame: av.VideoFrame) -> av.VideoFrame:
        pixels = frame.to_ndarray(format="rgb24")
        part = pixels[params.y : params.y + params.height, params.x : params.x + params.width]
        return as_yuv(from_pixels(part))

    shaped(task, cut)


def convert(task: Task) -> None:
    """Write the film in another form; in a form of sound, what is heard alone."""
    target, form = task.out
    if form.medium is Medium.SOUND:
        channels, rate = sound_form(task)
        heard, told = (
            sound_of(task.first.path, rate, channels),
            task.of(task.first.measures.seconds),
        )
        write_sound(heard, target, form, rate, task.params.quality, told)
    else:
        shaped(task, as_yuv)


def filtered(task: Task) -> None:
    """Write every frame through the filters."""
    params: FilterParams = task.params

    def look(frame: av.VideoFrame) -> av.VideoFrame:
        return as_yuv(av.VideoFrame.from_image(apply(frame.to_image(), params.filters)))

    shaped(task, look)


def fade(task: Task) -> None:
    """Write the film with picture and sound coming out of nothing, and going into it."""
    params: FadeParams = task.params
    one = task.first.measures
    beat, count = 1 / one.frame_rate, whole(one)

    def frames() -> Frames:
        for number, frame in enumerate(_all(task)):
            level = level_at(params, float((number + 0.5) * beat), float(count * beat))
            shown = as_yuv(frame)
            yield shown if level >= 1 else blended(None, shown, float(level))

    sound = _heard(task, 0.0, count)
    write(task, frames(), _faded(sound, params, task, float(count * beat)), float(count * beat))


def _faded(
    sound: Iterator[Signal] | None, params: FadeParams, task: Task, seconds: float
) -> Iterator[Signal] | None:
    if sound is None:
        return None
    rate = sound_form(task)[1]

    def blocks() -> Iterator[Signal]:
        at = 0
        for block in sound:
            times = (at + np.arange(block.shape[1])) / rate
            yield block * level_at(params, times, seconds).astype(np.float32)
            at += block.shape[1]

    return blocks()


def extract_frame(task: Task) -> None:
    """Write the frame that is shown at a moment as a picture."""
    params: FrameParams = task.params
    beat = 1 / task.first.measures.frame_rate
    # A frame is shown from its own time on: half a beat earlier its middle is asked for.
    start = max(0.0, params.at - float(beat) / 2 + 1e-4)
    frames = frames_of(task.first.path, 1 / beat, start, start + float(beat))
    target, form = task.out
    write_picture(next(frames).to_image(), target, form, params.quality)


def shaped(task: Task, shaping: Shaping) -> None:
    """Write the whole film with every frame changed, its sound as it is."""
    count = whole(task.first.measures)
    seconds = float(count / task.first.measures.frame_rate)
    write(task, map(shaping, _all(task)), _heard(task, 0.0, count), seconds)


def rescored(task: Task, sound: Iterator[Signal], first: float) -> None:
    """Write the whole film beside another sound, at `sound_form`; `first` of the work is done."""
    one = task.first.measures
    count, rate = whole(one), sound_form(task)[1]
    heard = between(sound, 0, round(count / one.frame_rate * rate))
    write(task, map(as_yuv, _all(task)), heard, float(count / one.frame_rate), first)


def whole(one: Measures) -> int:
    """How many frames a film has at its own rate."""
    return max(1, round(one.seconds * one.frame_rate))


def sound_form(task: Task) -> tuple[int, int]:
    """Channels and sample rate of the result: those of the first input that has sound."""
    form = task.out[1]
    found = next((one.measures for one in task.sources if one.measures.has_sound), None)
    return (found.channels, form.rate(found.sample_rate)) if found else (2, form.rate(48_000))


def write(
    task: Task, frames: Frames, sound: Iterator[Signal] | None, seconds: float, first: float = 0.0
) -> None:
    """Write a film of so many seconds to the task's target."""
    target, form = task.out
    channels, sound_rate = sound_form(task)
    write_film(
        frames,
        sound,
        target,
        form,
        rate=task.first.measures.frame_rate,
        sound_rate=sound_rate,
        channels=channels,
        quality=task.params.quality,
        told=task.of(seconds, first),
    )


def _all(task: Task) -> Frames:
    one = task.first.measures
    end = float(whole(one) / one.frame_rate)
    return frames_of(task.first.path, one.frame_rate, 0.0, end)


def _heard(task: Task, start: float, count: int) -> Iterator[Signal] | None:
    """The sound beside `count` frames from `start` seconds on."""
    one = task.first.measures
    if not one.has_sound:
        return None
    channels, rate = sound_form(task)
    length = round(count / one.frame_rate * rate)
    return between(sound_of(task.first.path, rate, channels), round(start * rate), length)


def _sound_or_silence(one: Source, rate: int, channels: int) -> Iterator[Signal]:
    if one.measures.has_sound:
        return sound_of(one.path, rate, channels)
    return iter([np.zeros((channels, 1), np.float32)])
