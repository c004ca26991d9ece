"""Pictures, clips and recordings that people bring, brought into the film's form."""

import itertools
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image, ImageOps

from reelwright.engines.media.acoustics import SPEECH_LUFS
from reelwright.engines.media.frames import BLACK
from reelwright.engines.media.loudness import measure
from reelwright.engines.media.sound import RATE, gain, write_wav
from reelwright.engines.media.video import planes
from reelwright.film.timeline import Rate
from reelwright.ground.errors import InvalidInputError

LARGEST_PICTURE = 100_000_000  # pixels; more is a mistake or a bomb
_HALF = Fraction(1, 2)


def bring_picture(
    path: Path, width: int, height: int, rate: Rate, start: int
) -> Iterator[av.VideoFrame]:
    """The same frame without end: the picture fitted into the frame. `rate` and `start` do not matter."""
    del rate, start
    try:
        with Image.open(path) as opened:
            if opened.width * opened.height > LARGEST_PICTURE:
                raise InvalidInputError(
                    f"{path}: has more than 100 million pixels", way_out="make it smaller"
                )
            picture = ImageOps.exif_transpose(opened)
            if picture.has_transparency_data:
                picture = picture.convert("RGBA")
                black = Image.new("RGBA", picture.size, "black")
                picture = Image.alpha_composite(black, picture)
            picture = picture.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise InvalidInputError(
            f"{path}: is not a readable picture", way_out="bring PNG or JPEG"
        ) from error
    picture.thumbnail((width, height), Image.Resampling.LANCZOS)
    if picture.width < width and picture.height < height:
        scale = min(width / picture.width, height / picture.height)
        size = max(2, int(picture.width * scale)), max(2, int(picture.height * scale))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    yield from itertools.repeat(_fitted(av.VideoFrame.from_image(picture), width, height))


def bring_video(
    path: Path, width: int, height: int, rate: Rate, start: int
) -> Iterator[av.VideoFrame]:
    """The clip's frames at `rate` from film frame `start` on, fitted.

    Before its beginning (`start` below 0) the first frame is held, after its end the last one.
    """
    beat = Fraction(rate.den, rate.num)
    try:
        with av.open(str(path)) as clip:
            if not clip.streams.video:
                raise InvalidInputError(f"{path}: has no picture", way_out="bring a video file")
            wanted, shown, origin = start, None, None
            for frame in clip.decode(video=0):
                if frame.pts is None or frame.time_base is None:
                    continue
                time = frame.pts * frame.time_base
                origin = time if origin is None else origin
                # A film frame shows what the clip shows at its middle: there, the rounded times
                # that files hold never fall on the wrong side.
                while shown is not None and (wanted + _HALF) * beat < time - origin:
                    yield shown
                    wanted += 1
                shown = _fitted(frame, width, height)
    except av.FFmpegError as error:
        raise InvalidInputError(
            f"{path}: is not a readable clip", way_out="bring MP4 or MOV"
        ) from error
    if shown is None:
        raise InvalidInputError(f"{path}: holds no frame", way_out="bring another clip")
    yield from itertools.repeat(shown)


def bring_voice(path: Path, target: Path) -> tuple[float, list[tuple[float, str]]]:
    """Write a recording as mono WAV at 48 kHz; returns its seconds and mouth shapes by loudness."""
    blocks = []
    try:
        with av.open(str(path)) as recording:
            resampler = av.AudioResampler("fltp", "mono", RATE)
            for frame in itertools.chain(recording.decode(audio=0), [None]):
                blocks += [part.to_ndarray()[0] for part in resampler.resample(frame)]
    except (av.FFmpegError, IndexError) as error:
        raise InvalidInputError(
            f"{path}: is not a readable recording", way_out="bring WAV or MP3"
        ) from error
    if not blocks:
        raise InvalidInputError(f"{path}: holds no sound", way_out="bring another recording")
    signal = np.concatenate(blocks)
    write_wav(target, _level(signal))
    return len(signal) / RATE, _mouths(signal)


def _level(signal: np.ndarray) -> np.ndarray:
    """The recording at the level of made voices; what is nearly silent stays so."""
    loudness = measure(signal)
    if not np.isfinite(loudness) or loudness < SPEECH_LUFS - 40:
        return signal
    factor = min(gain(SPEECH_LUFS - loudness), 0.98 / max(float(np.abs(signal).max()), 1e-9))
    return (signal * np.float32(factor)).astype(np.float32)


def _mouths(signal: np.ndarray) -> list[tuple[float, str]]:
    hop = RATE // 12
    levels = [
        float(np.sqrt(np.mean(signal[at : at + hop] ** 2))) for at in range(0, len(signal), hop)
    ]
    loudest = max([*levels, 1e-6])
    shapes = ("rest", "small", "wide", "open")
    steps = [min(3, int(level / loudest * 5)) for level in levels]
    return [(round(n / 12, 3), shapes[step]) for n, step in enumerate(steps)] + [
        (len(levels) / 12, "rest")
    ]


def _fitted(frame: av.VideoFrame, width: int, height: int) -> av.VideoFrame:
    """The frame scaled to fit, centred on black, as yuv420p BT.709 in limited range."""
    scale = min(width / frame.width, height / frame.height)
    inner = (
        min(width, round(frame.width * scale / 2) * 2),
        min(height, round(frame.height * scale / 2) * 2),
    )
    small = frame.reformat(
        max(2, inner[0]),
        max(2, inner[1]),
        "yuv420p",
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
    )
    out = av.VideoFrame(width, height, "yuv420p")
    x, y = (width - small.width) // 4 * 2, (height - small.height) // 4 * 2
    for step, target, source, black in zip(
        (1, 2, 2), planes(out), planes(small), BLACK, strict=True
    ):
        target[:] = black
        rows, columns = source.shape
        target[y // step : y // step + rows, x // step : x // step + columns] = source
    return out
