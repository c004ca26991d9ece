"""What a file is: its medium, size, length. Words alone: finding it out is `measuring`'s."""

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from reelwright.engines.media.edits.formats import Medium
from reelwright.ground.errors import ExhaustedError, InvalidInputError

LARGEST_PICTURE = 50_000_000
"""Pixels of one picture or frame; more is a mistake or a bomb."""


class UnreadableError(InvalidInputError):
    """A file that is none we can work on, or a broken one."""

    code = "media_unreadable"


class TooLargeError(ExhaustedError):
    """Work that needs more memory than one piece of work may have."""

    code = "media_too_large"


@dataclass(frozen=True, slots=True)
class Measures:
    """What a file holds. Sizes in pixels as shown (turned upright), times in seconds.

    `format` is the name of the form it would be written in again, where there is one.
    """

    medium: Medium
    format: str = ""
    width: int = 0
    height: int = 0
    rate: str = ""
    seconds: float = 0.0
    channels: int = 0
    sample_rate: int = 0

    @property
    def has_sound(self) -> bool:
        """Whether it can be heard."""
        return self.channels > 0

    @property
    def frame_rate(self) -> Fraction:
        """Frames a second, as a fraction; 25 where the file does not say."""
        return Fraction(self.rate) if self.rate else Fraction(25)

    def written(self) -> dict[str, Any]:
        """As JSON, without what does not apply."""
        told = {name: value for name, value in asdict(self).items() if value}
        return told | {"medium": self.medium.value}
