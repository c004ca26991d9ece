"""Models that no row knows: whoever runs a server names what it has."""

import re

from reelwright.providers.catalogue import Limits, Model
from reelwright.providers.contract import Access
from reelwright.providers.operations import Operation

# Nobody has told what it can do: what it cannot, its server refuses.
_ANY = Limits(images=20, schema=True, streams=True)


def named_models(provider: str, access: Access) -> tuple[Model, ...]:
    """A row for each name in `more["models"]`, with commas or spaces between. Their price is unknown."""
    names = dict.fromkeys(filter(None, re.split(r"[,\s]+", access.more.get("models", ""))))
    return tuple(
        Model(
            f"{provider}/{name}",
            Operation.TEXT,
            name,
            name,
            endpoint=name,
            limits=_ANY,
            note="named by the account",
        )
        for name in names
    )
