"""What paid calls would cost, said before they are made. A quote writes nothing and promises nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from reelwright.billing.limits import Room, Scope
from reelwright.billing.spending_limits import SpendingLimits
from reelwright.generation.accounts.errors import NoAccountError
from reelwright.generation.requests import recipe_of
from reelwright.generation.routes.choosing import Choosing, Taste
from reelwright.generation.routes.route import Route
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import ProjectId
from reelwright.ground.money import MICROS, checked_micros, read_decimal, spelled
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import OriginKind
from reelwright.providers.catalogue import Model
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.fitting import fitted
from reelwright.providers.measuring import price_range
from reelwright.providers.prompts import Prompt

_ANY = Route()


class TooDearError(InvalidInputError):
    """It may cost more than whoever asks wants to spend."""

    code = "too_dear"

    def __init__(self, choice: "Choice", most: int | None, bound: int) -> None:
        allowed, title = spelled(bound, choice.currency), choice.model.title
        if most is None:
            told = f"nobody knows what {title} costs, and it may cost {allowed}"
        else:
            told = (
                f"{title} may cost {spelled(most, choice.currency)}, and only {allowed} is allowed"
            )
        super().__init__(told, way_out="allow more, ask for less, or choose another model")


@dataclass(frozen=True, slots=True)
class Order:
    """What would be asked. Of the request's files only the digests count."""

    request: Prompt
    route: Route = _ANY
    take: int = 0
    project_id: ProjectId | None = None


class Key(StrEnum):
    """Whether there is an account to pay through."""

    FREE = "free"
    BUSY = "busy"  # at work, resting, paused or used up
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Choice:
    """A model of the route, and what one call of it would cost in millionths; None: nobody knows."""

    model: Model
    least: int | None
    most: int | None
    key: Key
    found: bool = False

    @property
    def currency(self) -> str:
        """What it is paid in."""
        return self.model.price.currency


@dataclass(frozen=True, slots=True)
class QuotedCall:
    """The model that would be chosen; `others` would be tried in this order if it failed.

    `notes` say what else whoever asks should know. `repeated`: an equal order stands before it in the quote, and the two are made once.
    """

    order: Order
    choice: Choice
    others: Sequence[Choice] = ()
    repeated: bool = False
    notes: Sequence[str] = ()

    @property
    def least(self) -> int | None:
        """The least it costs; nothing for what is there, or is made anyway."""
        return 0 if self.repeated or self.choice.found else self.choice.least

    @property
    def most(self) -> int | None:
        """The most it costs."""
        return 0 if self.repeated or self.choice.found else self.choice.most

    def payable(self, bound: int | None = None) -> Order:
        """The order as it may be made; with a bound, by models alone of which one call keeps to it.

        Raises NoAccountError without a key to pay through, TooDearError above the bound.
        """
        if not self.choice.found and self.choice.key is Key.MISSING:
            raise NoAccountError(self.choice.model.provider)
        if bound is None:
            return self.order
        if self.most is None or self.most > bound:
            raise TooDearError(self.choice, self.most, bound)
        kept = [one for one in self.others if one.most is not None and one.most <= bound]
        models = tuple(one.model.id for one in (self.choice, *kept))
        return replace(self.order, route=replace(self.order.route, models=models))


@dataclass(frozen=True, slots=True)
class Total:
    """All calls in one currency. `unknown` of them have no price: then nobody knows the most."""

    currency: str
    least: int
    most: int | None
    unknown: int


@dataclass(frozen=True, slots=True)
class LimitCheck:
    """What a limit leaves, and the most that would be asked of it.

    By all calls together, or by the dearest where it is a limit of each single one.
    """

    room: Room
    asked: int

    @property
    def fits(self) -> bool:
        """Whether it lets everything through; what costs nothing always is."""
        return self.asked == 0 or self.asked <= self.room.left


@dataclass(frozen=True, slots=True)
class Quote:
    """The calls in the order they were asked for, what they cost together, and what limits say."""

    calls: Sequence[QuotedCall]
    limits: Sequence[LimitCheck]

    @property
    def totals(self) -> Sequence[Total]:
        """The sums, one a currency."""
        found = []
        for currency in dict.fromkeys(one.choice.currency for one in self.calls):
            calls = [one for one in self.calls if one.choice.currency == currency]
            unknown = sum(one.most is None for one in calls)
            least, most = (
                sum(one.least or 0 for one in calls),
                sum(one.most or 0 for one in calls),
            )
            found.append(Total(currency, least, None if unknown else most, unknown))
        return found


