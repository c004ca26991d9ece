"""What goes wrong on this machine, as our errors; between processes it travels by code."""

from collections.abc import Mapping
from typing import Any

from reelwright.ground.errors import ReelwrightError, written_error
from reelwright.providers.errors import ProviderError, UnavailableError, UnsupportedError

WAY_OUT = "pip install 'reelwright[local]'"
_TYPES = {UnsupportedError.code: UnsupportedError, UnavailableError.code: UnavailableError}


class StoppedError(ProviderError):
    """It was called off while it was being made."""

    code = "stopped"

    def __init__(self) -> None:
        super().__init__("it was called off while it was being made")


def not_installed() -> UnsupportedError:
    """What to say where the extra is not there."""
    return UnsupportedError(
        "models of this machine need diffusers and torch, which are not installed", way_out=WAY_OUT
    )


def told(error: ReelwrightError) -> dict[str, Any]:
    """An error as JSON."""
    return dict(written_error(error))


def read_error(values: Mapping[str, Any]) -> ProviderError:
    """An error from JSON."""
    if values["code"] == StoppedError.code:
        return StoppedError()
    kind = _TYPES.get(values["code"], ProviderError)
    return kind(values["message"], way_out=values.get("way_out"))
