"""The route of a film: which of its parts models make, chosen how, and what they may cost.

Written as one word (`cheapest`, `best`, `fastest`: everything by models) or as a table in TOML:

    wish = "cheapest"          # for the parts below that say nothing else
    soften = true              # a refused prompt may be worded more carefully, once
    reroute = false            # after that, a vendor with another policy may be asked

    [stills]
    models = ["fal/flux-dev", "google/gemini-3.1-flash-image/text-to-image"]
    [motion]
    wish = "best"
    [voices]
    models = ["elevenlabs/v3"]

Parts that are not named are sketched.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from reelwright.generation.making import RouteParams
from reelwright.generation.routes.route import Route, Wish
from reelwright.ground.errors import InvalidInputError


class Part(StrEnum):
    """The parts of a film that models can make."""

    STILLS = "stills"
    MOTION = "motion"
    VOICES = "voices"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class FilmRoute:
    """The route of each part that models make.

    `lengths` are the seconds that the first model for motion makes, where it is choosy: shots are
    grouped and split by them. They are settled when the film is begun.
    """

    parts: Mapping[Part, Route]
    lengths: tuple[float, ...] = ()

    def written(self) -> dict[str, Any]:
        """As JSON; `read_route` reads it back."""
        parts = {part.value: _written(route) for part, route in self.parts.items()}
        return parts | ({"lengths": list(self.lengths)} if self.lengths else {})

    def settled(self, lengths: tuple[float, ...]) -> "FilmRoute":
        """The same with the lengths its first model for motion makes."""
        return replace(self, lengths=lengths)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    wish: Wish | None = None
    models: tuple[str, ...] = ()
    soften: bool | None = None
    reroute: bool | None = None


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")

    wish: Wish = Wish.CHEAPEST
    soften: bool = False
    reroute: bool = False
    stills: _Part | None = None
    motion: _Part | None = None
    voices: _Part | None = None
    score: _Part | None = None
    lengths: tuple[float, ...] = ()

    def route(self) -> FilmRoute:
        parts = {part: getattr(self, part.value) for part in Part}
        return FilmRoute(
            {part: self._of(told) for part, told in parts.items() if told is not None}, self.lengths
        )

    def _of(self, told: _Part) -> Route:
        soften = self.soften if told.soften is None else told.soften
        reroute = self.reroute if told.reroute is None else told.reroute
        return Route(told.wish or self.wish, told.models, soften, reroute)


def read_route(told: str | Mapping[str, Any]) -> FilmRoute:
    """A route from a word or a table; raises InvalidInputError naming what is wrong in it."""
    if isinstance(told, str):
        if told not in set(Wish):
            raise InvalidInputError(
                f"{told[:60]!r} is no route", way_out=f"one of {', '.join(Wish)}, or a TOML file"
            )
        return FilmRoute({part: Route(Wish(told)) for part in Part})
    try:
        route = _Table.model_validate(told).route()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(one) for one in first["loc"])
        raise InvalidInputError(f"the route is wrong at {where}: {first['msg']}") from None
    if not route.parts:
        names = ", ".join(Part)
        raise InvalidInputError("the route names no part of the film", way_out=f"some of {names}")
    return route


def load_route(told: str) -> str | dict[str, Any]:
    """What a command line names: a word, or the table of a TOML file."""
    if told in set(Wish):
        return told
    path = Path(told)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvalidInputError(
            f"--route {told}: is neither a word nor a file",
            way_out=f"one of {', '.join(Wish)}, or a TOML file",
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInputError(f"--route {told}: {error}") from error


def _written(route: Route) -> dict[str, Any]:
    told = RouteParams(
        wish=route.wish, models=route.models, soften=route.soften, reroute=route.reroute
    )
    return told.model_dump(mode="json")
