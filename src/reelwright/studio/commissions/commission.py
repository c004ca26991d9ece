"""A commission: one thing that a film wants of models, named by what is asked."""

from dataclasses import dataclass
from typing import Any

from reelwright.engines.storage.store import Stored
from reelwright.film.recipes import Recipe
from reelwright.generation.requests import described
from reelwright.generation.routes.route import Route
from reelwright.providers.prompts import Prompt, media_of
from reelwright.studio.commissions.route import Part

VERSION = "1"
"""Of our prompts: another one has everything asked for anew, and paid again."""


@dataclass(frozen=True, slots=True)
class Commission:
    """What is asked along which route; `name` says in words what it is for.

    Files in the request lie in the store, and are named by the digests of their products.
    """

    part: Part
    request: Prompt
    route: Route
    name: str
    take: int = 0

    @property
    def digest(self) -> str:
        """The name of what comes of it: the same words along the same route are bought once."""
        route: dict[str, Any] = {"wish": self.route.wish.value, "models": list(self.route.models)}
        params = described(self.request) | {"route": route}
        inputs = tuple(one.digest for one in media_of(self.request))
        operation = f"commission:{self.request.operation.value}"
        return Recipe(operation, "route", VERSION, params, inputs, self.take).digest


@dataclass(frozen=True, slots=True)
class Bought:
    """What a model has made; `new` says whether it was bought just now."""

    stored: Stored
    new: bool
