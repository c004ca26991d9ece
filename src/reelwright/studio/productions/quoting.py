"""What a film along a route would cost, said before anything is made: by scene, shot and model."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from typing_extensions import override

from reelwright.engines.storage.store import Stored
from reelwright.generation.quotes import Order as Call
from reelwright.generation.quotes import Quote, QuotedCall, Quotes, TooDearError
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import ProjectId
from reelwright.ground.money import MICROS, spelled
from reelwright.ground.principals import Principal
from reelwright.ground.progress import Silent
from reelwright.library.asset_service import AssetService
from reelwright.projects.service import ProjectService
from reelwright.studio.commissions.commission import Bought, Commission
from reelwright.studio.commissions.route import FilmRoute, Part
from reelwright.studio.filming import order_all
from reelwright.studio.options import FilmOptions
from reelwright.studio.planning import plan_film
from reelwright.studio.production import read_chosen
from reelwright.studio.productions.routes import FilmRoutes
from reelwright.studio.productions.scripts import Scripts
from reelwright.studio.reading import ReadFilm
from reelwright.studio.workshop import Delivery, Order, Workshop


@dataclass(frozen=True, slots=True)
class QuotedPart:
    """One commission; `call` says who would make it and for how much, None where it is there.

    `refusal` says why no model of the route can make it: then it is sketched, and costs nothing.
    """

    commission: Commission
    call: QuotedCall | None
    refusal: str | None = None

    @property
    def part(self) -> Part:
        """Which part of the film it belongs to."""
        return self.commission.part

    @property
    def most(self) -> int | None:
        """The most it costs, in millionths; None: nobody knows."""
        return self.call.most if self.call else 0

    @property
    def least(self) -> int | None:
        """The least it costs."""
        return self.call.least if self.call else 0


@dataclass(frozen=True, slots=True)
class FilmQuote:
    """All commissions of a film in its order, and what its calls cost together."""

    parts: Sequence[QuotedPart]
    calls: Quote
    route: FilmRoute

    @property
    def found(self) -> int:
        """How many are there already, and cost nothing."""
        return sum(one.call is None and one.refusal is None for one in self.parts)


def bound_of(quote: FilmQuote, most: int | None) -> int:
    """The most a film may cost, in millionths: what somebody has said, or nothing where it is free.

    Raises InvalidInputError where nobody has, or the quote may go beyond.
    """
    total = _dollars(quote)
    if most is None:
        if total == 0:
            return 0
        raise InvalidInputError(
            "nobody has said what this film may cost",
            way_out=f"say it: --max-cost {_suggested(total)}",
        )
    unknown = next((one for one in quote.parts if one.most is None), None)
    if unknown is not None and unknown.call is not None:
        raise TooDearError(unknown.call.choice, None, most)
    if total is not None and total > most:
        raise InvalidInputError(
            f"this film may cost {spelled(total, 'USD')}, and only {spelled(most, 'USD')} is allowed",
            way_out=f"allow more (--max-cost {_suggested(total)}), choose fewer scenes or another route",
        )
    return most


def _dollars(quote: FilmQuote) -> int | None:
    """The most all its calls cost; raises InvalidInputError for what is paid in other money."""
    for one in quote.calls.totals:
        if one.currency != "USD" and one.most != 0:
            raise InvalidInputError(
                f"a part of this route is paid in {one.currency}, and a film's limit is in dollars",
                way_out="choose models that are paid in dollars",
            )
    mosts = [one.most for one in quote.calls.totals]
    return None if None in mosts else sum(one or 0 for one in mosts)


def _suggested(total: int | None) -> str:
    """A round amount that lets it through."""
    cents = -(-(total or 5 * MICROS) * 100 // MICROS)
    return f"{cents / 100:.2f}"


class FilmQuotes:
    """Quotes films. Nothing is made and nothing written for it.

    Voices that are not spoken yet last as long as their words suggest, so what depends on the
    length of shots may differ a little in the end.
    """

    def __init__(
        self,
        quotes: Quotes,
        routes: FilmRoutes,
        library: AssetService,
        projects: ProjectService,
        scripts: Scripts,
    ) -> None:
        self._quotes = quotes
        self._routes = routes
        self._library = library
        self._projects = projects
        self._scripts = scripts

    async def of_project(
        self, who: Principal, project_id: ProjectId, options: FilmOptions
    ) -> FilmQuote:
        """The quote of the film of a project's latest revision."""
        project = await self._projects.get(who, project_id)
        laid_out = await self._scripts.lay_out(who, project.head)
        read = await asyncio.to_thread(read_chosen, laid_out.script, options, laid_out.own)
        return await self.quote(who, read, options, project_id)

    async def quote(
        self,
        who: Principal,
        read: ReadFilm,
        options: FilmOptions,
        project_id: ProjectId | None = None,
    ) -> FilmQuote:
        """The quote of a film as `read`, with options that name a route."""
        route = await self._routes.settled(who, options, project_id)
        options = options.along(route)
        loop = asyncio.get_running_loop()

        def known(digests: Sequence[str]) -> dict[str, Stored]:
            work = self._library.known_products(who, digests)
            found = asyncio.run_coroutine_threadsafe(work, loop).result()
            return {
                digest: Stored(digest, Path(digest), asset.media_type, asset.facts)
                for digest, asset in found.items()
            }

        reckoner = Reckoner(known)
        await asyncio.to_thread(_plan, read, options, reckoner)
        missing = [one for one in reckoner.commissions if one.digest not in reckoner.found]
        calls = {one.digest: Call(one.request, one.route, one.take, project_id) for one in missing}
        refused = await self._refused(who, missing, calls)
        able = [one for digest, one in calls.items() if digest not in refused]
        quote = await self._quotes.quote(who, able) if able else Quote((), ())
        digests = [digest for digest in calls if digest not in refused]
        by_digest = dict(zip(digests, quote.calls, strict=True))
        parts = [
            QuotedPart(one, by_digest.get(one.digest), refused.get(one.digest))
            for one in reckoner.commissions
        ]
        return FilmQuote(parts, quote, route)

    async def _refused(
        self, who: Principal, missing: Sequence[Commission], calls: Mapping[str, Call]
    ) -> dict[str, str]:
        """What no model of its route can make, and why: the film sketches it and says so.

        Raises UnsupportedError where that is all of a part: then it is the route that is wrong.
        """
        refusals = await self._quotes.refusals(who, list(calls.values()))
        refused = {
            digest: error
            for digest, error in zip(calls, refusals, strict=True)
            if error is not None
        }
        for part in dict.fromkeys(one.part for one in missing):
            digests = [one.digest for one in missing if one.part is part]
            if all(digest in refused for digest in digests):
                raise refused[digests[0]]
        return {digest: error.message for digest, error in refused.items()}


