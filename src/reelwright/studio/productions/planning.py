"""Planning a production on this machine: the pure part of making a film, run in a thread."""

import asyncio
import contextlib
import contextvars
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from reelwright.engines.storage.store import Stored
from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.principals import Principal
from reelwright.ground.progress import Progress, Silent
from reelwright.projects.service import ProjectService
from reelwright.studio.cut.delivery import Reel
from reelwright.studio.options import read_options
from reelwright.studio.production import Figures, produce, read_chosen
from reelwright.studio.productions.model import Production
from reelwright.studio.productions.order_books import (
    EnoughError,
    Find,
    OrderBooks,
    OtherEditionError,
    Prospect,
    Stocktaking,
)
from reelwright.studio.productions.purchases import Purchases
from reelwright.studio.productions.scripts import LaidOut, Scripts
from reelwright.studio.productions.shelves import Shelf
from reelwright.studio.workshop import Delivery, Order, Workshop

T = TypeVar("T")
_PLANS = 256  # more than a worker takes at a time


class Planner:
    """Plans films from their revisions, and remembers the orders."""

    def __init__(
        self,
        projects: ProjectService,
        scripts: Scripts,
        books: OrderBooks,
        purchases: Purchases,
    ) -> None:
        self._projects = projects
        self._purchases = purchases
        self._scripts = scripts
        self._books = books
        # A plan waits in its thread for products, and these need the loop's own few threads: thirty
        # films at once in those would wait for each other for ever.
        self._threads = ThreadPoolExecutor(_PLANS, "plan")

    def book(self, production: Production) -> dict[str, Order]:
        """The orders of a production that are known here, by digest."""
        return self._books.book(production.id)

    async def direct(
        self, production: Production, workshop: Callable[[], Workshop], progress: Progress
    ) -> tuple[Figures, Reel]:
        """Have the whole film made by a workshop, which is opened in the directing thread."""
        laid_out = await self._lay_out(production.who, production)
        return await self._aside(_produce, laid_out, production, workshop, progress)

    async def orders(
        self, production: Production, shelf: Shelf, digests: Sequence[str]
    ) -> list[Order]:
        """The orders of these digests; planned again where this process does not know them."""
        book = self.book(production)
        if not book.keys() >= set(digests):
            laid_out = await self._lay_out(production.who, production)
            loop = asyncio.get_running_loop()
            find = _finder(shelf.find, loop)
            bought = _finder(partial(self._purchases.found, production, shelf), loop)
            prospect = Prospect(book, digests, find, bought)
            await self._aside(_prospect, laid_out, production, prospect)
        return [book[digest] for digest in digests]

    async def pieces(self, production: Production, shelf: Shelf) -> set[str]:
        """The recipes of all that a film that was made is made of, as far as it can be planned again.

        Another edition of reelwright has other recipes: what it has made itself may not be among them.
        """
        loop = asyncio.get_running_loop()
        find = _finder(shelf.find, loop)
        bought = _finder(partial(self._purchases.found, production, shelf), loop)
        stocktaking = Stocktaking(find, bought)
        with contextlib.suppress(OtherEditionError, InvalidInputError, MissingError):
            laid_out = await self._lay_out(production.who, production)
            await self._aside(_produce, laid_out, production, lambda: stocktaking, Silent())
        return stocktaking.digests

    async def _aside(self, plan: Callable[..., T], *given: object) -> T:
        """Plan in a thread, with what is bound to this task, as `asyncio.to_thread` does."""
        loop, bound = asyncio.get_running_loop(), contextvars.copy_context()
        return await loop.run_in_executor(self._threads, partial(bound.run, plan, *given))

    async def _lay_out(self, who: Principal, production: Production) -> LaidOut:
        revision = await self._projects.get_revision(who, production.revision_id)
        return await self._scripts.lay_out(who, revision)


def _produce(
    laid_out: LaidOut,
    production: Production,
    workshop: Callable[[], Workshop],
    progress: Progress,
) -> tuple[Figures, Reel]:
    options = read_options(production.options)
    read = read_chosen(laid_out.script, options, laid_out.own)
    return produce(read, options, workshop(), progress)


def _prospect(laid_out: LaidOut, production: Production, prospect: Prospect) -> None:
    try:
        _produce(laid_out, production, lambda: prospect, Silent())
    except EnoughError:
        return


def _finder(
    look: Callable[[Sequence[str]], Coroutine[Any, Any, dict[str, Stored]]],
    loop: asyncio.AbstractEventLoop,
) -> Find:
    def find(digests: Sequence[str]) -> dict[str, Delivery]:
        found = asyncio.run_coroutine_threadsafe(look(digests), loop).result()
        return {digest: Delivery(one, made=False) for digest, one in found.items()}

    return find
