"""`reelwright ask`: a question to a language model, answered in the terminal as it is written."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from reelwright.faces.cli.arguments import Json

if TYPE_CHECKING:
    from reelwright.app.start import OpenHouse
    from reelwright.generation.routes.route import Route
    from reelwright.generation.writing import Written
    from reelwright.ground.ids import AssetId

Models = Annotated[
    list[str] | None,
    Parameter(name="--model", negative="", help="this one (reelwright models); again: the next"),
]
Wish = Annotated[str, Parameter(help="cheapest, best or fastest, where no model is named")]
Images = Annotated[
    list[Path] | None,
    Parameter(name="--image", negative="", help="a picture to look at; may be repeated"),
]
System = Annotated[str, Parameter(help="what the model is told before the question")]
Take = Annotated[int, Parameter(help="1, 2, ... asks the same question anew")]


def ask(
    question: str | None = None,
    /,
    *,
    model: Models = None,
    wish: Wish = "cheapest",
    image: Images = None,
    system: System = "",
    take: Take = 0,
    as_json: Json = False,
) -> None:
    """Ask a language model; without a QUESTION it is read from stdin. What it cost is said at the end.

    The same question was answered before? Then it costs nothing.
    """
    from reelwright.app.running import run_loop
    from reelwright.generation.routes.route import Route, read_wish

    words = sys.stdin.read() if question is None else question
    route = Route(read_wish(wish), tuple(model or ()))
    seen = [(path.name, path.read_bytes()) for path in image or ()]
    written = run_loop(lambda: _ask(words, system, seen, route, take, quiet=as_json))
    if as_json:
        print(json.dumps(asdict(written), ensure_ascii=False))
        return
    print()
    print(_cost(written), file=sys.stderr)


async def _ask(
    words: str,
    system: str,
    images: list[tuple[str, bytes]],
    route: "Route",
    take: int,
    *,
    quiet: bool,
) -> "Written":
    from reelwright.app.running import running
    from reelwright.generation.llm.service import LLMService, spoken
    from reelwright.generation.writing import Written

    async with running() as house:
        llm = await house.container.get(LLMService)
        seen = [await _kept(house, name, data) for name, data in images]
        asked: dict[str, Any] = spoken(words, system, seen)
        async for piece in llm.stream(house.owner, asked, route, take=take):
            if isinstance(piece, Written):
                return piece
            if not quiet:
                print(piece, end="", flush=True)
    raise AssertionError  # a stream ends with what was written, or raises


async def _kept(house: "OpenHouse", name: str, data: bytes) -> "AssetId":
    import mimetypes

    from reelwright.library.asset_service import AssetService

    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    library = await house.container.get(AssetService)
    return await library.keep_bytes(house.owner, data, name=name, media_type=kind)


def _cost(written: "Written") -> str:
    if written.found:
        return f"{written.model}: cost nothing, it was asked before"
    if written.cost_micros is None:
        return f"{written.model}: what it cost is not known"
    return f"{written.model}: cost {written.cost_micros / 1e6:.6f} {written.currency}"