def _plan(read: ReadFilm, options: FilmOptions, reckoner: "Reckoner") -> None:
    plan = plan_film(read, options, reckoner, Silent())
    order_all(plan, options)


class Reckoner(Workshop):
    """A workshop where nothing is made: it takes down what would be commissioned.

    What is known is found, so that a film which is made already is laid out as it is.
    """

    def __init__(self, known: Callable[[Sequence[str]], dict[str, Stored]]) -> None:
        super().__init__()
        self.commissions: list[Commission] = []
        self.found: set[str] = set()
        self._known = known

    @override
    def deliver(self, batches: Sequence[Sequence[Order]]) -> Iterator[tuple[int, list[Delivery]]]:
        """What is there; what is planned with anything else goes by its estimate."""
        known = self._known([one.digest for batch in batches for one in batch])
        for number, batch in enumerate(batches):
            if all(one.digest in known for one in batch):
                yield number, [Delivery(known[one.digest], made=False) for one in batch]

    @override
    def all_of(self, orders: Sequence[Order]) -> list[Delivery]:
        return [Delivery(_nowhere(one.digest), made=False) for one in orders]

    @override
    def buy(
        self, commissions: Sequence[Commission], done: Callable[[Commission], None]
    ) -> Mapping[str, Bought]:
        new = {one.digest: one for one in commissions}
        self.commissions += new.values()
        self.found |= self._known(list(new)).keys()
        for one in commissions:
            done(one)
        return {digest: Bought(_nowhere(digest), new=False) for digest in new}


def _nowhere(digest: str) -> Stored:
    return Stored(digest, Path(digest), "application/octet-stream", {})
