"""The models as people choose among them: what each makes, takes and costs, and whether a key is there."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reelwright.generation.forms import input_form
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.generation.requests import ASKABLE
from reelwright.ground.clock import Clock
from reelwright.ground.errors import MissingError
from reelwright.ground.principals import Principal
from reelwright.providers.catalogue import Model
from reelwright.providers.contract import Lacks
from reelwright.providers.operations import Operation
from reelwright.providers.price_words import in_words, written_price
from reelwright.providers.roster import Vendors


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model for whoever asks. `configured`: they have an account of its vendor, and what it needs.

    `lacks` says how to install what is missing here.
    """

    model: Model
    vendor: str
    configured: bool
    usable: bool
    lacks: str | None = None

    @property
    def price(self) -> str:
        """What it costs, in words."""
        return in_words(self.model.price)

    def written(self) -> dict[str, Any]:
        """As JSON, with the form of its input."""
        model = self.model
        return {
            "id": model.id,
            "title": model.title,
            "operation": model.operation.value,
            "provider": model.provider,
            "provider_title": self.vendor,
            "configured": self.configured,
            "usable": self.usable,
            "standing": model.standing.value,
            "ends": model.ends.isoformat() if model.ends else None,
            "replacement": model.replacement,
            "quality": model.quality,
            "speed": model.speed,
            "note": model.note,
            "lacks": self.lacks,
            "price": {"words": self.price} | written_price(model.price),
            "limits": asdict(model.limits),
            "input": input_form(model),
        }


class ModelRegistry:
    """Shows the rows of all vendors to whoever asks. What only the artist draws is not among them."""

    def __init__(self, vendors: Vendors, repertoire: Repertoire, clock: Clock) -> None:
        self._vendors = vendors
        self._repertoire = repertoire
        self._clock = clock

    async def list(
        self, who: Principal, operation: Operation | None = None, provider: str | None = None
    ) -> Sequence[ListedModel]:
        """All that can be asked for today, by operation, the best first."""
        found = [
            one
            for one in await self._all(who)
            if one.usable
            and operation in {None, one.model.operation}
            and provider in {None, one.model.provider}
        ]
        return sorted(found, key=_place)

    async def get(self, who: Principal, model: str) -> ListedModel:
        """One, also when it is gone: what replaced it is said there. Raises MissingError."""
        found = [one for one in await self._all(who) if one.model.id == model]
        if not found:
            raise MissingError(
                f"no model is named {model[:80]!r}", way_out="`reelwright models` lists them"
            )
        return found[0]

    async def _all(self, who: Principal) -> Sequence[ListedModel]:
        offer = await self._repertoire.offer(who)
        return [self._listed(one, offer.keyed) for one in offer.models if one.operation in ASKABLE]

    def _listed(self, model: Model, keys: Mapping[str, bool]) -> ListedModel:
        vendor = self._vendors.provider(model.provider)
        usable = model.usable(self._clock.now().date())
        lacks = vendor.lacks() if isinstance(vendor, Lacks) else None
        configured = model.provider in keys and lacks is None
        return ListedModel(model, vendor.title, configured, usable, lacks)


def _place(one: ListedModel) -> tuple[int, int, str]:
    return list(Operation).index(one.model.operation), -one.model.quality, one.model.id
