"""Handing over: a project or a workspace becomes somebody else's, who has agreed to it.

A project stays where it is, in its workspace; its files are counted for its new owner from then on.
"""

from dataclasses import dataclass

from sqlalchemy import text

from reelwright.engines.database.database import Tx
from reelwright.ground.errors import ConflictError, DeniedError, ExhaustedError, MissingError
from reelwright.ground.ids import ProjectId, UserId
from reelwright.ground.principals import Principal

_OWNER_OF_PROJECT = text(
    "SELECT user_id FROM projects WHERE workspace_id = :workspace AND id = :project"
)
_WORKSPACE = text("SELECT owner_id, personal FROM workspaces WHERE id = :workspace")
_TAKE_PROJECT = text("SELECT hand_over_project(:place, :giver, :taker, :leaves, :most)")
_TAKE_WORKSPACE = text("SELECT hand_over_workspace(:place, :giver, :taker, :leaves)")


class NoRoomError(ExhaustedError):
    """Whoever is to take a project over has no room for its files."""

    code = "quota_exhausted"


@dataclass(frozen=True, slots=True)
class Given:
    """What is given by whom to whom, and whether the giver leaves it."""

    place: str
    giver: UserId
    taker: UserId
    leaves: bool


async def owner_to_give(tx: Tx, who: Principal, project: ProjectId | None) -> UserId:
    """Whose a project is, or the workspace of whoever asks, if they may give it away.

    Of a project that is its owner, or the workspace's. Raises DeniedError, MissingError,
    ConflictError for a personal workspace.
    """
    here = {"workspace": who.workspace}
    workspace = (await tx.execute(_WORKSPACE, here)).one_or_none()
    if workspace is None:
        raise MissingError("there is no such workspace")
    owner: str = workspace.owner_id
    if project is not None:
        found = await tx.scalar(_OWNER_OF_PROJECT, here | {"project": project})
        if found is None:
            raise MissingError(f"there is no project {project}")
        owner = found
    elif workspace.personal:
        raise ConflictError(
            "a personal workspace stays its person's", way_out="hand over its projects"
        )
    if who.user not in {owner, workspace.owner_id}:
        raise DeniedError("only its owner gives it away", way_out="ask them")
    return UserId(owner)


async def take_project(tx: Tx, given: Given, most: int | None) -> bool:
    """Make a project the taker's, who may have `most` bytes; False if it is not the giver's any more.

    Raises NoRoomError.
    """
    told = _told(given) | {"most": most}
    outcome = await tx.scalar(_TAKE_PROJECT, told)
    if outcome == "full":
        raise NoRoomError(
            "you have no room for the files of the project",
            way_out="delete what is not needed, or ask an operator for more",
        )
    return outcome == "done"


async def take_workspace(tx: Tx, given: Given) -> bool:
    """Make a workspace the taker's; False if it is not the giver's any more."""
    return await tx.scalar(_TAKE_WORKSPACE, _told(given)) == "done"


def _told(given: Given) -> dict[str, object]:
    told: dict[str, object] = {"place": given.place, "giver": given.giver}
    return told | {"taker": given.taker, "leaves": given.leaves}
