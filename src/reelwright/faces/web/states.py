"""The state of a project over HTTP: what an editor knows besides the script, in versions."""

from datetime import datetime
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict

from reelwright.faces.web.preconditions import IfMatch, numbered, seen_of
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import (
    Pages,
    PageView,
    PlainObject,
    ProjectInPath,
    not_ours,
    paged,
)
from reelwright.ground.errors import InvalidInputError
from reelwright.projects.saving import SaveManager
from reelwright.projects.state import StateNote, StateVersion
from reelwright.projects.states import ProjectStates

router = APIRouter(prefix="/projects/{project_id}/state", tags=["states"], route_class=GuardedRoute)

_LETTER = "v"
_MOST = 2**31 - 1

Seen = Annotated[
    int | None,
    Query(ge=0, le=_MOST, description="The version that was changed; 0: there was none."),
]
VersionInPath = Annotated[int, Path(ge=1, le=_MOST)]


class StateView(BaseModel):
    """A state as it was saved: `analysis`, `moodboard`, `timeline`, `roadmap`, `ui`, and `data`, which is free.

    Version 0 is the empty state that nobody has saved. `restored` is the version it brought back.
    """

    model_config = ConfigDict(from_attributes=True)

    version: int
    state: dict[str, Any]
    saved_at: datetime | None
    user_id: str | None
    restored: int | None


class StateNoteView(BaseModel):
    """A version without its content; `size` is in bytes."""

    model_config = ConfigDict(from_attributes=True)

    version: int
    size: int
    saved_at: datetime
    user_id: str
    restored: int | None


def _view(found: StateVersion, response: Response) -> StateView:
    response.headers["ETag"] = numbered(_LETTER, found.version)
    return StateView.model_validate(found)


def _note(found: StateNote) -> StateNoteView:
    return StateNoteView.model_validate(found)


@router.get("", responses=declared(404))
async def get_state(
    who: Caller, project_id: ProjectInPath, response: Response, states: FromDishka[ProjectStates]
) -> StateView:
    """The newest state; its ETag names the version."""
    return _view(await states.load(who, project_id), response)


@router.put("", responses=declared(400, 404, 409, 412, 413, 422))
async def save_state(
    who: Caller,
    project_id: ProjectInPath,
    state: PlainObject,
    response: Response,
    states: FromDishka[ProjectStates],
    expected: Seen = None,
    if_match: IfMatch = None,
) -> StateView:
    """Make this the newest state. A stale one is refused, and `details` has both: `there` and `sent`.

    409 with `expected`, 412 with `If-Match`. Equal content makes no version. The version that was seen
    must be said.
    """
    seen = seen_of(_LETTER, expected, if_match)
    if seen is None and if_match is None:
        raise InvalidInputError(
            "a state is saved over a version that was seen",
            way_out="say which: ?expected=3, or If-Match with its ETag; 0 for the first",
        )
    return _view(await states.save(who, project_id, state, expected=seen), response)


@router.patch("", responses=declared(400, 404, 409, 412, 413, 422, 503))
async def edit_state(
    who: Caller,
    project_id: ProjectInPath,
    patch: PlainObject,
    response: Response,
    saving: FromDishka[SaveManager],
    expected: Seen = None,
    if_match: IfMatch = None,
) -> StateView:
    """Change parts of the state by a JSON merge patch (RFC 7396); null takes away.

    Edits that come soon after one another are saved as one version; each is answered when it is
    saved. With `expected` or `If-Match`, edits of a version that is stale are refused as by `PUT`, unless all that
    was saved since is one's own.
    """
    seen = seen_of(_LETTER, expected, if_match)
    return _view(await saving.save(who, project_id, patch, expected=seen), response)


@router.get("/versions", responses=declared(404, 422))
async def list_state_versions(
    who: Caller, project_id: ProjectInPath, paging: Pages, states: FromDishka[ProjectStates]
) -> PageView[StateNoteView]:
    """The versions that are kept, newest first: all of the last day, fewer of the time before."""
    if not all(isinstance(number, int) for number in paging.after() or []):
        raise not_ours()
    return paged(await states.list_versions(who, project_id, paging), _note)


@router.get("/versions/{version}", responses=declared(404, 422))
async def get_state_version(
    who: Caller,
    project_id: ProjectInPath,
    version: VersionInPath,
    response: Response,
    states: FromDishka[ProjectStates],
) -> StateView:
    """An earlier version of the state."""
    return _view(await states.load_version(who, project_id, version), response)


@router.post("/versions/{version}/restore", responses=declared(404, 409, 412, 422))
async def restore_state(
    who: Caller,
    project_id: ProjectInPath,
    version: VersionInPath,
    response: Response,
    states: FromDishka[ProjectStates],
    expected: Seen = None,
    if_match: IfMatch = None,
) -> StateView:
    """Make an earlier version's content the newest again, as a version of its own."""
    seen = seen_of(_LETTER, expected, if_match)
    restored = await states.restore_version(who, project_id, version, expected=seen)
    return _view(restored, response)
