"""Paid calls as scripts and the outside know them: run one, see how it stands, cancel it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from reelwright.engines.database.database import Database
from reelwright.generation.making import GENERATE
from reelwright.generation.requests import assets_in, described
from reelwright.generation.submissions import records
from reelwright.generation.submissions.keeping import Keeper
from reelwright.generation.submissions.looking import Looker
from reelwright.generation.submissions.model import Submission, SubmissionState
from reelwright.ground.digests import digest, plain
from reelwright.ground.errors import ConflictError, InvalidInputError
from reelwright.ground.ids import JobId, ProjectId, SubmissionId
from reelwright.ground.principals import Principal
from reelwright.jobs.job import Job, NewJob
from reelwright.jobs.service import JobService
from reelwright.providers.errors import ProviderError
from reelwright.providers.operations import Operation
from reelwright.providers.roster import Vendors


class ProviderService:
    """Orders generations and shows the calls made for them."""

    def __init__(
        self,
        database: Database,
        jobs: JobService,
        vendors: Vendors,
        keeper: Keeper,
        looker: Looker,
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._vendors = vendors
        self._keeper = keeper
        self._looker = looker

    async def execute_job(
        self,
        who: Principal,
        operation: Operation,
        request: Mapping[str, Any],
        *,
        route: Mapping[str, Any] | None = None,
        project_id: ProjectId | None = None,
        take: int = 0,
        priority: int = 5,
        name: str | None = None,
        request_key: str | None = None,
        root_job_id: JobId | None = None,
    ) -> Job:
        """Have a model make something; its job, at once. Equal requests share one job while it lives.

        Files are equal when their content is. Raises MissingError for a file nobody has.
        `root_job_id`: the job for whose sake it is asked for; what it spends counts with that one's.
        """
        params = {
            "operation": operation.value,
            "request": dict(request),
            "route": dict(route or {}),
            "take": take,
        }
        new = NewJob(
            kind=GENERATE,
            params=params,
            priority=priority,
            name=name,
            project_id=project_id,
            request_key=request_key,
            root_job_id=root_job_id,
            join_key=await self._join_key(who, operation, params, project_id),
        )
        return await self._jobs.create_job(who, new)

    async def _join_key(
        self,
        who: Principal,
        operation: Operation,
        params: Mapping[str, Any],
        project_id: ProjectId | None,
    ) -> str | None:
        """What equal requests with files have in common; without files their kind says it."""
        if not assets_in(params["request"]):
            return None
        (request,) = await self._keeper.desk.described(who, [(operation, params["request"])])
        by_content = {**params, "request": plain(described(request))}
        return digest([GENERATE, project_id, by_content])

    async def check_status(self, who: Principal, submission: SubmissionId) -> Submission:
        """How a call stands; one that waits is asked after at its vendor's now."""
        now = await self._get(who, submission)
        if now.state is SubmissionState.WAITING:
            await self._looker.look_at(now)
            now = await self._get(who, submission)
        return now

    async def get_job_submissions(self, who: Principal, job: JobId) -> Sequence[Submission]:
        """All calls made for a job, in order."""
        return await self.get_jobs_submissions(who, [job])

    async def get_jobs_submissions(
        self, who: Principal, jobs: Collection[JobId]
    ) -> Sequence[Submission]:
        """All calls made for some jobs, in order."""
        async with self._database.read(who) as tx:
            return await records.of_jobs(tx, who.workspace, jobs)

    async def get_latest_submission(self, who: Principal, job: JobId) -> Submission | None:
        """The last call made for a job."""
        found = await self.get_job_submissions(who, job)
        return found[-1] if found else None

    async def cancel_job(self, who: Principal, submission: SubmissionId) -> bool:
        """Stop a call where its vendor can; whether it was still open. Its job decides what follows."""
        now = await self._get(who, submission)
        ticket = now.receipt
        if now.state is not SubmissionState.WAITING or ticket is None:
            return False
        access = await self._keeper.access_of(now)
        await self._vendors.provider(now.provider).cancel(ticket, access)
        await self._looker.look_at(now)
        return True

    async def decide(
        self, who: Principal, submission: SubmissionId, *, was_billed: bool
    ) -> Submission:
        """A person says what became of a call of which nobody knew.

        `was_billed`: the vendor has billed it, and its money is spent; otherwise it is released.
        ConflictError when it is not unknown.
        """
        async with self._database.transaction(who) as tx:
            now = await records.get(tx, who.workspace, submission, hold=True)
            if now.state is not SubmissionState.UNKNOWN:
                raise ConflictError(f"this call is {now.state.value}")
        told = "it was billed, and what it made is lost" if was_billed else "it never arrived"
        await self._keeper.fail(now, ProviderError(told), paid=was_billed)
        return await self._get(who, submission)

    async def _get(self, who: Principal, submission: SubmissionId) -> Submission:
        async with self._database.transaction(who) as tx:
            return await records.get(tx, who.workspace, submission)


def parse_operation(text: str) -> Operation:
    """An operation by its name; raises InvalidInputError."""
    try:
        return Operation(text)
    except ValueError:
        known = ", ".join(Operation)
        raise InvalidInputError(f"there is no operation {text[:40]!r}", way_out=known) from None
