"""The client: all calls by their nouns, files, and events."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Self

from reelwright.client import files
from reelwright.client.calls.groups import Groups
from reelwright.client.events import ServerEvent, follow, written
from reelwright.client.files import Progress
from reelwright.client.shapes import (
    AssetDetail,
    NewTurn,
    ProjectView,
    RevisionView,
    TextOrder,
    TurnView,
    WrittenView,
)
from reelwright.client.uploading import send_file
from reelwright.client.wire import Wire, at, read


class Client(Groups):
    """One service, asked by one person: `token` is a token or a session's text, `session` its cookie.

    `workspace` is where they work (none: their own, or the token's).
    Lists are gone through with `async for`. Reads are asked again when the service is busy, and so is a
    write that bears a `key`; refusals are raised as ApiError. Close it, or use it as a context.
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8000",
        *,
        token: str | None = None,
        session: str | None = None,
        workspace: str | None = None,
        attempts: int = 3,
        timeout_s: float = 60,
    ) -> None:
        who = {"token": token, "session": session, "workspace": workspace}
        wire = Wire(base_url, **who, attempts=attempts, timeout_s=timeout_s)
        self.wire = wire
        super().__init__(wire)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close connections."""
        await self.wire.close()

    def follow(
        self, *, after: str | None = None, subject: str | None = None
    ) -> AsyncIterator[ServerEvent]:
        """What happens in the workspace from now on, or after an event; comes back by itself."""
        return follow(self.wire, "/api/v1/events", {"after": after, "subject": subject})

    async def upload_project(
        self,
        script: Path,
        *,
        notes: Path | None = None,
        media: Sequence[Path] = (),
        name: str | None = None,
        key: str | None = None,
        progress: Progress | None = None,
    ) -> ProjectView:
        """Make a project from files; with a `key` once, however often it has to be sent."""
        more = {"notes": notes, "media": media, "name": name, "key": key, "progress": progress}
        return read(
            ProjectView, await files.send_script(self.wire, "POST", _PROJECTS, script, **more)
        )

    async def upload_revision(
        self,
        project_id: str,
        script: Path,
        *,
        notes: Path | None = None,
        media: Sequence[Path] = (),
        progress: Progress | None = None,
    ) -> RevisionView:
        """Make files a project's newest revision."""
        path = at(_PROJECTS + "/{project_id}/revision", project_id=project_id)
        more = {"notes": notes, "media": media, "progress": progress}
        return read(RevisionView, await files.send_script(self.wire, "PUT", path, script, **more))

    async def upload_asset(
        self,
        file: Path,
        *,
        name: str | None = None,
        project_id: str | None = None,
        project_type: str | None = None,
        progress: Progress | None = None,
    ) -> AssetDetail:
        """Bring a file of any size into the library; where the line breaks off it goes on.

        With a `project_id` it is the project's, and the project's type says what is taken.
        """
        told = {"filename": name or file.name, "project_id": project_id}
        told |= {"project_type": project_type}
        known = {name: value for name, value in told.items() if value is not None}
        return await self.assets.get_asset(await send_file(self.wire, file, known, progress))

    def stream_text(self, order: TextOrder) -> AsyncIterator[str | WrittenView]:
        """What a language model answers: pieces as they are written, and at last the whole."""
        return written(self.wire, "/api/v1/text", order, WrittenView)

    def stream_message(self, thread_id: str, turn: NewTurn) -> AsyncIterator[str | TurnView]:
        """The same in a conversation."""
        path = at("/api/v1/threads/{thread_id}/messages", thread_id=thread_id)
        return written(self.wire, path, turn, TurnView)

    async def download(self, url: str, to: Path, *, progress: Progress | None = None) -> int:
        """Save what a signed URL of the service leads to; returns its bytes."""
        return await files.fetch(self.wire, url, to, progress)

    async def download_asset(
        self, asset_id: str, to: Path, *, progress: Progress | None = None
    ) -> int:
        """Save an asset's bytes; returns how many."""
        return await files.fetch(self.wire, await files.signed(self.wire, asset_id), to, progress)


_PROJECTS = "/api/v1/projects"
