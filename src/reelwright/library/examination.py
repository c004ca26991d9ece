"""Having files that come in looked at, by processes that may break over them."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reelwright.engines.processes.crew import Crew
from reelwright.ground.ids import WorkspaceId
from reelwright.library.turns import Turns

_PLAIN = ("text/", "application/octet-stream", "application/pdf", "application/xml")


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that was looked at: the bytes to keep (of a picture other ones), their type, and facts."""

    path: Path
    media_type: str
    facts: Mapping[str, Any]


class Examiner:
    """Looks at files, of each workspace one at a time: nobody's pile keeps others waiting.

    Its processes start with the first file, and end with `close`.
    """

    def __init__(self, size: int = 2) -> None:
        self._crew = Crew("reelwright.engines.media.examining", size)
        self._turns = Turns(size)

    @asynccontextmanager
    async def examined(
        self, workspace: WorkspaceId, path: Path, media_type: str
    ) -> AsyncIterator[Examined]:
        """A file that is what `media_type` says, by its first bytes, looked at.

        A picture is drawn anew, beside it, and there until the block ends. Raises InvalidInputError
        for what cannot be read, or is made to harm whoever reads it.
        """
        if media_type.startswith(_PLAIN) or media_type == "image/svg+xml":
            yield Examined(path, media_type, {})
            return
        target = path.with_name(f"{path.name}.redrawn")
        asked = {"path": str(path), "target": str(target), "media_type": media_type}
        try:
            found = await self._look(workspace, asked)
            kept = target if found.get("redrawn") else path
            yield Examined(kept, found["media_type"], found["facts"])
        finally:
            target.unlink(missing_ok=True)

    async def _look(self, workspace: WorkspaceId, asked: dict[str, Any]) -> dict[str, Any]:
        await self._turns.take(workspace)
        try:
            looking = asyncio.wrap_future(self._crew.begin(asked))
        except BaseException:
            self._turns.leave(workspace)
            raise

        def ended(looked: asyncio.Future[dict[str, Any]]) -> None:
            self._turns.leave(workspace)
            if not looked.cancelled():
                looked.exception()  # whoever asked may have gone

        # Who goes away still has the turn while a process is at their file.
        looking.add_done_callback(ended)
        return await asyncio.shield(looking)

    def close(self) -> None:
        """End its processes."""
        self._crew.close()