class Quotes:
    """Says what orders would cost whoever asks: by the same choice, prices and finds as the call itself."""

    def __init__(
        self,
        library: AssetService,
        limits: SpendingLimits,
        choosing: Choosing,
    ) -> None:
        self._library = library
        self._limits = limits
        self._choosing = choosing

    async def quote(self, who: Principal, orders: Sequence[Order]) -> Quote:
        """The quote; raises UnsupportedError where no model of a route can do what is asked."""
        projects = {one.project_id for one in orders}
        tastes = {one: await self._choosing.taste(who, one) for one in projects}
        chosen = [tastes[one.project_id].choose(one.request, one.route) for one in orders]
        recipes = [
            [recipe_of(model, fitted(model, order.request), order.take).digest for model in models]
            for order, models in zip(orders, (one.models for one in chosen), strict=True)
        ]
        made = await self._made(who, {one for many in recipes for one in many})
        calls: list[QuotedCall] = []
        asked: set[tuple[str, ...]] = set()
        for order, choice, digests in zip(orders, chosen, recipes, strict=True):
            choices = [
                _choice(model, order.request, tastes[order.project_id], found=digest in made)
                for model, digest in zip(choice.models, digests, strict=True)
            ]
            # Equal orders would be made by the same models of the same recipes.
            call = _chosen(order, choices, repeated=tuple(digests) in asked)
            asked.add(tuple(digests))
            calls.append(replace(call, notes=choice.notes))
        return Quote(calls, await self._checks(who, calls))

    async def refusals(
        self, who: Principal, orders: Sequence[Order]
    ) -> list[UnsupportedError | None]:
        """For each order why no model of its route can do it; None where one can."""
        tastes = {
            one: await self._choosing.taste(who, one) for one in {one.project_id for one in orders}
        }

        def refusal(order: Order) -> UnsupportedError | None:
            try:
                tastes[order.project_id].choose(order.request, order.route)
            except UnsupportedError as error:
                return error
            return None

        return [refusal(one) for one in orders]

    async def _made(self, who: Principal, digests: set[str]) -> set[str]:
        known = await self._library.known_products(who, digests)
        return {one for one, asset in known.items() if asset.origin.kind is OriginKind.SUBMISSION}

    async def _checks(self, who: Principal, calls: Sequence[QuotedCall]) -> Sequence[LimitCheck]:
        """Each limit once, with what all calls it counts would ask of it."""
        groups: dict[tuple[str, str, ProjectId | None], list[int]] = {}
        for one in calls:
            group = one.choice.currency, one.choice.model.operation.value, one.order.project_id
            groups.setdefault(group, []).append(one.most or 0)
        rooms: dict[tuple[str, ...], Room] = {}
        asked: Counter[tuple[str, ...]] = Counter()
        for (currency, operation, project), mosts in groups.items():
            for room in await self._limits.room(
                who, currency=currency, operation=operation, project_id=project
            ):
                place = room.limit_id, room.subject, room.period, currency
                rooms[place] = room
                single = room.scope is Scope.OPERATION
                asked[place] = max(asked[place], *mosts) if single else asked[place] + sum(mosts)
        checks = [LimitCheck(room, asked[place]) for place, room in rooms.items()]
        return sorted(checks, key=lambda check: check.room.left - check.asked)


def _choice(model: Model, request: Prompt, taste: Taste, *, found: bool) -> Choice:
    least, most = price_range(model, fitted(model, request))
    free = taste.offer.keyed.get(model.provider)
    key = Key.MISSING if free is None else Key.FREE if free else Key.BUSY
    return Choice(model, least, most, key, found)


def _chosen(order: Order, choices: Sequence[Choice], *, repeated: bool) -> QuotedCall:
    """As the call itself goes along: past models without an account, and past busy ones at first."""
    ready = (one for one in choices if one.found or one.key is Key.FREE)
    busy = (one for one in choices if one.key is Key.BUSY)
    chosen = next(ready, None) or next(busy, None) or choices[0]
    others = [one for one in choices if one is not chosen and one.key is not Key.MISSING]
    return QuotedCall(order, chosen, others, repeated)


def read_bound(text: str) -> int:
    """An amount nobody wants to exceed (`0.50`) in millionths; raises InvalidInputError."""
    return checked_micros(int(read_decimal(text) * MICROS), "what it may cost")
