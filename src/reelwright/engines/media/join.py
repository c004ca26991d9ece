"""Joins finished pieces of picture and a finished sound track into one film, encoding nothing again.

Packets are copied. A part begins at a closed group of pictures and ends just before another (the
writer of segments sees to that), so every frame of the part, and no other, is in its packets.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

from reelwright.engines.media.sound import RATE
from reelwright.film.timeline import Rate
from reelwright.ground.errors import ReelwrightError

_UNSEEN = {"skip_frame": "all"}
"""Opens a segment without decoding its first picture, which takes longer than to copy it whole."""

_Timed = tuple[int, int, int, av.Packet]


@dataclass(frozen=True, slots=True)
class Part:
    """Frames `first` to `first + frames - 1` of a segment file."""

    path: Path
    first: int
    frames: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter: from film frame `start`, for `frames`."""

    title: str
    start: int
    frames: int


class JoinError(ReelwrightError):
    """A part does not hold the frames it should: it does not begin or end at a group of pictures."""

    code = "join"


def join(
    parts: Sequence[Part],
    audio: Path | None,
    target: Path,
    rate: Rate,
    *,
    chapters: Iterable[Mark] = (),
    metadata: Mapping[str, str] | None = None,
    on_part: Callable[[int], None] = lambda _: None,
) -> None:
    """Write the film to `target` (MP4, index in front). Memory does not grow with its length."""
    # Lengths are written in units of the sound's samples, so that none is rounded.
    options = {"movflags": "+faststart", "movie_timescale": "48000"}
    with av.open(str(target), "w", format="mp4", options=options) as film:
        film.metadata.update(metadata or {})
        film.set_chapters(
            [
                {
                    "id": number,
                    "start": mark.start,
                    "end": mark.start + mark.frames,
                    "time_base": Fraction(rate.den, rate.num),
                    "metadata": {"title": mark.title},
                }
                for number, mark in enumerate(chapters)
            ]
        )
        with av.open(str(parts[0].path)) as template:
            picture = film.add_stream_from_template(template.streams.video[0])
            picture.time_base = template.streams.video[0].time_base
            assert picture.time_base is not None
        # Both tracks count in a unit that divides their own: comparing fractions takes longer than copying.
        unit = Fraction(1, picture.time_base.denominator * RATE)
        tracks: list[Iterator[_Timed]] = [_picture(parts, picture, rate, unit, on_part)]
        if audio is not None:
            with av.open(str(audio)) as template:
                sound = film.add_stream_from_template(template.streams.audio[0])
            tracks.append(_sound(audio, sound, unit))
        for _, _, _, packet in heapq.merge(*tracks, key=lambda timed: timed[:3]):
            film.mux(packet)


def _picture(
    parts: Sequence[Part],
    stream: av.VideoStream,
    rate: Rate,
    unit: Fraction,
    on_part: Callable[[int], None],
) -> Iterator[_Timed]:
    start, count = 0, 0
    for number, part in enumerate(parts):
        found = 0
        with av.open(str(part.path), stream_options=[_UNSEEN]) as segment:  # pyrefly: ignore[no-matching-overload]
            source = segment.streams.video[0]
            assert source.time_base is not None
            tick = 1 / (Fraction(rate.num, rate.den) * source.time_base)  # stream units a frame
            shift = round((start - part.first) * tick)
            first, behind = round(part.first * tick), round((part.first + part.frames) * tick)
            moment = _units(source.time_base, unit)
            for packet in segment.demux(source):
                if packet.pts is None or packet.dts is None:
                    continue
                if not first <= packet.pts < behind:
                    continue
                if found == 0 and not packet.is_keyframe:
                    raise JoinError(
                        f"{part.path.name}: frame {part.first} begins no group of pictures"
                    )
                packet.pts += shift
                packet.dts += shift
                packet.stream = stream
                found, count = found + 1, count + 1
                yield packet.dts * moment, 0, count, packet
        if found != part.frames:
            raise JoinError(f"{part.path.name}: {part.frames} frames wanted, {found} found")
        start += part.frames
        on_part(number)


def _sound(path: Path, stream: av.AudioStream, unit: Fraction) -> Iterator[_Timed]:
    with av.open(str(path)) as file:
        source = file.streams.audio[0]
        assert source.time_base is not None
        moment = _units(source.time_base, unit)
        for count, packet in enumerate(file.demux(source)):
            if packet.dts is None:
                continue
            packet.stream = stream
            yield packet.dts * moment, 1, count, packet


def _units(time_base: Fraction, unit: Fraction) -> int:
    return round(time_base / unit)
