"""The shared workshop: what is missing is made by all workers, in batches."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from typing_extensions import override

from reelwright.ground.errors import EnvironmentFailedError, ToldError
from reelwright.jobs.kinds import Errands
from reelwright.studio.commissions.commission import Bought, Commission
from reelwright.studio.productions.batches import Batches
from reelwright.studio.productions.bench import Bench
from reelwright.studio.productions.bridge import Bridge, ProductionEndedError
from reelwright.studio.productions.model import Production
from reelwright.studio.productions.purchases import Purchases, why_unmade
from reelwright.studio.productions.shelves import Shelf
from reelwright.studio.workshop import Delivery, Order, Workshop

_SHARES = 5  # how many calls each worker should get in turn
_LEAST_S, _MOST_S = 0.4, 2.5  # of work in a call: queueing costs some hundredths
_TAKES_S = {"motion": 0.45, "still": 0.15, "film": 1.0}
"""What products take, about, in seconds; the rest are quick."""


class SharedWorkshop(Workshop):
    """Used by the thread that directs a production; its database work goes over `bridge`."""

    def __init__(
        self,
        production: Production,
        shelf: Shelf,
        bench: Bench,
        batches: Batches,
        book: dict[str, Order],
        purchases: Purchases,
        errands: Errands,
        bridge: Bridge,
        *,
        fresh: bool,
    ) -> None:
        super().__init__()
        self._production = production
        self._shelf = shelf
        self._bench = bench
        self._batches = batches
        self._book = book
        self._purchases = purchases
        self._errands = errands
        self._do = bridge.do
        self._fresh = fresh
        self._made: dict[str, bool] = {}
        self._seen: set[str] = set()
        self._waiting: set[str] = set()
        self._take_up()

    def _take_up(self) -> None:
        """Learn what an earlier director of this production has had made, and has handed out."""
        standing = self._do(self._batches.standing(self._production))
        for batch in standing.ended:
            self._seen.add(batch.id)
            if batch.error is None:
                self._made.update(zip(batch.digests, batch.made, strict=True))
        self._waiting = {one for digests in standing.waiting.values() for one in digests}

    @override
    def deliver(self, batches: Sequence[Sequence[Order]]) -> Iterator[tuple[int, list[Delivery]]]:
        orders = {one.digest: one for batch in batches for one in batch}
        self._book.update(orders)
        found = self._find(orders)
        pending = [n for n, batch in enumerate(batches) if not _complete(batch, found)]
        yield from (
            (n, [found[one.digest] for one in batch])
            for n, batch in enumerate(batches)
            if _complete(batch, found)
        )
        self._have_made([batches[n] for n in pending])
        while pending:
            new = self._wait({one.digest for n in pending for one in batches[n]} - found.keys())
            found |= new
            ready = [n for n in pending if _complete(batches[n], found)]
            pending = [n for n in pending if n not in ready]
            for n in ready:
                yield n, [found[one.digest] for one in batches[n]]

    @override
    def buy(
        self, commissions: Sequence[Commission], done: Callable[[Commission], None]
    ) -> Mapping[str, Bought]:
        production, shelf = self._production, self._shelf
        wanted = {one.digest: one for one in commissions}
        found = self._do(self._purchases.found(production, shelf, list(wanted)))
        bought = {digest: Bought(stored, new=False) for digest, stored in found.items()}
        unmade = self._do(self._purchases.unmade(production))
        missing = [one for digest, one in wanted.items() if digest not in bought.keys() | unmade]
        for digest in wanted.keys() - {one.digest for one in missing}:
            done(wanted[digest])
        errands, waiting = self._errands, {}
        if missing:
            waiting = self._do(self._purchases.begin(production, shelf, errands, missing))
        while waiting:
            for job in self._do(self._purchases.ended(production, errands, list(waiting))):
                digests = waiting.pop(job.id)
                come = self._do(self._purchases.take_in(production, shelf, job, digests))
                bought |= {digest: Bought(stored, new=True) for digest, stored in come.items()}
                for digest in digests:
                    done(wanted[digest])
                if not come:
                    self.told.append(f"{wanted[digests[0]].name} is sketched: {why_unmade(job)}")
        return bought

    def _find(self, digests: "dict[str, Order]") -> dict[str, Delivery]:
        wanted = [one for one in digests if not self._fresh or one in self._made]
        found = self._do(self._shelf.find(wanted)) if wanted else {}
        return {
            digest: Delivery(stored, self._made.get(digest, False))
            for digest, stored in found.items()
        }

    def _have_made(self, missing: Sequence[Sequence[Order]]) -> None:
        """Hand out what nobody makes yet; a single product is made right here."""
        taken = self._waiting | self._made.keys()
        open_ones: list[list[Order]] = []
        for batch in missing:
            wanted = [one for one in batch if one.digest not in taken]
            taken |= {one.digest for one in wanted}
            if wanted:
                open_ones.append(wanted)
        if len(open_ones) == 1:
            (orders,) = open_ones
            made = self._do(self._bench.make(self._shelf, orders, [self._fresh] * len(orders)))
            self._made.update((one.digest, new) for one, new in zip(orders, made, strict=True))
        elif open_ones:
            bundles = bundle(open_ones, self._bench.size)
            self._waiting.update(one for bundle in bundles for one in bundle)
            self._do(self._batches.hand_out(self._production, bundles))

    def _wait(self, wanted: set[str]) -> dict[str, Delivery]:
        """What has come of the wanted products, at least one."""
        while not (come := wanted & self._made.keys()):
            standing = self._do(self._batches.changed(self._production, self._seen))
            if not standing.live:
                raise ProductionEndedError("the film was cancelled")
            for batch in standing.ended:
                self._seen.add(batch.id)
                if batch.error is not None:
                    raise ToldError(batch.error)
                self._made.update(zip(batch.digests, batch.made, strict=True))
        found = self._do(self._shelf.find(come))
        if come - found.keys():
            raise EnvironmentFailedError(
                "a product that was made is gone", way_out="start the film again"
            )
        return {digest: Delivery(one, self._made[digest]) for digest, one in found.items()}


def _complete(batch: Sequence[Order], found: dict[str, Delivery]) -> bool:
    return all(one.digest in found for one in batch)


def bundle(batches: Sequence[Sequence[Order]], workers: int) -> list[list[str]]:
    """Several batches to a call, worth some seconds of work; fewer towards the end.

    So all workers end together.
    """
    left = sum(_seconds(batch) for batch in batches)
    bundles: list[list[str]] = []
    wanted = filled = 0.0
    for batch in batches:
        if filled >= wanted:
            wanted, filled = max(_LEAST_S, min(_MOST_S, left / (_SHARES * workers))), 0.0
            bundles.append([])
        bundles[-1] += [one.digest for one in batch]
        filled += _seconds(batch)
        left -= _seconds(batch)
    return bundles


def _seconds(batch: Sequence[Order]) -> float:
    return sum(_TAKES_S.get(one.recipe.operation, 0.05) for one in batch)
