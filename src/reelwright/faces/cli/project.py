"""`reelwright project`: the projects there are; one as a file, and a file as one."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from cyclopts import App, Parameter

from reelwright.faces.cli.arguments import Json
from reelwright.faces.cli.screen import Screen

if TYPE_CHECKING:
    from reelwright.app.start import OpenHouse
    from reelwright.projects.values import Project
    from reelwright.studio.parcels.local import LocalParcels

T = TypeVar("T")

project = App(name="project", help="Projects of this installation's owner: list, export, import.")


@project.command(name="list")
def list_(
    *,
    limit: Annotated[int, Parameter(help="at most so many")] = 20,
    after: Annotated[str | None, Parameter(help="go on where a page ended")] = None,
    as_json: Json = False,
) -> None:
    """List projects, newest first."""
    from reelwright.ground.paging import Paging

    async def ask(house: "OpenHouse") -> Any:
        from reelwright.projects.service import ProjectService

        projects = await house.container.get(ProjectService)
        return await projects.list(house.owner, Paging(limit, after))

    page = _run(ask, worker=False)
    if as_json:
        print(json.dumps({"projects": [_plain(one) for one in page.rows], "next": page.next}))
        return
    for one in page.rows:
        print(f"{one.id}  {one.project_type:<10}  {one.name}")
    if page.next:
        print(f"more: reelwright project list --after {page.next}")


@project.command
def export(
    project_id: str,
    /,
    *,
    out: Annotated[Path | None, Parameter(help="the file; else NAME.reelwright, here")] = None,
    as_json: Json = False,
) -> None:
    """Write all of a project to one file: its script, history, comments, files, and what was made."""
    from reelwright.ground.ids import ProjectId

    known = ProjectId.parse(project_id)
    with Screen() as screen:
        path = _parcels(lambda local, house: local.write(house.owner, known, out, screen))
    print(json.dumps({"file": str(path)}) if as_json else path)


@project.command(name="import")
def import_(
    file: Path,
    /,
    *,
    name: Annotated[str | None, Parameter(help="what it is called; else as it was")] = None,
    as_json: Json = False,
) -> None:
    """Make a project of a file that was exported, here or elsewhere."""
    from reelwright.ground.errors import InvalidInputError

    if not file.is_file():
        raise InvalidInputError(
            f"{file}: there is no such file", way_out="name one that `project export` wrote"
        )
    with Screen() as screen:
        made = _parcels(lambda local, house: local.read(house.owner, file, name, screen))
    print(json.dumps(_plain(made)) if as_json else f"{made.id}  {made.name}")


def _parcels(work: "Callable[[LocalParcels, OpenHouse], Awaitable[T]]") -> T:
    async def ask(house: "OpenHouse") -> T:
        from reelwright.studio.parcels.local import LocalParcels

        return await work(await house.container.get(LocalParcels), house)

    return _run(ask, worker=True)


def _run(question: "Callable[[OpenHouse], Awaitable[T]]", *, worker: bool) -> T:
    from reelwright.app.running import run_loop, running

    async def ask() -> T:
        async with running(worker=worker) as house:
            return await question(house)

    return run_loop(ask)


def _plain(one: "Project") -> dict[str, str]:
    return {"id": one.id, "name": one.name, "type": one.project_type}
