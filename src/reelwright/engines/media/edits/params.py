"""What each operation wants to know, and what it asks of its inputs before anything is done."""

from collections.abc import Sequence
from enum import IntEnum, StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from reelwright.engines.media.edits.formats import FORMATS, USUAL, Format, Medium, Quality
from reelwright.engines.media.edits.measures import LARGEST_PICTURE, Measures
from reelwright.ground.errors import InvalidInputError

_EDGE = 8192
_LONGEST_S = 24 * 3600.0
_ROUNDING_S = 0.05
Seconds = Annotated[float, Field(ge=0, le=_LONGEST_S, allow_inf_nan=False)]
Decibels = Annotated[float, Field(ge=-60, le=40, allow_inf_nan=False)]
Edge = Annotated[int, Field(ge=2, le=_EDGE)]
_MOST_S = 60.0
"""The longest GIF: all of it is held at once."""
FormatName = Literal["mp4", "mov", "webm", "gif", "wav", "mp3", "flac", "ogg", "m4a", "png",
                     "jpeg", "webp"]  # fmt: skip


class OperationRefusedError(InvalidInputError):
    """An operation that cannot be done with these inputs."""

    code = "operation_refused"


class Params(BaseModel):
    """Parameters of an operation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def check(self, inputs: Sequence[Measures]) -> None:
        """Raise OperationRefusedError for inputs with which it cannot be done."""

    def form(self, inputs: Sequence[Measures]) -> Format | None:
        """The form of the file that is made; None where none is."""
        del inputs
        return None


class Made(Params):
    """Parameters of an operation that makes a file: its form, else that of the first input."""

    format: FormatName | None = None
    quality: Quality = Quality.MEDIUM

    def form(self, inputs: Sequence[Measures]) -> Format:
        """The form of what is made."""
        medium = self._medium(inputs)
        if self.format is not None:
            return FORMATS[self.format]
        same = FORMATS.get(inputs[0].format)
        return same if same and same.medium is medium else FORMATS[USUAL[medium]]

    def _medium(self, inputs: Sequence[Measures]) -> Medium:
        return inputs[0].medium

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse a form that cannot hold what is made."""
        form, medium = self.form(inputs), self._medium(inputs)
        if form.medium is not medium:
            fitting = ", ".join(one.name for one in FORMATS.values() if one.medium is medium)
            raise OperationRefusedError(
                f"{form.name} holds no {medium.value}", way_out=f"choose one of {fitting}"
            )
        if form.name == "gif" and sum(one.seconds for one in inputs) > _MOST_S:
            raise OperationRefusedError(
                "a GIF lasts up to 60 s here", way_out="trim it first, or choose mp4 or webm"
            )


class TrimParams(Made):
    """Keep what lies between `start` and `end` (none: to the end), in seconds."""

    start: Seconds = 0.0
    end: Seconds | None = None

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse what lies outside the clip."""
        super().check(inputs)
        long = inputs[0].seconds
        end = long if self.end is None else self.end
        if end > long + _ROUNDING_S or self.start >= min(end, long):
            raise OperationRefusedError(
                f"there is no part from {self.start:g} s to {end:g} s",
                way_out=f"it lasts {long:.3f} s: choose a start before an end within that",
            )


class JoinParams(Made):
    """Put the inputs one behind the other, in the size, rate and channels of the first."""

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse a film joined with a sound."""
        super().check(inputs)
        if len({one.medium for one in inputs}) > 1:
            raise OperationRefusedError(
                "films cannot be joined with sounds",
                way_out="join films with films and sounds with sounds; mix lays sounds together",
            )


class Fit(StrEnum):
    """How a picture comes into another shape: whole with a border, cut off evenly, or stretched."""

    CONTAIN = "contain"
    COVER = "cover"
    STRETCH = "stretch"


