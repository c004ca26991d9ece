"""The choice of models for an ask: by its route, or else by what is preferred, or else by its wish."""

import datetime as dt

from reelwright.generation.repertoire.preferring import Preferences
from reelwright.generation.repertoire.repertoire import Offer, Repertoire
from reelwright.generation.routes.route import Chosen, Route, choose
from reelwright.ground.clock import Clock
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Principal
from reelwright.providers.contract import Request


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
        offer: Offer | None = None,
    ) -> Chosen:
        """The models in the order they are tried; raises UnsupportedError where none can do it."""
        if offer is None and route.models:
            offer = await self._repertoire.named(who, route.models)
        offer = offer or await self._repertoire.offer(who)
        today = self._clock.now().astimezone(dt.UTC).date()
        preferred = None
        if not route.models:
            found = (await self._preferences.of(who, project)).get(request.operation)
            preferred = found.model if found else None
        return choose(offer.models, request, route, today, offer.keyed, preferred)
