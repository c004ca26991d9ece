"""A route: by what models are chosen, and what may be done about a refusal."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reelwright.ground.errors import InvalidInputError, ReelwrightError
from reelwright.providers.catalogue import Model, find_model
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.contract import Request
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.fitting import fitted
from reelwright.providers.measuring import price_range


class Wish(StrEnum):
    """What counts most."""

    CHEAPEST = "cheapest"
    BEST = "best"
    FASTEST = "fastest"


@dataclass(frozen=True, slots=True)
class Route:
    """Models in the order they are tried: those of `models`, or all that can do it, after `wish`.

    `soften`: a refused prompt may be worded more carefully, once. `reroute`: after that, a vendor
    with another policy may be asked; each such step is written to the audit trail.
    """

    wish: Wish = Wish.CHEAPEST
    models: tuple[str, ...] = ()
    soften: bool = False
    reroute: bool = False


def chain(
    models: Iterable[Model],
    request: Request,
    route: Route,
    today: dt.date,
    most: int = 6,
    *,
    keyed: Collection[str] = (),
) -> Sequence[Model]:
    """The models of a route that can do what is asked; raises UnsupportedError when none can.

    A model of unknown price is never chosen by itself: only who names it gets it. Nor is one of a
    vendor that is not `keyed`, where others can do it: without an account it would only be passed over.
    """
    if route.models:
        named = [find_model(models, name, today) for name in route.models]
        able = [model for model in named if _refusal(model, request) is None]
        if not able:
            raise next(error for model in named if (error := _refusal(model, request)))
        return able
    able = [
        model
        for model in models
        if model.operation is request.operation
        and model.usable(today)
        and model.price.known
        and _refusal(model, request) is None
    ]
    if not able:
        raise UnsupportedError(
            f"no model can do this {request.operation}",
            way_out="ask for less, or name a model in the route",
        )
    able = [model for model in able if model.provider in keyed] or able
    return sorted(able, key=lambda model: _rank(model, request, route.wish))[:most]


def preferring(
    models: Iterable[Model],
    request: Request,
    name: str,
    today: dt.date,
    keyed: Collection[str],
) -> Model:
    """The preferred model, if it can be asked for this; raises InvalidInputError saying why it cannot."""
    model = find_model(models, name, today)
    if refused := _refusal(model, request):
        raise refused
    if model.provider not in keyed:
        raise InvalidInputError(f"{model.title} needs a key of {model.provider}")
    return model


@dataclass(frozen=True, slots=True)
class Chosen:
    """The models that are tried, in order; and what whoever asked should know of the choice."""

    models: Sequence[Model]
    notes: Sequence[str] = ()


def choose(
    models: Sequence[Model],
    request: Request,
    route: Route,
    today: dt.date,
    keyed: Collection[str],
    preferred: str | None,
) -> Chosen:
    """The models of a route. One that names none begins with the preferred model, if that can be asked.

    If it cannot, the choice is by the wish, and a note says why. Raises UnsupportedError when none can.
    """
    if route.models or preferred is None:
        return Chosen(chain(models, request, route, today, keyed=keyed))
    try:
        first = preferring(models, request, preferred, today, keyed)
    except ReelwrightError as error:
        note = f"the preferred model {preferred} was passed over: {error.message}"
        return Chosen(chain(models, request, route, today, keyed=keyed), (note,))
    try:
        others = chain(models, request, route, today, keyed=keyed)
    except UnsupportedError:
        others = ()
    return Chosen((first, *(one for one in others if one is not first)))


def _refusal(model: Model, request: Request) -> UnsupportedError | None:
    try:
        refuse_unsupported(model, fitted(model, request))
    except UnsupportedError as error:
        return error
    return None


def _rank(model: Model, request: Request, wish: Wish) -> tuple[int, ...]:
    least, most = price_range(model, fitted(model, request))
    cost = (most if most is not None else 2**62, least or 0)
    match wish:
        case Wish.BEST:
            return (-model.quality, -model.speed, *cost)
        case Wish.FASTEST:
            return (-model.speed, -model.quality, *cost)
        case _:
            return (*cost, -model.quality, -model.speed)


def read_wish(text: str) -> Wish:
    """A wish as people write it; raises InvalidInputError."""
    try:
        return Wish(text)
    except ValueError:
        known = ", ".join(Wish)
        raise InvalidInputError(f"{text[:40]!r} is no wish", way_out=f"one of {known}") from None


def read_route(wish: str | None, models: Sequence[str]) -> Route | None:
    """A route as people write it; None when they leave it open. Raises InvalidInputError."""
    if wish is None and not models:
        return None
    return Route(Wish.CHEAPEST if wish is None else read_wish(wish), tuple(models))
