"""What is said about projects, as values: where it stands, who said it, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reelwright.ground.errors import DeniedError, InvalidInputError, MissingError
from reelwright.ground.ids import CommentId, ProjectId, UserId

LONGEST = 10_000
MOST_REPLIES = 500


class CommentMissingError(MissingError):
    """There is no such comment on this project."""

    code = "comment_missing"


class NotYoursError(DeniedError):
    """Somebody else said it: only they change it."""

    code = "not_yours"


class About(StrEnum):
    """What a comment is about."""

    PROJECT = "project"
    SCENE = "scene"
    SHOT = "shot"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a comment stands: a scene's or shot's stable id, or a time in the film, in milliseconds.

    `label` is what the scene or shot was called when it was said.
    """

    about: About = About.PROJECT
    id: str | None = None
    at_ms: int | None = None
    label: str | None = None

    def check(self) -> None:
        """Raise InvalidInputError unless it says what its kind needs, and no more."""
        fits = {
            About.PROJECT: (False, False),
            About.SCENE: (True, False),
            About.SHOT: (True, False),
            About.TIME: (False, True),
        }[self.about]
        if fits != (self.id is not None, self.at_ms is not None):
            raise InvalidInputError(
                f"this is no place of a comment about a {self.about}",
                way_out="a scene or a shot needs its id, a time its at_ms, a project neither",
            )
        if self.at_ms is not None and not 0 <= self.at_ms < 2**31:
            raise InvalidInputError("a time is at or after the beginning of the film")


@dataclass(frozen=True, slots=True)
class Comment:
    """One thing that was said; a reply names its thread, which is the comment it began with.

    Who came by a share link is a `guest` and no user. A deleted one that was answered stays, empty.
    """

    id: CommentId
    project_id: ProjectId
    thread_id: CommentId | None
    user_id: UserId | None
    guest: str | None
    anchor: Anchor
    body: str
    created_at: datetime
    edited_at: datetime | None = None
    resolved_at: datetime | None = None
    resolved_by: UserId | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CommentThread:
    """A comment and its replies, the oldest first.

    `lost`: the script as it stands has no such scene or shot any more.
    """

    first: Comment
    replies: Sequence[Comment]
    lost: bool = False


@dataclass(frozen=True, slots=True)
class CommentFilter:
    """What comments are asked for: about what, about which scene or shot, still open or not."""

    about: About | None = None
    anchor: str | None = None
    resolved: bool | None = None


def checked_body(body: str) -> str:
    """What is said, without spaces around it; raises InvalidInputError."""
    body = body.strip()
    if not 1 <= len(body) <= LONGEST or "\0" in body:
        raise InvalidInputError(f"a comment has 1 to {LONGEST} signs")
    return body
