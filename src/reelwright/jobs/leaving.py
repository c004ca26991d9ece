"""What becomes of the jobs of somebody who leaves for good: they are called off."""

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.ground.errors import ConflictError, MissingError
from reelwright.ground.ids import JobId, UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.jobs.service import JobService

_THEIRS = text("SELECT id, workspace_id, user_id FROM jobs_of_leaving(:user)")


class JobFarewell:
    """Calls off what is under way: what it holds is given back, its runs stop."""

    def __init__(self, database: Database, jobs: JobService) -> None:
        self._database = database
        self._jobs = jobs

    async def call_off(self, user: UserId) -> None:
        """Cancel the jobs of a person who has left, and those in workspaces that go with them."""
        async with self._database.read(Activity.CLEAN_UP) as tx:
            theirs = (await tx.execute(_THEIRS, {"user": user})).all()
        for one in theirs:
            who = Principal(UserId(one.user_id), WorkspaceId(one.workspace_id))
            try:
                await self._jobs.cancel_job(who, JobId(one.id))
            except (ConflictError, MissingError):
                continue  # it has ended meanwhile
