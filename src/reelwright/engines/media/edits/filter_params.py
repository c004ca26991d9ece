"""Which filters there are, and the numbers each of them takes."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from reelwright.engines.media.edits.measures import Measures
from reelwright.engines.media.edits.params import Made, OperationRefusedError

_STRENGTHS = {"blur": (0, 100), "sharpen": (0, 10)}
_DEFAULTS = {"greyscale": 1.0, "sepia": 1.0, "invert": 1.0, "blur": 2.0, "sharpen": 1.0}


class Filter(BaseModel):
    """One filter, with the number it takes.

    `amount`: of brightness, contrast and saturation -1 (none left) to 1 (twice as much); of sepia,
    greyscale and invert 0 to 1, how much of it; of blur the radius in pixels; of sharpen 0 to 10.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Literal["brightness", "contrast", "saturation", "greyscale", "sepia", "invert", "blur",
                  "sharpen", "rotate", "flip"]  # fmt: skip
    amount: Annotated[float | None, Field(ge=-1, le=100, allow_inf_nan=False)] = None
    degrees: Annotated[
        Literal[90, 180, 270] | None, Field(description="clockwise; of rotate only")
    ] = None
    direction: Annotated[
        Literal["horizontal", "vertical"] | None, Field(description="of flip only")
    ] = None


class FilterParams(Made):
    """Filters, one after the other."""

    filters: Annotated[list[Filter], Field(min_length=1, max_length=20)]

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse filters whose numbers are missing, not theirs, or out of their range."""
        super().check(inputs)
        for one in self.filters:
            _check(one)


def _check(one: Filter) -> None:
    wants = {"rotate": "degrees", "flip": "direction"}.get(one.name, "amount")
    given = {name for name in ("amount", "degrees", "direction") if getattr(one, name) is not None}
    if given - {wants} or (wants not in given and one.name not in _DEFAULTS):
        raise OperationRefusedError(
            f"the filter {one.name} has {', '.join(sorted(given)) or 'no number'}",
            way_out=f"it takes {wants}, and nothing else",
        )
    least, most = _STRENGTHS.get(one.name, (0, 1) if one.name in _DEFAULTS else (-1, 1))
    if wants == "amount" and not least <= amount_of(one) <= most:
        raise OperationRefusedError(
            f"{one.name} by {one.amount:g} is out of range", way_out=f"{least} to {most}"
        )


def amount_of(one: Filter) -> float:
    """The number a filter is asked for, or the usual one."""
    return _DEFAULTS.get(one.name, 0.0) if one.amount is None else one.amount
