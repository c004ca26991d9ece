"""`reelwright models`: what can be asked of models, what it costs, and whose key it takes."""

import json
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from reelwright.faces.cli.arguments import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reelwright.generation.models import ListedModel


def models(
    operation: Annotated[str | None, Parameter(help="only of this one: text-to-image ...")] = None,
    /,
    *,
    provider: Annotated[str | None, Parameter(help="only of this vendor")] = None,
    as_json: Json = False,
) -> None:
    """List the models that can be asked, with their prices, the best first.

    `needs a key` says that `reelwright accounts add PROVIDER` comes first.
    """
    from reelwright.app.running import run_loop
    from reelwright.generation.provider_service import parse_operation

    wanted = parse_operation(operation) if operation else None

    async def ask() -> "Sequence[ListedModel]":
        from reelwright.app.running import running
        from reelwright.generation.models import ModelRegistry

        async with running() as house:
            registry = await house.container.get(ModelRegistry)
            return await registry.list(house.owner, wanted, provider)

    found = run_loop(ask)
    if as_json:
        print(json.dumps([one.written() for one in found], ensure_ascii=False))
        return
    for line in _table(found, one_operation=wanted is not None):
        print(line)
    if not found:
        print("none: `reelwright models` lists all")


def _table(found: "Sequence[ListedModel]", *, one_operation: bool) -> list[str]:
    rows = [
        (
            *(() if one_operation else (one.model.operation.value,)),
            one.model.id,
            one.model.title,
            "" if one.configured else "needs a key",
            one.price,
        )
        for one in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
