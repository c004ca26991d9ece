"""Reading the settings, and remembering where each value came from."""

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import BaseModel, ValidationError
from pydantic_settings import EnvSettingsSource, SettingsError

from reelwright.app.setting_problems import UnfitSettingsError, check
from reelwright.app.settings import PREFIX, Settings
from reelwright.engines.storage.home import home

Place = tuple[str, ...]
"""Where a value stands in the tree: ("web", "port")."""

_SHORT = {"REELWRIGHT_DATABASE_URL": "REELWRIGHT_DATABASE__URL"}
_ENVIRONMENT_ONLY = ("REELWRIGHT_HOME", "REELWRIGHT_CONFIG")  # they say where the files lie
_NO_SETTINGS = ("REELWRIGHT_CONFIG", "REELWRIGHT_FONTS", "REELWRIGHT_TRACEBACK")
# Kubernetes names every service in the environment; ours may be one of them.
_NEIGHBOURS = re.compile(r"REELWRIGHT_(\w+_)?(SERVICE_(HOST|PORT)(_\w+)?|PORT(_\d+_\w+)?)$")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, and the source of each value that is no default."""

    settings: Settings
    origins: Mapping[Place, str]

    def origin(self, place: Place) -> str:
        """`env NAME`, `file PATH`, or `default`."""
        below = (told for at, told in self.origins.items() if at[: len(place)] == place)
        return self.origins.get(place) or next(below, "default")


@dataclass(frozen=True, slots=True)
class _Layer:
    """What one source says."""

    values: dict[str, Any]
    origins: dict[Place, str]


def load(
    environ: Mapping[str, str] | None = None, folder: Path | None = None, *, checked: bool = True
) -> Loaded:
    """Read all sources; raises UnfitSettingsError with every problem at once.

    `environ` is the process's own when not given, `folder` the working directory. Unless
    `checked`, what is only unfit for production passes.
    """
    environ = os.environ if environ is None else environ
    problems: list[str] = []
    at = home()
    layers = [_file(environ, at, problems)]
    nearby = dict.fromkeys((at / ".env", (folder or Path()) / ".env"))
    layers += [_names(_dotenv(path), str(path), problems) for path in nearby if path.is_file()]
    layers.append(_names(environ, None, problems))
    values: dict[str, Any] = {}
    origins: dict[Place, str] = {}
    for layer in layers:
        values = _merged(values, layer.values)
        origins |= layer.origins
    try:
        settings = Settings(**values | {"home": at})
    except ValidationError as error:
        problems += [_told(one, origins) for one in error.errors(include_input=False)]
    else:
        if not problems:
            if checked:
                check(settings)
            return Loaded(settings, origins)
    raise UnfitSettingsError(problems)


class _Named(EnvSettingsSource):
    """Values from names like REELWRIGHT_WEB__PORT."""

    def __init__(self, names: Mapping[str, str | None]) -> None:
        super().__init__(Settings)
        self.env_vars = {name.lower(): value for name, value in names.items() if value}


def _names(given: Mapping[str, str | None], path: str | None, problems: list[str]) -> _Layer:
    """The layer of an environment, or of the `.env` file at `path`."""
    names: dict[str, str | None] = {}
    written: dict[str, str] = {}
    for name, value in given.items():
        if not name.startswith(PREFIX) or not value:
            continue
        if path and name in _ENVIRONMENT_ONLY:
            problems.append(f"{name} in {path} comes too late: set it in the environment")
        elif _foreign(name, value):
            continue
        else:
            names[_SHORT.get(name, name)] = value
            written[_SHORT.get(name, name)] = name
    problems.extend(_unknown(name, path) for name in names if not _known(name))
    try:
        values = _Named({name: value for name, value in names.items() if _known(name)})()
    except SettingsError as error:
        # pydantic-settings names the field; its cause could hold the value, which may be secret.
        problems.append(f"{error} ({path or 'environment'})")
        return _Layer({}, {})
    origins = {place: _origin(place, written, path) for place in _leaves(values)}
    return _Layer(values, origins)


def _origin(place: Place, written: Mapping[str, str], path: str | None) -> str:
    for length in range(len(place), 0, -1):
        name = PREFIX + "__".join(place[:length]).upper()
        if name in written:
            return f"file {path} ({written[name]})" if path else f"env {written[name]}"
    return f"file {path}" if path else "env"


def _foreign(name: str, value: str) -> bool:
    if name in _NO_SETTINGS or name.startswith("REELWRIGHT_TEST_"):
        return True
    return bool(_NEIGHBOURS.match(name)) and (not name.endswith("_PORT") or "://" in value)


def _known(name: str) -> bool:
    return name.removeprefix(PREFIX).lower().split("__")[0] in Settings.model_fields


def _unknown(name: str, path: str | None) -> str:
    every = [PREFIX + "__".join(place).upper() for place in places(Settings)]
    return _meant(f"{name} in {path or 'the environment'}", name, [*every, *_SHORT, *_NO_SETTINGS])


def _meant(what: str, name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"{what} is no setting{hint}"


def _dotenv(path: Path) -> Mapping[str, str | None]:
    try:
        return dotenv_values(path, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnfitSettingsError([f"{path} cannot be read: {type(error).__name__}"]) from error


def _file(environ: Mapping[str, str], at: Path, problems: list[str]) -> _Layer:
    """The layer of the TOML file; one that is named must be there."""
    named = environ.get("REELWRIGHT_CONFIG")
    path = Path(named).expanduser() if named else at / "reelwright.toml"
    if not named and not path.is_file():
        return _Layer({}, {})
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        problems.append(f"{path} cannot be read: {error.strerror}")
        return _Layer({}, {})
    except ValueError as error:  # wrong TOML, or no UTF-8
        problems.append(f"{path} is no TOML: {error}")
        return _Layer({}, {})
    if "home" in values:
        problems.append(f"home in {path} comes too late: set REELWRIGHT_HOME in the environment")
    return _Layer(values, dict.fromkeys(_leaves(values), f"file {path}"))


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Both trees, a value of `above` before one of `below`."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        merged[key] = _merged(old, value) if both else value
    return merged


def _leaves(values: Mapping[str, Any], above: Place = ()) -> Iterator[Place]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*above, key))
        else:
            yield (*above, key)


def places(model: type[BaseModel], above: Place = ()) -> Iterator[Place]:
    """Where every value stands, in the order of the tree."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from places(kind, (*above, name))
        else:
            yield (*above, name)


def _told(error: Mapping[str, Any], origins: Mapping[Place, str]) -> str:
    """One problem pydantic found, without the value: it may be a secret."""
    place = tuple(str(part) for part in error["loc"])
    name = ".".join(place)
    matches = (origin for at, origin in origins.items() if at[: len(place)] == place)
    origin = origins.get(place) or next(matches, None) or origins.get(place[:2], "default")
    if error["type"] == "extra_forbidden":
        return _meant(f"{name} ({origin})", name, [".".join(at) for at in places(Settings)])
    return f"{name} ({origin}): {error['msg']}"
