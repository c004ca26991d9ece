"""The choice of models for an ask: by its route, or else by what is preferred, or else by its wish."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from reelwright.generation.repertoire.preferring import Preference, Preferences
from reelwright.generation.repertoire.repertoire import Offer, Repertoire
from reelwright.generation.routes.route import Chosen, Route, choose
from reelwright.ground.clock import Clock
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Principal
from reelwright.providers.contract import Request
from reelwright.providers.operations import Operation


class Choosing:
    """Chooses as every ask does: quotes, jobs, and whatever else asks models."""

    def __init__(self, clock: Clock, repertoire: Repertoire, preferences: Preferences) -> None:
        self._clock = clock
        self._repertoire = repertoire
        self._preferences = preferences

    async def choose(
        self,
        who: Principal,
        request: Request,
        route: Route,
        project: ProjectId | None = None,
    ) -> Chosen:
        """The models in the order they are tried; raises UnsupportedError where none can do it."""
        if route.models:
            return self.among(await self._repertoire.named(who, route.models), request, route)
        return (await self.taste(who, project)).choose(request, route)

    async def taste(self, who: Principal, project: ProjectId | None = None) -> "Taste":
        """What there is to choose among and what is preferred, for many requests at once."""
        offer = await self._repertoire.offer(who)
        return Taste(self, offer, await self._preferences.of(who, project))

    def among(
        self, offer: Offer, request: Request, route: Route, preferred: str | None = None
    ) -> Chosen:
        """The choice among what is offered today."""
        today = self._clock.now().astimezone(dt.UTC).date()
        return choose(offer.models, request, route, today, offer.keyed, preferred)


@dataclass(frozen=True, slots=True)
class Taste:
    """An offer, and the models that whoever asks prefers."""

    choosing: Choosing
    offer: Offer
    preferred: Mapping[Operation, Preference]

    def choose(self, request: Request, route: Route) -> Chosen:
        """The models in the order they are tried; raises UnsupportedError where none can do it."""
        found = None if route.models else self.preferred.get(request.operation)
        return self.choosing.among(self.offer, request, route, found.model if found else None)
