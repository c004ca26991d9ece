"""The states of a project with their history, and what was said about it, as they go into a file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import insert, select, text

from reelwright.engines.database.database import Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import CommentId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.ground.texts import json_text
from reelwright.identity.tables import UserRow
from reelwright.projects import statements
from reelwright.projects.carried import Number
from reelwright.projects.comment import LONGEST, About, Anchor, checked_body
from reelwright.projects.records import is_line
from reelwright.projects.settings import ProjectSettings
from reelwright.projects.state import StateTooLargeError, checked
from reelwright.projects.tables import CommentRow, StateVersionRow
from reelwright.projects.types import PROJECT_CONFIGS

MOST_OF_STATES = 32 * 2**20
"""So many bytes of states go into a file: the newest of each editor, then the history while it fits."""
_NOBODY = "somebody"
_LONGEST_AUTHOR = 100

_SIZES = text("""
    SELECT editor, version, size FROM project_state_versions
    WHERE workspace_id = :workspace AND project_id = :project
    ORDER BY version = max(version) OVER (PARTITION BY editor) DESC, created_at DESC, version DESC""")


class CarriedState(BaseModel):
    """A state as it was saved for one type of editor; `restored` is the version it brought back."""

    model_config = ConfigDict(extra="forbid")

    editor: str = Field(max_length=60)
    version: Number
    data: dict[str, Any]
    at: AwareDatetime
    restored: Number | None


class States:
    """The states of projects, in versions."""

    name = "states"
    item = CarriedState
    shows_assets = False

    def __init__(self, clock: Clock, settings: ProjectSettings) -> None:
        self._clock = clock
        self._largest = settings.largest_state

    async def pack_in(
        self, tx: Tx, who: Principal, project_id: ProjectId
    ) -> Sequence[CarriedState]:
        """The newest of each editor, and of the older ones the latest that fit."""
        told = {"workspace": who.workspace, "project": project_id}
        chosen, left = [], MOST_OF_STATES
        for one in await tx.execute(_SIZES, told):
            left -= one.size
            if left < 0:
                break
            chosen.append((one.editor, one.version))
        row = StateVersionRow
        mine = row.workspace_id == who.workspace, row.project_id == project_id
        found = []
        for editor, version in sorted(chosen):
            here = row.editor == editor, row.version == version
            found.append(_state((await tx.scalars(select(row).where(*mine, *here))).one()))
        return found

    async def unpack_in(
        self, tx: Tx, who: Principal, project_id: ProjectId, items: Sequence[CarriedState]
    ) -> None:
        """Write them down under the numbers they have."""
        if len({(one.editor, one.version) for one in items}) < len(items):
            raise InvalidInputError("a version of a state stands there twice")
        key = {"workspace": who.workspace, "project": project_id}
        for editor in sorted({one.editor for one in items}):
            if editor not in PROJECT_CONFIGS:
                raise InvalidInputError(f"{editor[:60]!r} is no type of editor")
            await tx.execute(statements.LOCK_STATE, key | {"editor": editor})
        for one in items:
            data = json_text(checked(one.data), "a state of the project")
            size = len(data.encode())
            if size > self._largest:
                raise StateTooLargeError(f"a state has {size} bytes, and may have {self._largest}")
            row = key | {"editor": one.editor, "version": one.version, "user": who.user}
            row |= {"data": data, "size": size, "restored": one.restored}
            row |= {"now": min(one.at, self._clock.now())}
            await tx.execute(statements.ADD_STATE, row)


class CarriedComment(BaseModel):
    """Something that was said, by whoever is called so; a reply names the `number` it answers."""

    model_config = ConfigDict(extra="forbid")

    number: Number
    thread: Number | None
    author: str = Field(min_length=1, max_length=_LONGEST_AUTHOR)
    about: About
    anchor: str | None = Field(max_length=100)
    label: str | None = Field(max_length=1000)
    at_ms: Annotated[int, Field(ge=0, lt=2**31)] | None
    body: str = Field(max_length=LONGEST)
    at: AwareDatetime
    edited_at: AwareDatetime | None
    resolved_at: AwareDatetime | None
    deleted_at: AwareDatetime | None


class Said:
    """What was said about projects. Whoever said it is a name from here on, and no user."""

    name = "comments"
    item = CarriedComment
    shows_assets = False

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def pack_in(
        self, tx: Tx, who: Principal, project_id: ProjectId
    ) -> Sequence[CarriedComment]:
        """All of it, in the order in which it was said."""
        row = CommentRow
        query = (
            select(row, UserRow.name)
            .outerjoin(UserRow, UserRow.id == row.user_id)
            .where(row.workspace_id == who.workspace, row.project_id == project_id)
            .order_by(row.created_at, row.id)
        )
        rows = (await tx.execute(query)).all()
        numbers = {one.id: at for at, (one, _) in enumerate(rows, 1)}
        return [_said(one, name, numbers) for one, name in rows]

    async def unpack_in(
        self, tx: Tx, who: Principal, project_id: ProjectId, items: Sequence[CarriedComment]
    ) -> None:
        """Write it down, as said by guests of those names."""
        # Sorted by the time they are given out, ids keep the order in which it was said.
        fresh = sorted(CommentId.new() for _ in items)
        ids = dict(zip(sorted(one.number for one in items), fresh, strict=True))
        first = {one.number for one in items if one.thread is None}
        if len(ids) < len(items) or not {one.thread for one in items if one.thread} <= first:
            raise InvalidInputError("the comments do not say which answers which")
        # Those that began a thread first: the others refer to them.
        for one in sorted(items, key=lambda said: (said.thread is not None, said.number)):
            row = self._row(one, ids)
            row |= {"workspace_id": who.workspace, "project_id": project_id}
            await tx.execute(insert(CommentRow).values(row))

    def _row(self, one: CarriedComment, ids: dict[int, CommentId]) -> dict[str, Any]:
        Anchor(one.about, one.anchor, one.at_ms, one.label).check()
        if not is_line(one.author + (one.anchor or "")):
            raise InvalidInputError("a name of a comment's author or place is not one line")
        body = checked_body(one.body) if one.deleted_at is None else ""
        row: dict[str, Any] = {"id": ids[one.number], "guest": one.author, "body": body}
        row |= {"thread_id": ids[one.thread] if one.thread else None, "about": one.about.value}
        row |= {"anchor": one.anchor, "label": one.label, "at_ms": one.at_ms}
        row |= {"created_at": self._past(one.at), "edited_at": self._past(one.edited_at)}
        row |= {"resolved_at": self._past(one.resolved_at)}
        return row | {"deleted_at": self._past(one.deleted_at)}

    def _past(self, at: datetime | None) -> datetime | None:
        return None if at is None else min(at, self._clock.now())


def _state(row: StateVersionRow) -> CarriedState:
    return CarriedState(
        editor=row.editor,
        version=row.version,
        data=row.data,
        at=row.created_at,
        restored=row.restored,
    )


def _said(row: CommentRow, name: str | None, numbers: dict[CommentId, int]) -> CarriedComment:
    # Who is called as their address is, is not told by it.
    called = (row.guest or name or _NOBODY).partition("@")[0]
    author = " ".join(called.split())[:_LONGEST_AUTHOR]
    return CarriedComment(
        number=numbers[row.id],
        thread=numbers.get(row.thread_id) if row.thread_id else None,
        author=author or _NOBODY,
        about=About(row.about),
        anchor=row.anchor,
        label=row.label,
        at_ms=row.at_ms,
        body=row.body,
        at=row.created_at,
        edited_at=row.edited_at,
        resolved_at=row.resolved_at,
        deleted_at=row.deleted_at,
    )
