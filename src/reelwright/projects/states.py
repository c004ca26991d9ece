"""Saving and finding states of projects: nothing that was saved is lost to whoever saves later."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import ProjectId, UserId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.ground.texts import json_text
from reelwright.projects import announcing, statements
from reelwright.projects.announcing import announce
from reelwright.projects.records import hold_here, project_of
from reelwright.projects.settings import ProjectSettings
from reelwright.projects.state import (
    PARTS,
    State,
    StateConflictError,
    StateMissingError,
    StateNote,
    StateTooLargeError,
    StateVersion,
    checked,
)
from reelwright.projects.tables import StateVersionRow
from reelwright.projects.thinning import bound_in, thin_states

_BEGINNING = Paging()
_EMPTY = StateVersion(0, {})


class ProjectStates:
    """The states of a workspace's projects, one for each type of editor; another workspace's are missing.

    Without `editor` it is the state for the project's own type. An id that is none of our projects'
    names a state that scripts keep for themselves; it needs an editor.
    """

    def __init__(self, database: Database, clock: Clock, settings: ProjectSettings) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings

    async def load(
        self, who: Principal, project_id: str, *, editor: str | None = None
    ) -> StateVersion:
        """The newest state; the empty version 0 if there is none. Raises ProjectMissingError."""
        async with self._database.read(who) as tx:
            editor = editor or await _own_editor(tx, who, project_id)
            return await _newest(tx, who, project_id, editor)

    async def save(
        self,
        who: Principal,
        project_id: str,
        state: Mapping[str, Any],
        *,
        expected: int | None = None,
        editor: str | None = None,
    ) -> StateVersion:
        """Make this the newest state; an equal one makes no version.

        `expected` is the version the caller has seen: if it is another now, which says something
        else, StateConflictError is raised with both, and nothing changes.
        """
        new = dict(state)
        return await self.change(who, project_id, lambda _: new, expected=expected, editor=editor)

    async def change(
        self,
        who: Principal,
        project_id: str,
        change: Callable[[State], Mapping[str, Any]],
        *,
        expected: int | None = None,
        editor: str | None = None,
        restored: int | None = None,
        edit: bool = False,
    ) -> StateVersion:
        """Save what `change` makes of the newest state; nobody saves in between. As `save` otherwise.

        With `edit` it changes but what it names: versions of the same person's since `expected`, as
        they come of edits on their way elsewhere, are no conflict.
        """
        async with self._database.transaction(who) as tx:
            editor = await _writable(tx, who, project_id, editor)
            there = await _locked(tx, who, project_id, editor)
            new = checked(change(there.state))
            text = self._text(new)
            same = {"new": text, **_key(who, project_id, editor), "version": there.version}
            if await tx.scalar(statements.IS_SAME_STATE, same) if there.version else not new:
                return there
            if expected is not None and expected != there.version:
                key = _key(who, project_id, editor)
                if not (edit and await _is_ones_own(tx, who, key, expected, there.version)):
                    raise StateConflictError(there, expected, new)
            made = StateVersion(there.version + 1, new, self._clock.now(), who.user, restored)
            await tx.execute(statements.ADD_STATE, _row(who, project_id, editor, made, text))
            await bound_in(tx, _key(who, project_id, editor), self._settings.largest_history)
            told = {"version": made.version, "editor": editor, "restored": restored}
            parts = _changed(there.state, new)
            await announce(tx, announcing.SAVED, project_id, parts=parts, **told)
            return made

    async def list_versions(
        self,
        who: Principal,
        project_id: str,
        paging: Paging = _BEGINNING,
        *,
        editor: str | None = None,
    ) -> Page[StateNote]:
        """What versions are kept, newest first, without their content."""
        row = StateVersionRow
        async with self._database.read(who) as tx:
            editor = editor or await _own_editor(tx, who, project_id)
            query = select(row.version, row.size, row.created_at, row.user_id, row.restored).where(
                *_mine(who, project_id, editor)
            )
            if after := paging.after():
                query = query.where(row.version < int(after[0]))
            query = query.order_by(row.version.desc()).limit(paging.limit + 1)
            found = [
                StateNote(one.version, one.size, one.created_at, UserId(one.user_id), one.restored)
                for one in await tx.execute(query)
            ]
        return paging.page(found, lambda note: [note.version])

    async def load_version(
        self, who: Principal, project_id: str, version: int, *, editor: str | None = None
    ) -> StateVersion:
        """An earlier version; raises StateMissingError."""
        async with self._database.read(who) as tx:
            editor = editor or await _own_editor(tx, who, project_id)
            query = select(StateVersionRow).where(
                *_mine(who, project_id, editor), StateVersionRow.version == version
            )
            row = (await tx.execute(query)).scalar_one_or_none()
        if row is None:
            raise StateMissingError(f"there is no version {version} of this state")
        return _version(row)

    async def restore_version(
        self, who: Principal, project_id: str, version: int, *, expected: int | None = None
    ) -> StateVersion:
        """Make an earlier version's content the newest again, as a version of its own."""
        old = await self.load_version(who, project_id, version)
        return await self.change(
            who, project_id, lambda _: old.state, expected=expected, restored=version
        )

    async def copy_in(
        self,
        tx: Tx,
        who: Principal,
        source: ProjectId,
        target: ProjectId,
        change: Callable[[State], State],
    ) -> None:
        """Give a project the newest states of another, each as its first version."""
        for editor, found in (await self.newest_in(tx, who, source)).items():
            state = checked(change(found.state))
            made = StateVersion(1, state, self._clock.now(), who.user)
            await _locked(tx, who, target, editor)
            row = _row(who, target, editor, made, self._text(state))
            await tx.execute(statements.ADD_STATE, row)

    async def newest_in(
        self, tx: Tx, who: Principal, project_id: ProjectId
    ) -> dict[str, StateVersion]:
        """The newest states of a project by their editors."""
        found = await tx.execute(
            statements.NEWEST_STATES, {"workspace": who.workspace, "project": project_id}
        )
        return {
            row.editor: StateVersion(row.version, row.data, row.created_at, UserId(row.user_id))
            for row in found
        }

    async def forget_in(self, tx: Tx, who: Principal, project_id: ProjectId) -> None:
        """Forget all states of a project."""
        await tx.execute(
            statements.FORGET_STATES, {"workspace": who.workspace, "project": project_id}
        )

    async def thin(self) -> int:
        """Thin out old versions everywhere, state by state; returns how many went. The newest always stays.

        Of the last day all are kept, of the last week the last one of each hour, of the last
        quarter the last of each day, and of all before the last of each week.
        """
        return await thin_states(self._database, self._clock)

    def _text(self, state: State) -> str:
        text = json_text(state, "the state of a project")
        size, largest = len(text.encode()), self._settings.largest_state
        if size > largest:
            raise StateTooLargeError(
                f"the state has {size} bytes, and may have {largest}",
                way_out="keep pictures and sounds in the library, and name them by their ids",
            )
        return text


