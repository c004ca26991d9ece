"""The models an account names, as pydantic-ai knows them: `vendor:model`."""

import datetime as dt
import re
from decimal import Decimal
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from reelwright.providers.catalogue import Limits, Model
from reelwright.providers.contract import Access
from reelwright.providers.operations import Operation
from reelwright.providers.prices import UNKNOWN, Price, PricePart, Unit

# Nobody has told what each can do: what it cannot, its vendor refuses.
_ANY = Limits(images=20, schema=True, streams=True)
_PER = 1_000_000


def named_models(provider: str, access: Access) -> tuple[Model, ...]:
    """A row for each name in `more["models"]`, with commas or spaces between."""
    names = dict.fromkeys(filter(None, re.split(r"[,\s]+", access.more.get("models", ""))))
    return tuple(_row(provider, name) for name in names if ":" in name)


def _row(provider: str, name: str) -> Model:
    vendor, _, model = name.partition(":")
    return Model(
        f"{provider}/{name}",
        Operation.TEXT,
        name,
        f"{model} ({vendor})",
        endpoint=name,
        price=listed_price(vendor, model),
        limits=_ANY,
        note="named by the account",
    )


def listed_price(vendor: str, model: str) -> Price:
    """What genai-prices lists for a model today; unknown where it lists nothing, or nothing this simple."""
    if find_spec("genai_prices") is None:
        return UNKNOWN
    from genai_prices.data_snapshot import get_snapshot  # noqa: PLC0415  # of the extra

    today = dt.datetime.now(dt.UTC)
    try:
        _, found = get_snapshot().find_provider_model(
            model, None, _LISTED.get(vendor, vendor), None
        )
        prices = found.get_prices(today)
    except LookupError:
        return UNKNOWN
    read = _parts(Unit.INPUT_TOKEN, prices.input_mtok)
    written = _parts(Unit.OUTPUT_TOKEN, prices.output_mtok)
    if not read or not written:
        return UNKNOWN  # half a price is a guess
    return Price(
        (*read, *written), as_of=_EDITION, source=f"genai-prices {version('genai-prices')}"
    )


def _parts(unit: Unit, listed: Any) -> tuple[PricePart, ...]:
    """One part, or one for each tier: a request longer than a tier's start is billed by it, whole."""
    if isinstance(listed, Decimal):
        return (PricePart(unit, listed, _PER),)
    tiers = sorted(getattr(listed, "tiers", ()), key=lambda tier: tier.start)
    if not tiers:
        return ()
    bounds = [None, *(tier.start for tier in tiers), None]
    amounts = [listed.base, *(tier.price for tier in tiers)]
    return tuple(
        PricePart(unit, amount, _PER, above=bounds[n], up_to=bounds[n + 1])
        for n, amount in enumerate(amounts)
    )


_LISTED = {
    "bedrock": "aws",
    "openai-chat": "openai",
    "openai-responses": "openai",
    "xai": "x-ai",
}
_EDITION = dt.date(2026, 11, 20)
"""genai-prices does not say when a price was looked at; its oldest edition we take is of this day."""
