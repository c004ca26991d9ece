"""A project's script as it stands: broken down, with its notes; and notes added to it."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reelwright.engines.database.database import Tx
from reelwright.film.breakdown.model import Breakdown
from reelwright.film.breakdown.script import break_down
from reelwright.film.notes import Directed, NoteChange, add_notes, apply_notes, parse_notes
from reelwright.film.screenplay.formats import read_screenplay
from reelwright.film.screenplay.pdf_layout import PlacedRun
from reelwright.ground.errors import ConflictError
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.projects.service import ProjectService
from reelwright.projects.values import Content, Project, Revision
from reelwright.studio.productions.scripts import NOTES

_NOTES_TYPE = "application/toml"


class UnfollowableNoteError(ConflictError):
    """A note that would be added cannot be followed in the script as it stands."""

    code = "note_unfollowable"


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The newest revision: what the script alone gives, the notes' text, and both together."""

    project: Project
    breakdown: Breakdown
    notes: str
    directed: Directed


class Manuscripts:
    """Reads projects' scripts, and adds notes as new revisions."""

    def __init__(self, projects: ProjectService, library: AssetService) -> None:
        self._projects = projects
        self._library = library

    async def read(self, who: Principal, project_id: ProjectId) -> Manuscript:
        """The project's script as it stands; raises ProjectMissingError, NoScriptError."""
        project = await self._projects.get(who, project_id)
        head = project.head
        script = await self._library.read(who, head.files[head.screenplay()])
        notes = await self._library.read(who, head.files[NOTES]) if NOTES in head.files else b""
        return await asyncio.to_thread(read_manuscript, project, script, notes.decode("utf-8-sig"))

    async def annotate(
        self,
        who: Principal,
        manuscript: Manuscript,
        changes: Sequence[NoteChange],
        *,
        files: Mapping[str, AssetId] | None = None,
        spare: str | None = None,
    ) -> Revision:
        """The revision with these notes; the head itself when there are none.

        `files` are added; files below the folder `spare` that the notes name no more are left out.

        Raises UnfollowableNoteError and InvalidInputError when the notes would not do together,
        RevisionConflictError when the project was revised meanwhile.
        """
        if not changes:
            return manuscript.project.head
        text = annotated(manuscript.breakdown, manuscript.notes, changes)
        project, head = manuscript.project, manuscript.project.head
        if text == manuscript.notes and not files:
            return head
        kept = {
            name: asset
            for name, asset in {**head.files, **(files or {})}.items()
            if not (spare and name.startswith(spare)) or name in text
        }
        return await self._revise(who, project, kept, text)

    async def _revise(
        self, who: Principal, project: Project, kept: Mapping[str, AssetId], text: str
    ) -> Revision:
        """The revision with notes of that text, beside these files."""
        head = project.head
        made: list[Revision] = []

        async def hold(tx: Tx) -> None:
            await self._projects.hold_in(tx, who, project.id)

        async def revise(tx: Tx, asset: AssetId) -> None:
            new = Content({**kept, NOTES: asset}, head.script)
            made.append(
                await self._projects.revise_in(
                    tx, who, project.id, lambda _: new, expected=head.number
                )
            )

        await self._library.keep_bytes(
            who,
            text.encode(),
            name=NOTES,
            media_type=_NOTES_TYPE,
            project_id=project.id,
            joining=hold,
            following=revise,
        )
        return made[-1]


def annotated(breakdown: Breakdown, notes: str, changes: Iterable[NoteChange]) -> str:
    """Notes with changes, as text; they are read, and followed once, before anybody gets them."""
    text = add_notes(notes, changes)
    before = apply_notes(breakdown, parse_notes(notes)).reports
    after = apply_notes(breakdown, parse_notes(text)).reports
    for report in after:
        if report not in before:
            raise UnfollowableNoteError(report, way_out="leave it out, and apply the others")
    return text


def read_manuscript(project: Project, script: bytes, notes: str) -> Manuscript:
    """A project's script and notes as they stand; raises InvalidInputError."""
    screenplay = read_screenplay(script, project.head.screenplay(), _pdf_runs)
    breakdown = break_down(screenplay)
    return Manuscript(project, breakdown, notes, apply_notes(breakdown, parse_notes(notes)))


def _pdf_runs(data: bytes, name: str) -> Sequence[Sequence[PlacedRun]]:
    from reelwright.engines.media.pdf_text import read_pdf_runs  # noqa: PLC0415 - only for PDFs

    return read_pdf_runs(data, name)
