"""When each speech of a shot is heard: one after the other, or both at once."""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

from reelwright.film.breakdown.model import Shot, Speech
from reelwright.film.timeline import Rate

GAP_S = 0.25
BEAT_S = 0.75
WORDS_A_SECOND = 2.5
BEAT = re.compile(r"\b(beat|pause|silence|hesitat\w*)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A voice that was made: how long it lasts, and when each of its words begins, in seconds."""

    seconds: float
    words: tuple[tuple[float, str], ...] = ()


Voices = Mapping[tuple[str, int], Spoken]
"""Made voices by shot id and the speech's place in the shot's dialogue."""


@dataclass(frozen=True, slots=True)
class Line:
    """A speech in its place. `start` counts frames from the first word of the shot, later of the film.

    `joined` says that it is heard together with the line before it.
    """

    shot_id: str
    index: int
    speech: Speech
    start: int
    frames: int
    spoken: Spoken | None = None
    joined: bool = False

    @property
    def end(self) -> int:
        """The first frame after it."""
        return self.start + self.frames


def line_up(shot: Shot, voices: Voices, rate: Rate) -> tuple[Line, ...]:
    """Put the speeches of a shot in order, from frame 0: dual speeches begin together."""
    lines: list[Line] = []
    for index, speech in enumerate(shot.dialogue):
        spoken = voices.get((shot.id, index))
        frames = _whole(spoken.seconds if spoken else estimate(speech.text), rate)
        joined = speech.dual and bool(lines) and not lines[-1].joined
        start = lines[-1].start if joined else max((one.end for one in lines), default=0)
        if lines and not joined:
            pause = BEAT_S if BEAT.search(speech.parenthetical or "") else GAP_S
            start += rate.frames(pause)
        lines.append(Line(shot.id, index, speech, start, frames, spoken, joined))
    return tuple(lines)


def squeeze(lines: tuple[Line, ...], room: int) -> tuple[Line, ...]:
    """Fit lines that no voice speaks into `room` frames, each in proportion to its words."""
    length = max((line.end for line in lines), default=0)
    if length <= room:
        return lines
    return tuple(
        replace(
            line,
            start=line.start * room // length,
            frames=max(1, line.end * room // length - line.start * room // length),
        )
        for line in lines
    )


def shift(lines: tuple[Line, ...], by: int) -> tuple[Line, ...]:
    """Move all lines by so many frames."""
    return tuple(replace(line, start=line.start + by) for line in lines)


def estimate(text: str) -> float:
    """How many seconds somebody needs to say it; scripts without spaces count two signs a word."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return max(0.6, max(len(text.split()), wide / 2) / WORDS_A_SECOND)


def _whole(seconds: float, rate: Rate) -> int:
    return max(1, math.ceil(seconds * rate.num / rate.den - 1e-6))