async def _own_editor(tx: Tx, who: Principal, project_id: str) -> str:
    return (await project_of(tx, who.workspace, ProjectId.parse(project_id))).project_type


async def _writable(tx: Tx, who: Principal, project_id: str, editor: str | None) -> str:
    """The editor, when the state may be changed: a project that is there is held until the end."""
    try:
        known = ProjectId.parse(project_id)
    except InvalidInputError:
        if editor is None:
            raise
        return editor
    project = await hold_here(tx, who, known)
    return editor or project.project_type


async def _locked(tx: Tx, who: Principal, project_id: str, editor: str) -> StateVersion:
    """The newest state; whoever else saves it waits until the end of this transaction."""
    await tx.execute(statements.LOCK_STATE, _key(who, project_id, editor))
    return await _newest(tx, who, project_id, editor)


async def _is_ones_own(
    tx: Tx, who: Principal, key: Mapping[str, Any], expected: int, there: int
) -> bool:
    """Whether all versions since the expected one are of the same person, and none of them is gone."""
    if expected > there:
        return False
    told = {**key, "user": who.user, "expected": expected, "there": there}
    return bool(await tx.scalar(statements.IS_ONES_OWN, told))


async def _newest(tx: Tx, who: Principal, project_id: str, editor: str) -> StateVersion:
    query = select(StateVersionRow).where(*_mine(who, project_id, editor))
    query = query.order_by(StateVersionRow.version.desc()).limit(1)
    row = (await tx.execute(query)).scalar_one_or_none()
    return _EMPTY if row is None else _version(row)


def _mine(who: Principal, project_id: str, editor: str) -> tuple[Any, ...]:
    return (
        StateVersionRow.workspace_id == who.workspace,
        StateVersionRow.project_id == project_id,
        StateVersionRow.editor == editor,
    )


def _key(who: Principal, project_id: str, editor: str) -> dict[str, Any]:
    return {"workspace": who.workspace, "project": project_id, "editor": editor}


def _row(
    who: Principal, project_id: str, editor: str, made: StateVersion, text: str
) -> dict[str, Any]:
    row = _key(who, project_id, editor) | {"user": who.user, "version": made.version}
    now: datetime | None = made.saved_at
    return row | {
        "data": text,
        "size": len(text.encode()),
        "now": now,
        "restored": made.restored,
    }


def _version(row: StateVersionRow) -> StateVersion:
    return StateVersion(row.version, row.data, row.created_at, UserId(row.user_id), row.restored)


def _changed(before: State, after: State) -> list[str]:
    """The names of the parts that differ."""
    return [name for name in PARTS if before.get(name) != after.get(name)]