class ResizeParams(Made):
    """Another size in pixels; with only one of both the shape stays. Films have even sides."""

    width: Edge | None = None
    height: Edge | None = None
    fit: Fit = Fit.CONTAIN

    def size(self, one: Measures) -> tuple[int, int]:
        """Width and height of what is made."""
        width = self.width or max(2, round(one.width * (self.height or 1) / one.height))
        height = self.height or max(2, round(one.height * (self.width or 1) / one.width))
        if one.medium is Medium.VIDEO:
            width, height = max(2, width // 2 * 2), max(2, height // 2 * 2)
        return width, height

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse no size, and one too large."""
        super().check(inputs)
        if not (self.width or self.height):
            raise OperationRefusedError("no size was given", way_out="give width, height or both")
        width, height = self.size(inputs[0])
        if width * height > LARGEST_PICTURE or max(width, height) > _EDGE:
            raise OperationRefusedError(
                f"{width}x{height} is too large", way_out="at most 8192 pixels a side, 50 million"
            )


class CropParams(Made):
    """Keep the part whose upper left corner lies at `x`, `y`. Films have even sides."""

    x: Annotated[int, Field(ge=0)] = 0
    y: Annotated[int, Field(ge=0)] = 0
    width: Edge
    height: Edge

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse what sticks out of the picture."""
        super().check(inputs)
        one = inputs[0]
        if self.x + self.width > one.width or self.y + self.height > one.height:
            raise OperationRefusedError(
                f"{self.width}x{self.height} at {self.x}, {self.y} sticks out of the picture",
                way_out=f"it has {one.width}x{one.height} pixels",
            )


class ConvertParams(Made):
    """Another form; out of a film also its sound alone."""

    format: FormatName

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse a form that cannot hold it, and the sound of a film that has none."""
        if FORMATS[self.format].medium is Medium.SOUND and inputs[0].medium is Medium.VIDEO:
            audible(inputs)
        super().check(inputs)

    def _medium(self, inputs: Sequence[Measures]) -> Medium:
        wanted, first = FORMATS[self.format].medium, inputs[0]
        alone = wanted is Medium.SOUND and first.medium is Medium.VIDEO and first.has_sound
        return wanted if alone else first.medium


class FrameParams(Made):
    """The frame that is shown at `at` seconds, as a picture."""

    at: Seconds = 0.0

    def _medium(self, inputs: Sequence[Measures]) -> Medium:
        del inputs
        return Medium.PICTURE

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse a moment behind the end."""
        super().check(inputs)
        if self.at >= inputs[0].seconds:
            raise OperationRefusedError(
                f"nothing is shown at {self.at:g} s", way_out=f"it lasts {inputs[0].seconds:.3f} s"
            )


class Lane(BaseModel):
    """How one sound lies in a mix: it begins at `offset` seconds, and is that much louder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    offset: Seconds = 0.0
    gain_db: Decibels = 0.0


class MixParams(Made):
    """Lay sounds over one another; `tracks` in the order of the inputs, those left out as they are."""

    tracks: Annotated[list[Lane], Field(max_length=16)] = []
    ceiling_dbtp: Annotated[float, Field(ge=-20, le=0)] = -1.0

    def _medium(self, inputs: Sequence[Measures]) -> Medium:
        del inputs
        return Medium.SOUND

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse what cannot be heard, and more tracks than there are inputs."""
        super().check(inputs)
        audible(inputs)
        if len(self.tracks) > len(inputs):
            raise OperationRefusedError(
                f"{len(self.tracks)} tracks for {len(inputs)} inputs",
                way_out="give one track an input, in the same order",
            )


class Curve(StrEnum):
    """How a fade comes: evenly, softly at both ends, evenly to the ear, or at equal power."""

    LINEAR = "linear"
    SMOOTH = "smooth"
    EXPONENTIAL = "exponential"
    EQUAL_POWER = "equal_power"


class Audible(Made):
    """Parameters of an operation on sound, alone or of a film."""

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse what cannot be heard."""
        super().check(inputs)
        audible(inputs)


class FadeParams(Made):
    """Fade in over `into` seconds and out over the last `out`; of a film sound and picture."""

    into: Seconds = 0.0
    out: Seconds = 0.0
    curve: Curve = Curve.SMOOTH

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse no fade, and fades that overlap."""
        super().check(inputs)
        if not 0 < self.into + self.out <= inputs[0].seconds + _ROUNDING_S:
            raise OperationRefusedError(
                f"fades of {self.into:g} s and {self.out:g} s have no place",
                way_out=f"it lasts {inputs[0].seconds:.3f} s: both together are at most that",
            )


class GainParams(Audible):
    """Louder or quieter; what would be cut off at full scale is turned down softly."""

    gain_db: Decibels


class NormaliseParams(Audible):
    """A loudness in LUFS (EBU R 128), its true peak held under a ceiling in dBTP."""

    target_lufs: Annotated[float, Field(ge=-50, le=-5)] = -14.0
    ceiling_dbtp: Annotated[float, Field(ge=-20, le=0)] = -1.0


class WaveformParams(Params):
    """The lowest and highest sample of each of `points` parts, channels together."""

    points: Annotated[int, Field(ge=10, le=5000)] = 800

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse what cannot be heard."""
        audible(inputs)


class HeardParams(Params):
    """Nothing is to be known."""

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse what cannot be heard."""
        audible(inputs)


def audible(inputs: Sequence[Measures]) -> None:
    """Raise OperationRefusedError for an input without sound."""
    for number, one in enumerate(inputs, 1):
        if not one.has_sound:
            raise OperationRefusedError(
                f"input {number} has no sound", way_out="choose a sound, or a film that has one"
            )


class Size(IntEnum):
    """Pixels of the longer side. A few sizes only: each that is asked for is kept."""

    SMALL = 160
    MEDIUM = 320
    LARGE = 640


class CompanionParams(Params):
    """A small picture whose longer side has `size` pixels."""

    size: Size = Size.MEDIUM

    def form(self, inputs: Sequence[Measures]) -> Format:
        """WebP: small, and transparent where it has to be."""
        del inputs
        return FORMATS["webp"]


class DrawnParams(CompanionParams):
    """A drawn waveform, `size` pixels wide."""

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse what cannot be heard."""
        audible(inputs)
