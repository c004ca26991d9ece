"""All operations there are: what each takes, what it wants to know, and who does it. Data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from reelwright.engines.media.edits import params as of
from reelwright.engines.media.edits.filter_params import FilterParams
from reelwright.engines.media.edits.formats import Medium
from reelwright.engines.media.edits.measures import Measures
from reelwright.ground.errors import InvalidInputError

_HEARD = (Medium.SOUND, Medium.VIDEO)
_SEEN = (Medium.PICTURE, Medium.VIDEO)


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that can be done with files.

    `does` says who does it with a first input of each medium, as `module:function` beside this
    file. What is no `analysis` makes a file.
    """

    name: str
    purpose: str
    params: type[of.Params]
    does: Mapping[Medium, str]
    least: int = 1
    most: int = 1
    analysis: bool = False

    def read(self, given: Mapping[str, Any]) -> of.Params:
        """The parameters as given; raises InvalidInputError saying which are wrong."""
        try:
            return self.params.model_validate(given)
        except ValidationError as error:
            wrong = "; ".join(
                f"{'.'.join(str(part) for part in one['loc']) or 'params'}: {one['msg']}"
                for one in error.errors(include_input=False, include_url=False)
            )
            known = ", ".join(self.params.model_fields) or "none"
            raise InvalidInputError(
                f"these are no parameters of {self.name}: {wrong}"[:1000],
                way_out=f"its parameters are: {known}",
            ) from None

    def count(self, inputs: Sequence[object]) -> None:
        """Raise OperationRefusedError for too few inputs or too many."""
        if not self.least <= len(inputs) <= self.most:
            wanted = f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"
            raise of.OperationRefusedError(
                f"{self.name} takes {wanted} input{'' if wanted == '1' else 's'}, not {len(inputs)}"
            )

    def check(self, params: of.Params, inputs: Sequence[Measures]) -> None:
        """Raise OperationRefusedError for inputs with which it cannot be done."""
        self.count(inputs)
        for number, one in enumerate(inputs, 1):
            if one.medium not in self.does:
                raise of.OperationRefusedError(
                    f"{self.name} cannot be done with a {one.medium.value} (input {number})",
                    way_out=f"it takes {' or '.join(self.does)}",
                )
        params.check(inputs)


def _each(media: Sequence[Medium], function: str) -> dict[Medium, str]:
    homes = {Medium.PICTURE: "pictures", Medium.VIDEO: "films", Medium.SOUND: "sounds"}
    return {one: f"{homes[one]}:{function}" for one in media}


def _all(media: Sequence[Medium], place: str) -> dict[Medium, str]:
    return dict.fromkeys(media, place)


OPERATIONS: dict[str, Operation] = {
    one.name: one
    for one in (
        Operation("trim", "Keep a part.", of.TrimParams, _each(_HEARD, "trim")),
        Operation("join", "One behind the other.", of.JoinParams, _each(_HEARD, "join"), 2, 50),
        Operation("resize", "Another size.", of.ResizeParams, _each(_SEEN, "resize")),
        Operation("crop", "A part of the picture.", of.CropParams, _each(_SEEN, "crop")),
        Operation("convert", "Another form.", of.ConvertParams, _each(tuple(Medium), "convert")),
        Operation("export", "A form to hand on.", of.ConvertParams, _each(tuple(Medium), "convert")),
        Operation("extract_frame", "A frame as a picture.", of.FrameParams,
                  {Medium.VIDEO: "films:extract_frame"}),
        Operation("filter", "Other colours, sharpness, way up.", FilterParams,
                  _each(_SEEN, "filtered")),
        Operation("mix", "Sounds over one another.", of.MixParams, _all(_HEARD, "sounds:mix"),
                  1, 16),
        Operation("fade", "Out of nothing, into nothing.", of.FadeParams, _each(_HEARD, "fade")),
        Operation("gain", "Louder or quieter.", of.GainParams, _all(_HEARD, "sounds:amplify")),
        Operation("normalise", "To a loudness.", of.NormaliseParams,
                  _all(_HEARD, "sounds:normalise")),
        Operation("waveform", "Peaks to draw.", of.WaveformParams, _all(_HEARD, "levels:waveform"),
                  analysis=True),
        Operation("loudness", "Loudness and true peak.", of.HeardParams,
                  _all(_HEARD, "levels:loudness"), analysis=True),
        Operation("tempo", "Beats a minute.", of.HeardParams, _all(_HEARD, "tempo:tempo"),
                  analysis=True),
        Operation("key", "The key of music.", of.HeardParams, _all(_HEARD, "keys:key"),
                  analysis=True),
    )
}  # fmt: skip


COMPANIONS: dict[str, Operation] = {
    one.name: one
    for one in (
        Operation("thumbnail", "A small picture.", of.CompanionParams,
                  _all(_SEEN, "companions:thumbnail")),
        Operation("strip", "Frames side by side.", of.CompanionParams,
                  {Medium.VIDEO: "companions:strip"}),
        Operation("wave", "A drawn waveform.", of.DrawnParams, _all(_HEARD, "companions:wave")),
    )
}  # fmt: skip
"""What is made to go with files; nobody asks for a job of it."""


def any_operation(name: str) -> Operation:
    """The operation or companion of a name."""
    return COMPANIONS.get(name) or operation(name)


def operation(name: str) -> Operation:
    """The operation of a name; raises InvalidInputError."""
    try:
        return OPERATIONS[name]
    except KeyError:
        raise InvalidInputError(
            f"there is no operation {name[:60]!r}",
            way_out=f"choose one of: {', '.join(OPERATIONS)}",
        ) from None
