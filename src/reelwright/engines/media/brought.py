"""Pictures, clips and recordings that people bring, brought into the film's form."""

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image, ImageOps

from reelwright.engines.media.acoustics import SPEECH_LUFS, placed
from reelwright.engines.media.frames import BLACK
from reelwright.engines.media.loudness import measure
from reelwright.engines.media.opening import OPENING
from reelwright.engines.media.reels import shown_in
from reelwright.engines.media.sound import RATE, Signal, fade, gain, write_wav
from reelwright.engines.media.stills import PICTURES, as_seen, moves
from reelwright.engines.media.video import planes
from reelwright.film.timeline import Rate
from reelwright.ground.errors import InvalidInputError

SCORE_LUFS = -30.5
"""What the built-in composer keeps to."""
LARGEST_PICTURE = 100_000_000  # pixels; more is a mistake or a bomb
_HALF = Fraction(1, 2)


def bring_picture(
    path: Path, width: int, height: int, rate: Rate, start: int
) -> Iterator[av.VideoFrame]:
    """The same frame without end: the picture fitted into the frame; one that moves is a clip."""
    if _moves(path):
        yield from bring_video(path, width, height, rate, start)
        return
    picture = _opened(path)
    picture.thumbnail((width, height), Image.Resampling.LANCZOS)
    if picture.width < width and picture.height < height:
        scale = min(width / picture.width, height / picture.height)
        size = max(2, int(picture.width * scale)), max(2, int(picture.height * scale))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    yield from itertools.repeat(fitted(av.VideoFrame.from_image(picture), width, height))


def fill_picture(path: Path, width: int, height: int) -> Image.Image:
    """The picture filling the frame: what sticks out is cut off evenly."""
    return ImageOps.fit(_opened(path), (width, height), Image.Resampling.LANCZOS)


def _moves(path: Path) -> bool:
    try:
        with Image.open(path, formats=PICTURES) as opened:
            return moves(opened)
    except (OSError, ValueError, Image.DecompressionBombError):
        return False  # what is wrong with it is said when it is opened


def _opened(path: Path) -> Image.Image:
    """A picture without rotation or transparency, in sRGB; raises InvalidInputError."""
    try:
        with Image.open(path, formats=PICTURES) as opened:
            if opened.width * opened.height > LARGEST_PICTURE:
                raise InvalidInputError(
                    f"{path}: has more than 100 million pixels", way_out="make it smaller"
                )
            picture = as_seen(opened)
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise InvalidInputError(
            f"{path}: is not a readable picture", way_out="bring PNG or JPEG"
        ) from error
    if picture.mode == "RGBA":
        black = Image.new("RGBA", picture.size, "black")
        picture = Image.alpha_composite(black, picture).convert("RGB")
    return picture


