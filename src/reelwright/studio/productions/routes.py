"""The route of a film, settled: what depends on keys and rows of today is decided once, at its beginning."""

from pathlib import Path

from reelwright.generation.quotes import Order, Quotes
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Principal
from reelwright.providers.catalogue import Limits
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.prompts import Media, VideoRequest
from reelwright.studio.commissions.route import FilmRoute, Part
from reelwright.studio.options import FilmOptions

_ANY_STILL = Media(Path(), "image/jpeg", "")
_LONGEST_S = 60


class FilmRoutes:
    """Settles routes."""

    def __init__(self, quotes: Quotes) -> None:
        self._quotes = quotes

    async def settled(
        self, who: Principal, options: FilmOptions, project_id: ProjectId | None = None
    ) -> FilmRoute:
        """The route with the lengths its first model for motion makes, by which takes are planned."""
        route = options.route
        if route is None:
            raise InvalidInputError(
                "there is no route to quote", way_out="name one: --route cheapest, best or a file"
            )
        motion = route.parts.get(Part.MOTION)
        if motion is None or route.lengths:
            return route
        shortest = VideoRequest("a shot", 0.1, first=_ANY_STILL, nearest=True)
        try:
            quote = await self._quotes.quote(who, [Order(shortest, motion, project_id=project_id)])
        except UnsupportedError:
            return route  # each shot says so for itself
        return route.settled(_lengths(quote.calls[0].choice.model.limits))


def _lengths(limits: Limits) -> tuple[float, ...]:
    """The lengths a model makes, in whole seconds where it makes any; none where it tells nothing."""
    if not limits.any_length or not limits.seconds:
        return limits.seconds
    first, last = int(limits.seconds[0]), int(min(limits.seconds[-1], _LONGEST_S))
    return tuple(float(one) for one in range(max(1, first), last + 1))
