"""Finished films, looked at through libav."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av


@dataclass(frozen=True)
class Look:
    """What a film file holds: its frames' times in stream units, its lengths in seconds."""

    width: int
    height: int
    rate: Fraction
    times: list[int]
    picture_s: float
    sound_s: float


def look_at(path: Path) -> Look:
    """Read a film, every frame decoded."""
    with av.open(str(path)) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        times = [frame.pts for frame in film.decode(video) if frame.pts is not None]
        assert video.average_rate
        return Look(
            video.width, video.height, video.average_rate, times, _seconds(video), _seconds(audio)
        )


def _seconds(stream: av.VideoStream | av.AudioStream) -> float:
    assert stream.duration is not None
    assert stream.time_base is not None
    return float(stream.duration * stream.time_base)
