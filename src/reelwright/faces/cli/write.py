"""`reelwright write`: an idea or prose becomes a screenplay."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from reelwright.faces.cli.arguments import AskedModels, AskedRoute
from reelwright.faces.cli.screen import Screen

if TYPE_CHECKING:
    from reelwright.generation.routes.route import Route
    from reelwright.studio.drafts.writer import Draft


def write(
    idea: Annotated[Path, Parameter(help="an idea or prose: .txt or .md")],
    /,
    *,
    out: Annotated[
        Path | None, Parameter(name=("--out", "-o"), help="the script (default: NAME.fountain)")
    ] = None,
    title: Annotated[str, Parameter(help="the film's title")] = "",
    language: Annotated[str | None, Parameter(help="write in this language")] = None,
    route: AskedRoute = None,
    model: AskedModels = None,
    take: Annotated[int, Parameter(help="1, 2, ... writes another draft")] = 0,
    overwrite: Annotated[
        bool, Parameter(negative="", help="replace a script that is there")
    ] = False,
) -> None:
    """Write a first draft of IDEA as Fountain, which `reelwright film` can film at once.

    Without a key, text that has scene headings already is made into a script by rules.
    """
    from reelwright.app.running import run_loop
    from reelwright.engines.storage.files import write_text
    from reelwright.generation.routes.route import read_route
    from reelwright.ground.errors import InvalidInputError
    from reelwright.studio.scripts import read_prose

    out = out or idea.with_suffix(".fountain")
    if out.exists() and not overwrite:
        raise InvalidInputError(f"{out}: is there already", way_out="--overwrite, or another -o")
    text, wanted = read_prose(idea), read_route(route, model or ())
    with Screen() as screen:
        draft = run_loop(lambda: _write(text, title, language, wanted, take, screen))
    write_text(out, draft.fountain)
    for warning in draft.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    print(f"{out}  scenes: {draft.scenes}, speeches: {draft.speeches}")
    print(f"by {draft.by}; {draft.bill.told()}")


async def _write(
    text: str,
    title: str,
    language: str | None,
    route: "Route | None",
    take: int,
    screen: Screen,
) -> "Draft":
    from reelwright.app.running import running
    from reelwright.studio.drafts.writer import ScriptWriter

    async with running(directing=True) as house:
        writer = await house.container.get(ScriptWriter)
        return await writer.write(
            house.owner,
            text,
            title=title,
            language=language,
            route=route,
            take=take,
            progress=screen,
        )
