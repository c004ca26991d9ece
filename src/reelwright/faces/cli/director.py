"""`reelwright director`: a question about a script, and advice one may take over."""

import json
import mimetypes
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from reelwright.faces.cli.arguments import AskedModels, AskedRoute, Json, Script

if TYPE_CHECKING:
    from reelwright.app.start import OpenHouse
    from reelwright.generation.routes.route import Route
    from reelwright.ground.ids import AssetId, DirectorThreadId, ProjectId
    from reelwright.studio.advice.desk import DirectorDesk
    from reelwright.studio.advice.model import Advice, Applied
    from reelwright.studio.reading import ReadFilm


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as the command line has it."""

    question: str
    about: Sequence[str]
    images: Sequence[Path]
    route: "Route | None"
    new: bool
    apply: bool
    over: bool
    quiet: bool


Apply = Annotated[bool, Parameter(negative="", help="write the proposals into the notes")]
Over = Annotated[bool, Parameter(negative="", help="with --apply: also over notes that stand")]


def director(
    script: Script,
    question: str,
    /,
    *,
    about: Annotated[
        list[str] | None,
        Parameter(negative="", help="a scene or a shot: 3, 1C; may be repeated"),
    ] = None,
    image: Annotated[
        list[Path] | None,
        Parameter(negative="", help="a picture that goes along; may be repeated"),
    ] = None,
    route: AskedRoute = None,
    model: AskedModels = None,
    new: Annotated[bool, Parameter(negative="", help="begin another conversation")] = False,
    apply: Apply = False,
    over: Over = False,
    as_json: Json = False,
) -> None:
    """Ask the director of SCRIPT; the conversation goes on with the next question.

    Without a key it says which is needed.
    """
    from reelwright.app.running import run_loop
    from reelwright.engines.storage.files import write_text
    from reelwright.generation.routes.route import read_route
    from reelwright.studio.reading import notes_path, read_film

    read, wanted = read_film(script), read_route(route, model or ())
    asked = _Asked(question, about or (), image or (), wanted, new, apply, over, as_json)
    advice, applied = run_loop(lambda: _ask(script, read, asked))
    if applied and applied.notes:
        write_text(notes_path(script), applied.notes)
    if as_json:
        print(json.dumps(_plain(advice, applied), ensure_ascii=False))
    else:
        _show(advice, applied, notes_path(script))


async def _ask(script: Path, read: "ReadFilm", asked: _Asked) -> "tuple[Advice, Applied | None]":
    from reelwright.app.running import running
    from reelwright.studio.advice.desk import DirectorDesk
    from reelwright.studio.productions.local_scripts import LocalScripts

    async with running(directing=True) as house:
        desk = await house.container.get(DirectorDesk)
        scripts = await house.container.get(LocalScripts)
        revision = await scripts.keep(house.owner, script, read)
        thread = await _thread(house, desk, revision.project_id, new=asked.new)
        images = [await _kept(house, path) for path in asked.images]
        streamed = desk.stream(
            house.owner,
            thread,
            asked.question,
            about=asked.about,
            images=images,
            route=asked.route,
        )
        advice: Advice | None = None
        async for piece in streamed:
            if not isinstance(piece, str):
                advice = piece
            elif not asked.quiet:
                print(piece, end="", flush=True)
        if advice is None:
            raise AssertionError("a stream ends with its message")
        if not asked.apply or not advice.edits:
            return advice, None
        return advice, await desk.apply(house.owner, advice.id, over=asked.over)


async def _thread(
    house: "OpenHouse", desk: "DirectorDesk", project_id: "ProjectId", *, new: bool
) -> "DirectorThreadId":
    """The newest conversation, or another."""
    threads = (await desk.threads(house.owner, project_id)).rows
    return threads[0].id if threads and not new else (await desk.open(house.owner, project_id)).id


async def _kept(house: "OpenHouse", path: Path) -> "AssetId":
    from reelwright.library.asset_service import AssetService
    from reelwright.library.assets import Origin, OriginKind

    library = await house.container.get(AssetService)
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    origin = Origin(OriginKind.UPLOAD, path.name)
    kept = await library.keep(
        house.owner, path, name=path.name, media_type=media_type, origin=origin
    )
    return kept.id


def _plain(advice: "Advice", applied: "Applied | None") -> dict[str, Any]:
    told: dict[str, Any] = {"thread": advice.thread_id, "message": advice.id}
    told |= {"answer": advice.text, "edits": [asdict(one) for one in advice.edits]}
    told |= {"warnings": advice.warnings, "model": advice.model, "cost_micros": advice.cost_micros}
    return told | {"applied": len(applied.applied) if applied else 0}


def _show(advice: "Advice", applied: "Applied | None", notes: Path) -> None:
    print()
    for number, edit in enumerate(advice.edits, 1):
        print(f"  {number}. {edit.in_words()}")
    for warning in advice.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if applied:
        print(f"{len(applied.applied)} notes are in {notes}")
        for edit in applied.kept:
            print(f"kept, for a note stands there: {edit.in_words()}")
    elif advice.edits:
        print("--apply writes them into the notes")
    cost = advice.cost_micros
    price = "nobody knows" if cost is None else f"{cost / 1_000_000:.6g} {advice.currency}"
    print(f"by {advice.model}; cost {price}")
