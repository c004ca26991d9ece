"""What is believed of a file that somebody says is a product: what the file itself does not belie."""

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

from reelwright.library.carried import CarriedAsset, Mark

_SLACK_S = 1.0
_FASTEST = 240
"""Pictures a second: more have no film."""
_TEXTS = ("application/json", "application/toml", "application/x-subrip", "application/xml")
_BINARIES = ("model/", "font/")
_UNKNOWN = "application/octet-stream"


def type_of(sniffed: str, told: str) -> str:
    """The media type of a file: what its bytes say, and what is told where they say no more than text."""
    if sniffed == "text/plain":
        plain = told.startswith("text/") and told != "text/html"
        return told if plain or told in _TEXTS else sniffed
    if sniffed == _UNKNOWN and told.startswith(_BINARIES):
        return told
    return sniffed


def believed(one: CarriedAsset, measured: Mapping[str, Any]) -> Sequence[Mark]:
    """Its marks, if what is told of its length and size is so; a film is planned by what is told."""
    told = one.facts
    fits = (
        _lasts(told.get("seconds"), measured)
        and _lasts(told.get("spoken_s"), measured)
        and _holds(told.get("frames"), measured)
        and all(_is(told.get(name), measured.get(name)) for name in ("width", "height"))
    )
    return one.marks if fits else ()


def _lasts(seconds: Any, measured: Mapping[str, Any]) -> bool:
    if seconds is None:
        return True
    duration = measured.get("duration_s")
    if not isinstance(seconds, Real) or isinstance(seconds, bool) or duration is None:
        return False
    return 0 <= float(seconds) <= float(duration) + _SLACK_S


def _holds(frames: Any, measured: Mapping[str, Any]) -> bool:
    if frames is None:
        return True
    if not isinstance(frames, int) or isinstance(frames, bool):
        return False
    duration = measured.get("duration_s")
    most = 1_000 if duration is None else (float(duration) + _SLACK_S) * _FASTEST
    return 0 <= frames <= most


def _is(told: Any, measured: Any) -> bool:
    return told is None or measured is None or told == measured