def bring_video(
    path: Path, width: int, height: int, rate: Rate, start: int, *, fill: bool = False
) -> Iterator[av.VideoFrame]:
    """The clip's frames at `rate` from film frame `start` on, fitted; with `fill`, without a border.

    Before its beginning (`start` below 0) the first frame is held, after its end the last one.
    """
    beat = Fraction(rate.den, rate.num)
    wanted, shown, origin = start, None, None
    try:
        for one in shown_in(path):
            origin = one.time if origin is None else origin
            # A film frame shows what the clip shows at its middle: there, the rounded times
            # that files hold never fall on the wrong side.
            while shown is not None and (wanted + _HALF) * beat < one.time - origin:
                yield shown
                wanted += 1
            shown = fitted(one.frame, width, height, fill=fill)
    except InvalidInputError as error:
        raise InvalidInputError(f"{path}: {error.message}", way_out=error.way_out) from error
    except (av.FFmpegError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise InvalidInputError(
            f"{path}: is not a readable clip", way_out="bring MP4 or MOV"
        ) from error
    if shown is None:
        raise InvalidInputError(f"{path}: holds no frame", way_out="bring another clip")
    yield from itertools.repeat(shown)


def bring_voice(path: Path, target: Path) -> tuple[float, list[tuple[float, str]]]:
    """Write a recording as mono WAV at 48 kHz; returns its seconds and mouth shapes by loudness."""
    signal = _heard(path, "mono")[0]
    write_wav(target, _level(signal))
    return len(signal) / RATE, _mouths(signal)


def place_voice(
    path: Path, target: Path, channel: str, room: str
) -> tuple[float, float, list[tuple[float, str]]]:
    """Write a voice in its room; returns where its last word ends, its seconds, its mouth shapes."""
    signal = _trimmed(_heard(path, "mono")[0])
    heard = placed(signal, channel, room)
    write_wav(target, heard)
    return len(signal) / RATE, len(heard) / RATE, _mouths(signal)


def bring_score(
    path: Path, target: Path, seconds: float, silences: Sequence[tuple[float, float]] = ()
) -> None:
    """Write music as stereo WAV of exactly so many seconds, at the level scores have.

    What is too short begins again, crossing over; it rests in `silences`, (from, to) in seconds.
    """
    count = round(seconds * RATE)
    music = _repeated(_heard(path, "stereo"), count)
    loudness = measure(music)
    if np.isfinite(loudness) and loudness > SCORE_LUFS - 40:
        music = music * np.float32(min(gain(SCORE_LUFS - loudness), 20.0))
    for start, end in silences:
        _rest(music, round(start * RATE), min(count, round(end * RATE)))
    write_wav(target, fade(np.clip(music, -0.98, 0.98), 0.3, min(2.0, seconds / 4)))


def _heard(path: Path, layout: str) -> Signal:
    """A sound file at 48 kHz, shaped (channels, frames); raises InvalidInputError."""
    blocks = []
    try:
        with av.open(str(path), options=OPENING) as recording:
            resampler = av.AudioResampler("fltp", layout, RATE)
            for frame in itertools.chain(recording.decode(audio=0), [None]):
                blocks += [part.to_ndarray() for part in resampler.resample(frame)]
    except (av.FFmpegError, IndexError) as error:
        raise InvalidInputError(
            f"{path}: is not a readable recording", way_out="bring WAV or MP3"
        ) from error
    if not blocks:
        raise InvalidInputError(f"{path}: holds no sound", way_out="bring another recording")
    return np.concatenate(blocks, axis=1)


def _trimmed(signal: Signal) -> Signal:
    """Without the silence a machine leaves before and after its words, but for a breath."""
    loud = np.flatnonzero(np.abs(signal) > max(float(np.abs(signal).max()) * 0.01, 1e-4))
    if not loud.size:
        return signal
    breath = RATE // 20
    return signal[max(0, loud[0] - breath) : loud[-1] + breath]


def _repeated(music: Signal, count: int) -> Signal:
    """So many frames of it; each time it begins again it crosses over with its own end."""
    cross = min(2 * RATE, music.shape[1] // 4)
    made = music
    while made.shape[1] < count and cross:
        ramp = np.sin(np.linspace(0, np.pi / 2, cross, dtype=np.float32))
        joint = made[:, -cross:] * ramp[::-1] + music[:, :cross] * ramp
        made = np.concatenate((made[:, :-cross], joint, music[:, cross:]), axis=1)
    made = made[:, :count]
    return np.pad(made, ((0, 0), (0, count - made.shape[1])))


def _rest(music: Signal, start: int, end: int) -> None:
    """Silence from one frame up to another, gone into and come out of softly."""
    if end <= start:
        return
    soft = min(RATE, (end - start) // 3)
    level = np.zeros(end - start, np.float32)
    if soft:
        level[:soft] = np.linspace(1, 0, soft)
        level[-soft:] = np.linspace(0, 1, soft)
    music[:, start:end] *= level


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


def fitted(frame: av.VideoFrame, width: int, height: int, *, fill: bool = False) -> av.VideoFrame:
    """The frame scaled to fit, centred on black, as yuv420p BT.709 in limited range.

    With `fill` nothing is black: what sticks out is cut off evenly.
    """
    if fill:
        return _filled(frame, width, height)
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
    out = _blank(width, height)
    x, y = (width - small.width) // 4 * 2, (height - small.height) // 4 * 2
    for step, target, source, black in zip(
        (1, 2, 2), planes(out), planes(small), BLACK, strict=True
    ):
        target[:] = black
        rows, columns = source.shape
        target[y // step : y // step + rows, x // step : x // step + columns] = source
    return out


def _blank(width: int, height: int) -> av.VideoFrame:
    out = av.VideoFrame(width, height, "yuv420p")
    out.colorspace, out.color_range = Colorspace.ITU709, ColorRange.MPEG
    return out


def _filled(frame: av.VideoFrame, width: int, height: int) -> av.VideoFrame:
    scale = max(width / frame.width, height / frame.height)
    outer = (
        max(width, round(frame.width * scale / 2) * 2),
        max(height, round(frame.height * scale / 2) * 2),
    )
    large = frame.reformat(
        *outer, "yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
    )
    out = _blank(width, height)
    x, y = (outer[0] - width) // 4 * 2, (outer[1] - height) // 4 * 2
    for step, target, source in zip((1, 2, 2), planes(out), planes(large), strict=True):
        rows, columns = target.shape
        target[:] = source[y // step : y // step + rows, x // step : x // step + columns]
    return out
