"""Order books: which order has which digest, known to whoever has planned the film.

A batch names its products by digest only. The process that directs a production has written the
orders itself; another worker plans the film again, as far as it must, from the same script, and
finds the same orders: planning is a pure function of script, notes, options and what was made before.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from typing_extensions import override

from reelwright.ground.errors import ConflictError
from reelwright.ground.ids import ProductionId
from reelwright.studio.commissions.commission import Bought, Commission
from reelwright.studio.workshop import Delivery, Order, Workshop

Find = Callable[[Sequence[str]], dict[str, Delivery]]
"""Looks products up by their digests, without making or bringing any."""

_KEPT = 8
"""Productions whose orders a process remembers."""


class OrderBooks:
    """The orders of the productions this process has planned, the latest ones."""

    def __init__(self) -> None:
        self._books: OrderedDict[ProductionId, dict[str, Order]] = OrderedDict()

    def book(self, production_id: ProductionId) -> dict[str, Order]:
        """The orders of a production by digest, as far as they are known here."""
        book = self._books.setdefault(production_id, {})
        self._books.move_to_end(production_id)
        while len(self._books) > _KEPT:
            self._books.popitem(last=False)
        return book


class EnoughError(Exception):
    """Planning has come as far as was needed."""


class OtherEditionError(ConflictError):
    """The orders were written by another edition of reelwright, which this one cannot make."""

    code = "other_edition"


class Prospect(Workshop):
    """A workshop that makes nothing: planning runs through it until the wanted orders have come by."""

    def __init__(
        self, book: dict[str, Order], wanted: Iterable[str], find: Find, bought: Find
    ) -> None:
        super().__init__()
        self._book = book
        self._wanted = set(wanted)
        self._find = find
        self._bought = bought

    @override
    def buy(
        self, commissions: Sequence[Commission], done: Callable[[Commission], None]
    ) -> Mapping[str, Bought]:
        """What the director has got, and nothing else: it has waited for all it could get."""
        del done
        found = self._bought([one.digest for one in commissions])
        return {digest: Bought(one.stored, new=False) for digest, one in found.items()}

    @override
    def deliver(self, batches: Sequence[Sequence[Order]]) -> Iterator[tuple[int, list[Delivery]]]:
        orders = [one for batch in batches for one in batch]
        self._book.update((one.digest, one) for one in orders)
        if self._wanted <= self._book.keys():
            raise EnoughError
        found = self._find([one.digest for one in orders])
        if len(found) < len({one.digest for one in orders}):
            raise OtherEditionError(
                "this batch was ordered by another edition of reelwright",
                way_out="let all workers run the same version",
            )
        for number, batch in enumerate(batches):
            yield number, [found[one.digest] for one in batch]


class Stocktaking(Workshop):
    """A workshop that makes nothing and buys nothing: it takes down what a finished film is made of."""

    def __init__(self, find: Find, bought: Find) -> None:
        super().__init__()
        self.digests: set[str] = set()
        self._find = find
        self._bought = bought

    @override
    def buy(
        self, commissions: Sequence[Commission], done: Callable[[Commission], None]
    ) -> Mapping[str, Bought]:
        """What was bought."""
        del done
        found = self._bought([one.digest for one in commissions])
        self.digests |= found.keys()
        return {digest: Bought(one.stored, new=False) for digest, one in found.items()}

    @override
    def deliver(self, batches: Sequence[Sequence[Order]]) -> Iterator[tuple[int, list[Delivery]]]:
        """What was made; raises OtherEditionError where something of it is not there."""
        orders = {one.digest for batch in batches for one in batch}
        found = self._find(sorted(orders))
        self.digests |= found.keys()
        if len(found) < len(orders):
            raise OtherEditionError("this film was made by another edition of reelwright")
        for number, batch in enumerate(batches):
            yield number, [found[one.digest] for one in batch]
