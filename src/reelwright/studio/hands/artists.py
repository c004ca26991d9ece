"""Who makes something: models there is a key of, or the built-in artist; and what it takes where neither can."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from reelwright.generation.asking import Asking, Tell, Wanted
from reelwright.generation.quotes import Order, QuotedCall, Quotes
from reelwright.generation.repertoire.repertoire import Offer, Repertoire
from reelwright.generation.routes.route import Route
from reelwright.ground.clock import Clock
from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Principal
from reelwright.jobs.job import Job
from reelwright.library.assets import Asset
from reelwright.providers.catalogue import Model
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import Media, Prompt
from reelwright.studio.asking import KeyNeededError
from reelwright.studio.hands.made import Made, Terms, made_of

_ANY = Route()


def silent(_: str, __: float) -> None:
    """Hears and forgets."""


class Artists:
    """The models that draw, film, speak and play, for whoever has a key of one."""

    def __init__(
        self, asking: Asking, quotes: Quotes, repertoire: Repertoire, clock: Clock
    ) -> None:
        self._asking = asking
        self._quotes = quotes
        self._repertoire = repertoire
        self._clock = clock

    async def hired(self, who: Principal, operation: Operation, terms: Terms) -> bool:
        """Whether a model is to make it: one is named, or there is a key of one."""
        return terms.route is not None or bool(await self.keyed(who, operation))

    async def keyed(self, who: Principal, operation: Operation) -> Sequence[Model]:
        """The models of an operation there is a key of; those of unknown price are not among them."""
        offer = await self._repertoire.offer(who)
        able = self._able(offer, operation)
        return [one for one in able if one.provider in offer.keyed and one.price.known]

    async def need(self, who: Principal, operation: Operation, what: str) -> None:
        """Raise KeyNeededError where there is no key of any vendor that does it."""
        offer = await self._repertoire.offer(who)
        vendors = sorted({one.provider for one in self._able(offer, operation)})
        if offer.keyed.keys() & set(vendors):
            return
        add = " or ".join(f"`reelwright accounts add {one}`" for one in vendors)
        raise KeyNeededError(f"{what} needs a key for {' or '.join(vendors)}", way_out=add)

    async def quoted(
        self, who: Principal, requests: Sequence[Prompt], terms: Terms
    ) -> Sequence[QuotedCall]:
        """What requests would cost, and who would make them."""
        orders = [Order(one, terms.route or _ANY, terms.take, terms.project_id) for one in requests]
        return (await self._quotes.quote(who, orders)).calls

    async def make(
        self,
        who: Principal,
        requests: Sequence[Prompt],
        terms: Terms,
        *,
        files: Sequence[Asset] = (),
        tell: Tell = silent,
        warnings: tuple[str, ...] = (),
    ) -> Made:
        """Have models make all requests at once; equal ones become takes of each other.

        `files` are the assets the requests hand along. Raises NoAccountError, TooDearError, and what
        a call fails with.
        """
        wanted = _wanted(requests, terms, files)
        payable = await self._asking.bounded(who, wanted, terms.most)
        return made_of(await self._asking.many(who, payable, tell), warnings)

    async def begin(
        self, who: Principal, request: Prompt, terms: Terms, files: Sequence[Asset] = ()
    ) -> Job:
        """Ask for one thing without waiting; `collect` waits for it, in this process or another."""
        (payable,) = await self._asking.bounded(who, _wanted([request], terms, files), terms.most)
        return await self._asking.begin(who, payable)

    async def collect(self, who: Principal, job: Job, tell: Tell = silent) -> Made:
        """Wait for what was begun. Raises what it failed with."""
        return made_of([await self._asking.answer(who, job.id, tell)])

    def _able(self, offer: Offer, operation: Operation) -> Sequence[Model]:
        today = self._clock.now().date()
        return [one for one in offer.models if one.operation is operation and one.usable(today)]


def media_from(asset: Asset) -> Media:
    """An asset as it stands in a request that is only written down."""
    return Media(Path(), asset.media_type, asset.sha256, asset.name)


def _wanted(requests: Sequence[Prompt], terms: Terms, files: Sequence[Asset]) -> Sequence[Wanted]:
    ids: Mapping[str, AssetId] = {one.sha256: one.id for one in files}
    route, wanted = terms.route or _ANY, []
    for at, request in enumerate(requests):
        same = sum(one == request for one in requests[:at])
        alike = sum(one == request for one in requests)
        take = terms.take * alike + same
        wanted.append(Wanted(Order(request, route, take, terms.project_id), ids))
    return wanted
