"""Writing pictures, films and sounds in any of the forms."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import chain
from math import ceil
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.video.frame import PictureType
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from reelwright.engines.media.developing import name_colours
from reelwright.engines.media.edits.formats import Format, Quality
from reelwright.engines.media.sound import Signal
from reelwright.engines.media.video import BT709

_CRF = {
    "libx264": {Quality.LOW: "28", Quality.MEDIUM: "21", Quality.HIGH: "17"},
    "libvpx-vp9": {Quality.LOW: "42", Quality.MEDIUM: "33", Quality.HIGH: "24"},
}
_BITS = {Quality.LOW: 96_000, Quality.MEDIUM: 192_000, Quality.HIGH: 256_000}
_PICTURES = {Quality.LOW: 60, Quality.MEDIUM: 85, Quality.HIGH: 95}
_GIF_RATE, _GIF_WIDTH = 12, 480
_BOXED = {"mp4", "mov", "ipod"}
Told = Callable[[float], None]
"""Hears how many seconds of the result are done."""


def write_picture(picture: Image.Image, target: Path, form: Format, quality: Quality) -> None:
    """Write a picture; where the form knows no transparency, it lies on white."""
    if form.name == "jpeg" and picture.mode == "RGBA":
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture).convert("RGB")
    options: dict[str, Any] = {} if form.name == "png" else {"quality": _PICTURES[quality]}
    picture.save(target, form.container, **options)


def write_sound(
    blocks: Iterable[Signal],
    target: Path,
    form: Format,
    rate: int,
    quality: Quality = Quality.MEDIUM,
    told: Told = lambda _: None,
) -> int:
    """Write a sound, at a rate the form takes; returns how many frames it has."""
    with av.open(str(target), "w", format=form.container, options=_options(form, rate)) as file:
        track: _Track | None = None
        for block in blocks:
            track = track or _Track(file, form, rate, block.shape[0], quality)
            track.write(block)
            told(track.at / rate)
        track = track or _Track(file, form, rate, 2, quality)
        track.close()
    return track.at


def write_film(
    frames: Iterator[av.VideoFrame],
    sound: Iterator[Signal] | None,
    target: Path,
    form: Format,
    *,
    rate: Fraction,
    sound_rate: int = 48_000,
    channels: int = 2,
    quality: Quality = Quality.MEDIUM,
    told: Told = lambda _: None,
) -> int:
    """Write a film; returns its frames. The sound is heard beside the frames it came with.

    Both are taken in step, so that neither is held in memory. It lasts as long as its frames.
    """
    if form.name == "gif":
        return _write_gif(frames, target, rate, told)
    first, count = next(frames), 0
    options = _options(form, sound_rate)
    with av.open(str(target), "w", format=form.container, options=options) as file:
        stream = _picture(file, form, first, rate, quality)
        track = _Track(file, form, sound_rate, channels, quality) if sound else None
        for frame in chain([first], frames):
            frame.pts, frame.time_base = count, 1 / rate
            frame.pict_type = PictureType.NONE  # as the encoder likes, not as it was in its file
            file.mux(stream.encode(frame))
            count += 1
            if track and sound:
                track.follow(sound, round(count / rate * sound_rate))
            told(float(count / rate))
        file.mux(stream.encode(None))
        if track:
            track.close()
    return count


def as_yuv(frame: av.VideoFrame, width: int = 0, height: int = 0) -> av.VideoFrame:
    """The frame as yuv420p, BT.709 in limited range, its sides even."""
    return frame.reformat(
        (width or frame.width) // 2 * 2,
        (height or frame.height) // 2 * 2,
        "yuv420p",
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
    )


def _options(form: Format, rate: int) -> dict[str, str]:
    # Lengths are written in units of the sound's samples, so that none is rounded.
    boxed = {"movflags": "+faststart", "movie_timescale": str(rate)}
    return boxed if form.container in _BOXED else {}


def _picture(
    file: av.container.OutputContainer,
    form: Format,
    first: av.VideoFrame,
    rate: Fraction,
    quality: Quality,
) -> av.VideoStream:
    options = {"crf": _CRF[form.picture][quality]}
    if form.picture == "libx264":
        options |= {"preset": "veryfast", "x264-params": "cpu-independent=1"}
    else:
        options |= {"b": "0", "deadline": "realtime", "cpu-used": "6", "row-mt": "1"}
    made = file.add_stream(form.picture, rate=rate, options=options)
    stream = cast("av.VideoStream", made)
    stream.width, stream.height, stream.pix_fmt = first.width, first.height, "yuv420p"
    context = stream.codec_context
    context.time_base = 1 / rate
    context.colorspace = context.color_primaries = context.color_trc = BT709
    context.color_range = 1
    return stream


class _Track:
    """The sound of a file that is being written."""

    def __init__(
        self,
        file: av.container.OutputContainer,
        form: Format,
        rate: int,
        channels: int,
        quality: Quality,
    ) -> None:
        self._file, self._rate, self._channels = file, rate, channels
        self._layout = "mono" if channels == 1 else "stereo"
        made = file.add_stream(form.sound, rate=rate, layout=self._layout)
        self._stream = cast("av.AudioStream", made)
        if form.rates:  # the others are lossless
            self._stream.bit_rate = _BITS[quality] * channels // 2
        self.at = 0

    def write(self, block: Signal) -> None:
        """Append frames, shaped (channels, frames)."""
        if not block.shape[1]:
            return
        plain = np.ascontiguousarray(block, np.float32)
        frame = av.AudioFrame.from_ndarray(plain, format="fltp", layout=self._layout)
        frame.sample_rate, frame.pts = self._rate, self.at
        frame.time_base = Fraction(1, self._rate)
        self.at += block.shape[1]
        self._file.mux(self._stream.encode(frame))

    def follow(self, sound: Iterator[Signal], until: int) -> None:
        """Write what is heard up to a frame; silence when the sound is over."""
        while self.at < until:
            self.write(next(sound, np.zeros((self._channels, until - self.at), np.float32)))

    def close(self) -> None:
        """Encode what is left."""
        self._file.mux(self._stream.encode(None))


def _write_gif(frames: Iterator[av.VideoFrame], target: Path, rate: Fraction, told: Told) -> int:
    """A GIF: small and at most 12 frames a second, for its pictures are held all at once."""
    pictures = _for_gif(frames, ceil(rate / _GIF_RATE), rate, told)
    first = next(pictures)
    first.save(target, "GIF", save_all=True, append_images=pictures, loop=0, disposal=1)
    with Image.open(target) as made:
        return int(getattr(made, "n_frames", 1))


def _for_gif(
    frames: Iterator[av.VideoFrame], step: int, rate: Fraction, told: Told
) -> Iterator[Image.Image]:
    """Every so many-th frame as a picture that says how long it is shown.

    A GIF counts hundredths of a second: ends are rounded on the whole, lest its time runs away.
    """
    picture, begin, count = None, 0, 0
    for frame in frames:
        if count % step == 0:
            if picture is not None:
                yield _lasting(picture, begin, count, rate)
            name_colours(frame, Colorspace.ITU709)  # as all frames are that are written
            picture, begin = frame.to_image(), count
            picture.thumbnail((_GIF_WIDTH, 10_000))
            picture = picture.quantize(256, method=Image.Quantize.FASTOCTREE)
        count += 1
        told(float(count / rate))
    if picture is not None:
        yield _lasting(picture, begin, count, rate)


def _lasting(picture: Image.Image, begin: int, end: int, rate: Fraction) -> Image.Image:
    picture.info["duration"] = 10 * (round(100 * end / rate) - round(100 * begin / rate))
    return picture
