"""Bytes that are held back lie elsewhere from then on: what a bucket has signed before leads nowhere."""

from sqlalchemy import Row, text

from reelwright.engines.database.database import Database
from reelwright.engines.storage.objects import ObjectMissingError, Objects
from reelwright.ground.clock import Clock
from reelwright.ground.ids import WorkspaceId
from reelwright.ground.principals import Activity
from reelwright.library.keys import new_key

_FOLDER = "withheld"
_AT_ONCE = 50
_UNMOVED = text(f"""
    SELECT b.workspace_id, b.sha256, b.key, (SELECT min(a.media_type) FROM assets a
        WHERE a.workspace_id = b.workspace_id AND a.sha256 = b.sha256) AS media_type
    FROM blobs b WHERE b.withheld_by IS NOT NULL AND b.uses > 0
        AND split_part(b.key, '/', 2) <> '{_FOLDER}' AND b.key > :after
    ORDER BY b.key LIMIT :most""")  # noqa: S608  # our own words only
_MOVE = text("""
    UPDATE blobs SET key = :new WHERE workspace_id = :workspace AND sha256 = :sha256 AND key = :old
    RETURNING key""")


class Mover:
    """Gives what is held back another key, where signed URLs lead to a bucket. Where they lead to us, we answer.

    Killed before the row names the new key, that is an orphan; killed after, the old one is: the
    sweep of the library removes it within a day.
    """

    def __init__(self, database: Database, objects: Objects, clock: Clock) -> None:
        self._database = database
        self._objects = objects
        self._clock = clock

    async def move(self) -> int:
        """Move all that is held back and still lies where it was; how many. A chore."""
        if self._objects.answers_itself:
            return 0
        count, after = 0, ""
        while True:
            told = {"after": after, "most": _AT_ONCE}
            async with self._database.read(Activity.CLEAN_UP) as tx:
                rows = (await tx.execute(_UNMOVED, told)).all()
            for row in rows:
                count += await self._move(row)
                after = row.key
            if len(rows) < _AT_ONCE:
                return count

    async def _move(self, row: Row[str, str, str, str | None]) -> int:
        workspace, kind = (
            WorkspaceId(row.workspace_id),
            row.media_type or "application/octet-stream",
        )
        new = new_key(workspace, self._clock.now(), _FOLDER, row.sha256, kind, _FOLDER)
        draft = self._objects.drafts / new.rpartition("/")[2]
        try:
            await self._objects.fetch(row.key, draft)
            await self._objects.put_file(new, draft, media_type=kind)
        except ObjectMissingError:
            return 0
        finally:
            draft.unlink(missing_ok=True)
        told = {"workspace": workspace, "sha256": row.sha256, "old": row.key, "new": new}
        async with self._database.transaction(Activity.CLEAN_UP) as tx:
            moved = await tx.scalar(_MOVE, told)
        await self._objects.delete([new if moved is None else row.key])  # of two, one has moved it
        return 0 if moved is None else 1
