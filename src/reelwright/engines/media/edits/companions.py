"""Small pictures of files: thumbnails, posters, strips of frames, drawn waveforms."""

import numpy as np
from PIL import Image

from reelwright.engines.media.edits.formats import Medium, Quality
from reelwright.engines.media.edits.levels import peaks_of
from reelwright.engines.media.edits.reading import frames_of, read_picture
from reelwright.engines.media.edits.task import Task
from reelwright.engines.media.edits.writing import write_picture

_PLACES = (0.1, 0.3, 0.5, 0.02)
_TELLING = 12.0
"""Frames whose brightness varies by less say nothing: black, white, a fade."""
_STRIP_FRAMES, _STRIP_HEIGHT, _WIDEST = 12, 90, 320
_WAVE = (66, 133, 244)
_WAVE_SHAPE = (4, 1)


def thumbnail(task: Task) -> None:
    """A picture made small, or the first frame of a film that shows something."""
    medium = task.first.measures.medium
    picture = read_picture(task.first.path) if medium is Medium.PICTURE else _poster(task)
    picture.thumbnail((task.params.size, task.params.size), Image.Resampling.LANCZOS)
    _write(task, picture)


def strip(task: Task) -> None:
    """Frames from all over a film, side by side."""
    one = task.first.measures
    width = max(2, min(_WIDEST, round(_STRIP_HEIGHT * one.width / one.height)))
    sheet = Image.new("RGB", (width * _STRIP_FRAMES, _STRIP_HEIGHT))
    for number in range(_STRIP_FRAMES):
        picture = _frame(task, one.seconds * (number + 0.5) / _STRIP_FRAMES)
        small = picture.resize((width, _STRIP_HEIGHT), Image.Resampling.LANCZOS)
        sheet.paste(small, (number * width, 0))
        task.tell((number + 1) / _STRIP_FRAMES)
    _write(task, sheet)


def wave(task: Task) -> None:
    """The waveform of a sound, on nothing."""
    across, fold = int(task.params.size), 2
    width = across * fold
    high = width * _WAVE_SHAPE[1] // _WAVE_SHAPE[0]
    peaks = peaks_of(task, width)
    loudest = max(float(np.abs(peaks).max()), 1e-3)
    # What is quiet is drawn larger, up to four times, so that there is something to see.
    tops = peaks * min(0.95 / loudest, 4.0)
    rows = np.arange(high)[:, None]
    middle = (high - 1) / 2
    at = np.minimum(np.arange(width) * len(tops) // width, len(tops) - 1)
    above, below = middle - tops[at, 1] * middle, middle - tops[at, 0] * middle
    inside = (rows >= np.minimum(above, middle - 1)) & (rows <= np.maximum(below, middle + 1))
    pixels = np.zeros((high, width, 4), np.uint8)
    pixels[:, :, :3] = _WAVE
    pixels[:, :, 3] = inside * 255
    drawn = Image.fromarray(pixels).resize((across, high // fold), Image.Resampling.BOX)
    _write(task, drawn)


def _poster(task: Task) -> Image.Image:
    pictures = []
    for place in _PLACES:
        picture = _frame(task, task.first.measures.seconds * place)
        shades = float(np.asarray(picture.convert("L")).std())
        if shades >= _TELLING:
            return picture
        pictures.append((shades, len(pictures), picture))
    return max(pictures)[2]


def _frame(task: Task, at: float) -> Image.Image:
    beat = 1 / task.first.measures.frame_rate
    frames = frames_of(task.first.path, 1 / beat, at, at + float(beat))
    return next(frames).to_image()


def _write(task: Task, picture: Image.Image) -> None:
    target, form = task.out
    write_picture(picture, target, form, Quality.MEDIUM)
