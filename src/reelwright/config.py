"""Configuration for scripts and plugins, under the names the mission promises; filled at start.

Without a start, values come from the environment: `cut.frame_rate` is REELWRIGHT_CUT__FRAME_RATE.
"""

import json
import os
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from reelwright.ground.errors import InvalidInputError

PREFIX = "REELWRIGHT_"
_NOTHING = object()
_YES = dict.fromkeys(("1", "true", "yes", "on"), True)
_YES_AND_NO = _YES | dict.fromkeys(("0", "false", "no", "off"), False)


class Environment(StrEnum):
    """Where this runs; production refuses weak secrets."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


class ConfigurationManager:
    """The effective settings, by dotted path: those of the app, then the environment's variables."""

    def __init__(self, settings: Any = None) -> None:
        self._settings = settings

    @property
    def environment(self) -> Environment:
        """Where this runs; development unless something else is set."""
        value = self.get("environment", Environment.DEVELOPMENT.value)
        try:
            return Environment(str(getattr(value, "value", value)).lower())
        except ValueError:
            raise InvalidInputError(
                f"there is no environment {str(value)[:40]!r}",
                way_out=f"one of {', '.join(Environment)}",
            ) from None

    def get(self, path: str, default: Any = None) -> Any:
        """The value at a path, secrets in the clear; the default where nothing is set.

        A variable's text is read as the default's type: a number, yes or no, a list or a dict (JSON).
        """
        found = _walk(self._settings, path.split("."))
        if found is not _NOTHING and found is not None:
            return found.get_secret_value() if hasattr(found, "get_secret_value") else found
        variable = PREFIX + path.replace(".", "__").upper()
        text = os.environ.get(variable)
        return default if text is None else _read(variable, text, default)


def _walk(value: Any, parts: list[str]) -> Any:
    for part in parts:
        if isinstance(value, Mapping):
            value = value.get(part, _NOTHING)
        else:
            fields = getattr(type(value), "model_fields", None)
            known = part in fields if fields is not None else not part.startswith("_")
            value = getattr(value, part, _NOTHING) if known else _NOTHING
        if value is _NOTHING:
            return _NOTHING
    return value


def _read(variable: str, text: str, default: Any) -> Any:
    try:
        return _as(type(default), text)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InvalidInputError(
            f"{variable} cannot be read as {type(default).__name__}",
            way_out=f"its usual value is {default!r}",
        ) from None


def _as(kind: type, text: str) -> Any:
    if kind is bool:
        return _YES_AND_NO[text.lower()]
    if kind in {int, float}:
        return kind(text)
    if kind in {list, tuple, dict}:
        read = json.loads(text)
        if not isinstance(read, dict if kind is dict else list):
            raise TypeError(text)
        return kind(read)
    return text


_manager = ConfigurationManager()


def fill(settings: Any) -> None:
    """Put the app's settings in; what `app/start` does."""
    global _manager  # noqa: PLW0603 - the slot is one variable, on purpose
    _manager = ConfigurationManager(settings)


def empty() -> None:
    """Take the settings out, when the app was stopped."""
    fill(None)


def get_config_manager() -> ConfigurationManager:
    """The effective settings of the running app, or the environment's."""
    return _manager


def get_config_value(path: str, default: Any = None) -> Any:
    """One value by its dotted path; see ConfigurationManager.get."""
    return _manager.get(path, default)
