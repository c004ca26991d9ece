"""Frame rates as people write them, and timecode as editors count it."""

import re
from fractions import Fraction

from reelwright.film.timeline import Rate
from reelwright.ground.errors import InvalidInputError

RATES: dict[str, Rate] = {
    "23.976": Rate(24000, 1001),
    "24": Rate(24, 1),
    "25": Rate(25, 1),
    "29.97": Rate(30000, 1001),
    "30": Rate(30, 1),
    "50": Rate(50, 1),
    "59.94": Rate(60000, 1001),
    "60": Rate(60, 1),
}
"""Every rate a film can have, by its usual name."""


def parse_rate(text: str) -> Rate:
    """Read a frame rate: `24`, `23.976`, `23.98`, `29.97`, `24000/1001`.

    Raises:
        InvalidInputError: it is no number, or no rate that players and editors know.
    """
    way_out = "use one of " + ", ".join(RATES)
    found = re.fullmatch(r"\s*(\d{1,6})(?:\.(\d{1,6})|/(\d{1,6}))?\s*", text)
    if not found or int(found[3] or 1) == 0:
        raise InvalidInputError(f"'{text}' is not a frame rate.", way_out=way_out)
    asked = Fraction(int(found[1]), int(found[3])) if found[3] else Fraction(text.strip())
    for rate in RATES.values():
        # 23.98 and 23.976 both mean 24000/1001; nothing else lies so close to a known rate.
        if abs(asked - Fraction(rate.num, rate.den)) < Fraction(1, 200):
            return rate
    raise InvalidInputError(
        f"A film cannot run at {text.strip()} frames a second.", way_out=way_out
    )


def name_rate(rate: Rate) -> str:
    """The usual name of a rate: `24`, `23.976`."""
    for name, known in RATES.items():
        if known == rate:
            return name
    return f"{rate.num}/{rate.den}"


def timebase(rate: Rate) -> int:
    """The whole number of frames that timecode counts in a second: 30 at 29.97."""
    return round(rate.num / rate.den)


def is_drop_frame(rate: Rate) -> bool:
    """Whether timecode skips numbers to keep step with the clock: at 29.97 and 59.94 alone."""
    return rate.den == 1001 and timebase(rate) % 30 == 0


def timecode(frame: int, rate: Rate) -> str:
    """Count a frame as `HH:MM:SS:FF`, or `HH:MM:SS;FF` where frame numbers are dropped."""
    base, drop = timebase(rate), is_drop_frame(rate)
    if drop:
        frame += _skipped_before(frame, base)
    seconds, frames = divmod(frame, base)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{';' if drop else ':'}{frames:02d}"


def _skipped_before(frame: int, base: int) -> int:
    """How many numbers drop-frame counting has left out: 2 (4 at 60) a minute, none each tenth."""
    skip = base // 15
    minute = base * 60 - skip
    tens, rest = divmod(frame, minute * 10 + skip)
    return skip * (9 * tens + max(0, (rest - skip) // minute))


def parse_timecode(text: str, rate: Rate) -> int:
    """The frame that a timecode counts; the separators `:` `;` `.` and `,` are all understood.

    Raises:
        InvalidInputError: it is not a timecode at this rate.
    """
    found = re.fullmatch(r"(\d{1,3})[:;](\d\d)[:;](\d\d)[:;.,](\d\d)", text.strip())
    base = timebase(rate)
    if not found or int(found[2]) > 59 or int(found[3]) > 59 or int(found[4]) >= base:
        raise InvalidInputError(
            f"'{text}' is not a timecode at {name_rate(rate)} frames a second.",
            way_out="timecode reads HH:MM:SS:FF; check that the edit runs at the film's rate",
        )
    hours, minutes, seconds, frames = (int(part) for part in found.groups())
    minutes += hours * 60
    count = (minutes * 60 + seconds) * base + frames
    if is_drop_frame(rate):
        count -= base // 15 * (minutes - minutes // 10)
    return count
