"""The calls of the tag `projects`. Written by `make openapi`."""

from collections.abc import AsyncIterator

from reelwright.client.models.projects import (
    Destination,
    OwnAssets,
    ProjectCopy,
    ProjectFile,
    ProjectNames,
    ProjectView,
    RevisionTextView,
    RevisionView,
    ScriptText,
)
from reelwright.client.models.shared import JobView
from reelwright.client.waiting import Waited, each, waited
from reelwright.client.wire import Wire, at, read


class ProjectsCalls:
    """The calls of the tag `projects`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def create_project(self, body: ScriptText, *, key: str | None = None) -> ProjectView:
        """Make a project from a script: as JSON, or as a form with notes and media of its own."""
        answer = await self._wire.ask("POST", "/api/v1/projects", body=body, key=key)
        return read(ProjectView, answer.body)

    def list_projects(
        self, *, archived: bool | None = None, trashed: bool | None = None, limit: int = 50
    ) -> AsyncIterator[ProjectView]:
        """The projects of the workspace, newest first."""
        return self._wire.rows(
            "/api/v1/projects",
            {"archived": archived, "trashed": trashed, "limit": limit},
            ProjectView,
        )

    async def revise_project(
        self,
        project_id: str,
        body: ScriptText,
        *,
        only: bool | None = None,
        expected: int | None = None,
    ) -> RevisionView:
        """Make what is sent the newest revision; equal content makes none. Other files stay."""
        answer = await self._wire.ask(
            "PUT",
            at("/api/v1/projects/{project_id}/revision", project_id=project_id),
            query={"only": only, "expected": expected},
            body=body,
        )
        return read(RevisionView, answer.body)

    async def get_newest_revision(self, project_id: str) -> RevisionTextView:
        """The newest revision with its script and notes as text; its ETag names it."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/projects/{project_id}/revision", project_id=project_id)
        )
        return read(RevisionTextView, answer.body)

    async def import_project(self, body: ProjectFile, *, key: str | None = None) -> JobView:
        """Make a project of a file that was exported, here or elsewhere: a job, whose result names it."""
        answer = await self._wire.ask("POST", "/api/v1/projects/imports", body=body, key=key)
        return read(JobView, answer.body)

    async def get_revision(self, project_id: str, number: int) -> RevisionTextView:
        """A revision with its script and notes as text."""
        answer = await self._wire.ask(
            "GET",
            at(
                "/api/v1/projects/{project_id}/revisions/{number}",
                project_id=project_id,
                number=number,
            ),
        )
        return read(RevisionTextView, answer.body)

    async def restore_revision(
        self, project_id: str, number: int, *, expected: int | None = None, key: str | None = None
    ) -> RevisionView:
        """Make an earlier revision's content the newest again, as a revision of its own."""
        answer = await self._wire.ask(
            "POST",
            at(
                "/api/v1/projects/{project_id}/revisions/{number}/restore",
                project_id=project_id,
                number=number,
            ),
            query={"expected": expected},
            key=key,
        )
        return read(RevisionView, answer.body)

    async def get_project(self, project_id: str) -> ProjectView:
        """One project."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/projects/{project_id}", project_id=project_id)
        )
        return read(ProjectView, answer.body)

    async def rename_project(self, project_id: str, body: ProjectNames) -> ProjectView:
        """Give a project another name."""
        answer = await self._wire.ask(
            "PATCH", at("/api/v1/projects/{project_id}", project_id=project_id), body=body
        )
        return read(ProjectView, answer.body)

    async def trash_project(self, project_id: str) -> None:
        """Throw a project away: it can be restored for some days. Refused while something is made of it."""
        await self._wire.ask("DELETE", at("/api/v1/projects/{project_id}", project_id=project_id))

    def list_revisions(self, project_id: str, *, limit: int = 50) -> AsyncIterator[RevisionView]:
        """The revisions of a project, newest first."""
        return self._wire.rows(
            at("/api/v1/projects/{project_id}/revisions", project_id=project_id),
            {"limit": limit},
            RevisionView,
        )

    async def duplicate_project(
        self, project_id: str, body: ProjectCopy | None = None, *, key: str | None = None
    ) -> ProjectView:
        """Make a project of its own with the newest files and state of this one."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/projects/{project_id}/duplicate", project_id=project_id),
            body=body,
            key=key,
        )
        return read(ProjectView, answer.body)

    async def archive_project(self, project_id: str, *, key: str | None = None) -> ProjectView:
        """Put a project away; nothing of it is lost, and nothing of it is changed until it is back."""
        answer = await self._wire.ask(
            "POST", at("/api/v1/projects/{project_id}/archive", project_id=project_id), key=key
        )
        return read(ProjectView, answer.body)

    async def restore_project(self, project_id: str, *, key: str | None = None) -> ProjectView:
        """Bring a project back from the archive or from the trash."""
        answer = await self._wire.ask(
            "POST", at("/api/v1/projects/{project_id}/restore", project_id=project_id), key=key
        )
        return read(ProjectView, answer.body)

    async def delete_project(self, project_id: str) -> None:
        """Delete a project that is in the trash for good, with its files."""
        await self._wire.ask(
            "DELETE", at("/api/v1/projects/{project_id}/trash", project_id=project_id)
        )

    async def put_own_files(
        self, project_id: str, shot_id: str, role: str, body: OwnAssets
    ) -> RevisionView:
        """Let your own picture, clip or recordings take the place of what is made for a shot."""
        answer = await self._wire.ask(
            "PUT",
            at(
                "/api/v1/projects/{project_id}/shots/{shot_id}/own/{role}",
                project_id=project_id,
                shot_id=shot_id,
                role=role,
            ),
            body=body,
        )
        return read(RevisionView, answer.body)

    async def take_own_files_away(self, project_id: str, shot_id: str, role: str) -> RevisionView:
        """Let a shot be made again instead of showing your own file; the asset stays."""
        answer = await self._wire.ask(
            "DELETE",
            at(
                "/api/v1/projects/{project_id}/shots/{shot_id}/own/{role}",
                project_id=project_id,
                shot_id=shot_id,
                role=role,
            ),
        )
        return read(RevisionView, answer.body)

    async def export_project(self, project_id: str, *, key: str | None = None) -> JobView:
        """All of a project as one file: a job, whose result names the asset. It goes after 30 days."""
        answer = await self._wire.ask(
            "POST", at("/api/v1/projects/{project_id}/exports", project_id=project_id), key=key
        )
        return read(JobView, answer.body)

    async def move_project(
        self, project_id: str, body: Destination, *, key: str | None = None
    ) -> JobView:
        """Move a project to another workspace in which you edit: a job of that workspace."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/projects/{project_id}/move", project_id=project_id),
            body=body,
            key=key,
        )
        return read(JobView, answer.body)


class ProjectsWaited(Waited):
    """The same, waited for."""

    create_project = waited(ProjectsCalls.create_project)
    list_projects = each(ProjectsCalls.list_projects)
    revise_project = waited(ProjectsCalls.revise_project)
    get_newest_revision = waited(ProjectsCalls.get_newest_revision)
    import_project = waited(ProjectsCalls.import_project)
    get_revision = waited(ProjectsCalls.get_revision)
    restore_revision = waited(ProjectsCalls.restore_revision)
    get_project = waited(ProjectsCalls.get_project)
    rename_project = waited(ProjectsCalls.rename_project)
    trash_project = waited(ProjectsCalls.trash_project)
    list_revisions = each(ProjectsCalls.list_revisions)
    duplicate_project = waited(ProjectsCalls.duplicate_project)
    archive_project = waited(ProjectsCalls.archive_project)
    restore_project = waited(ProjectsCalls.restore_project)
    delete_project = waited(ProjectsCalls.delete_project)
    put_own_files = waited(ProjectsCalls.put_own_files)
    take_own_files_away = waited(ProjectsCalls.take_own_files_away)
    export_project = waited(ProjectsCalls.export_project)
    move_project = waited(ProjectsCalls.move_project)
