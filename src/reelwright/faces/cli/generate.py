"""`reelwright generate`: a model makes something, and what it costs is said first."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from reelwright.faces.cli.arguments import Json

if TYPE_CHECKING:
    from reelwright.app.start import OpenHouse
    from reelwright.generation.local import Delivery
    from reelwright.generation.quotes import Order, Quote

Models = Annotated[
    list[str] | None,
    Parameter(name="--model", negative="", help="this one (reelwright models); again: the next"),
]
Wish = Annotated[str, Parameter(help="cheapest, best or fastest, where no model is named")]
Settings = Annotated[
    list[str] | None,
    Parameter(name="--set", negative="", help="a parameter: seconds=5; may be repeated"),
]
References = Annotated[
    list[Path] | None,
    Parameter(name="--reference", negative="", help="a file to go on from; may be repeated"),
]
Out = Annotated[Path, Parameter(help="folder for the products")]
QuoteOnly = Annotated[bool, Parameter(name="--quote", negative="", help="only say what it costs")]
MaxCost = Annotated[str | None, Parameter(help="refuse what may cost more: 0.50")]
Take = Annotated[int, Parameter(help="1, 2, ... makes another of the same")]


def generate(
    operation: str,
    prompt: str,
    /,
    *,
    model: Models = None,
    wish: Wish = "cheapest",
    settings: Settings = None,
    reference: References = None,
    out: Out = Path(),
    quote: QuoteOnly = False,
    max_cost: MaxCost = None,
    take: Take = 0,
    as_json: Json = False,
) -> None:
    """Have a model make OPERATION (text-to-image, speech ...) of PROMPT. What it costs is said first.

    What was made of the same before is found, and costs nothing.
    """
    from reelwright.app.running import run_loop
    from reelwright.generation.local import local_order
    from reelwright.generation.provider_service import parse_operation
    from reelwright.generation.quotes import read_bound
    from reelwright.generation.routes.route import Route, read_wish

    route = Route(read_wish(wish), tuple(model or ()))
    most = None if max_cost is None else read_bound(max_cost)
    order = local_order(
        parse_operation(operation), prompt, settings or (), reference or (), route, take
    )
    told, made = run_loop(lambda: _ask(order, out, most, only_quote=quote, as_json=as_json))
    if as_json:
        print(json.dumps(told | (_plain(made) if made else {}), ensure_ascii=False))
    elif made:
        for path in made.files:
            print(path)
        print(_cost(made))


async def _ask(
    order: "Order", out: Path, most: int | None, *, only_quote: bool, as_json: bool
) -> "tuple[dict[str, Any], Delivery | None]":
    from reelwright.app.running import running
    from reelwright.generation.quote_words import in_words, written
    from reelwright.generation.quotes import Quotes

    async with running(worker=not only_quote) as house:
        quote = await (await house.container.get(Quotes)).quote(house.owner, [order])
        if not as_json:
            print("\n".join(in_words(quote)), flush=True)
        made = None if only_quote else await _make(house, quote, out, most)
        return {"quote": written(quote)}, made


async def _make(house: "OpenHouse", quote: "Quote", out: Path, most: int | None) -> "Delivery":
    from reelwright.generation.local import LocalGenerations

    (call,) = quote.calls
    order = call.payable() if most is None else call.payable(most)
    local = await house.container.get(LocalGenerations)
    return await local.make(house.owner, order, out, lambda line: print(line, file=sys.stderr))


def _cost(made: "Delivery") -> str:
    if not made.calls:
        return "cost nothing: it was made before"
    costs = [one.cost for one in made.calls if one.cost != "nothing"]
    return f"cost {' + '.join(costs) or 'nothing'}"


def _plain(made: "Delivery") -> dict[str, Any]:
    files: Sequence[str] = [str(path) for path in made.files]
    calls = [one.written() for one in made.calls]
    return {"job": made.job.id, "files": files, "calls": calls}
