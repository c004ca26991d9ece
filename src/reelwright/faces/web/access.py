"""What each operation asks of whoever calls it: a role, a scope of their token, and where."""

import inspect
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from reelwright.ground.principals import Role
from reelwright.identity.visitors import Scope

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

OF_PROJECTS = (
    "project_id",
    "film_id",
    "job_id",
    "asset_id",
    "reference_id",
    "thread_id",
    "session_id",
)
"""Ids in paths that lead to one project, or to none if what they name belongs to the workspace."""
_LOOKS = {"GET", "HEAD"}
_DECLARED = "__access__"


class Place(StrEnum):
    """Where the role is asked for."""

    SELF = "self"  # a person's own affairs: whoever they are
    WORKSPACE = "workspace"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Access:
    """What an operation asks. Without a scope no token will do: a person must have signed in."""

    role: Role
    scope: Scope | None
    place: Place

    @property
    def described(self) -> str:
        """In words, for the API's description."""
        where = {Place.SELF: "anybody", Place.WORKSPACE: "in the workspace"}
        who = where.get(self.place, "on the project")
        who = who if self.place is Place.SELF else f"{self.role.value} {who}"
        return f"Asks for: {who}; {f'scope `{self.scope}`' if self.scope else 'a session'}."


def asks(
    role: Role | None = None,
    scope: Scope | None = None,
    *,
    place: Place | None = None,
    session: bool = False,
) -> Callable[[Endpoint], Endpoint]:
    """Say what an operation asks where that is not what its method and path say.

    `session`: no token will do. Without it, reading asks for a viewer and the scope `read`, all else
    for an editor and the scope `write`: on the project that the path leads to, else in the workspace.
    """

    def declare(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _DECLARED, (role, scope, place, session))
        return endpoint

    return declare


def access_of(endpoint: Callable[..., Any], path: str, methods: Collection[str]) -> Access:
    """What an operation asks."""
    said = getattr(inspect.unwrap(endpoint), _DECLARED, (None, None, None, False))
    role, scope, place, session = said
    looks = set(methods) <= _LOOKS
    if place is None:
        inside = any(f"{{{name}}}" in path for name in OF_PROJECTS)
        place = Place.PROJECT if inside else Place.WORKSPACE
    if scope is None and not session:
        scope = Scope.READ if looks else Scope.WRITE
    return Access(role or (Role.VIEWER if looks else Role.EDITOR), scope, place)
