"""The calls of the tag `jobs`. Written by `make openapi`."""

from collections.abc import AsyncIterator

from reelwright.client.models.jobs import JobOrder
from reelwright.client.models.shared import JobState, JobView
from reelwright.client.waiting import Waited, each, waited
from reelwright.client.wire import Wire, at, read


class JobsCalls:
    """The calls of the tag `jobs`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def create_job(self, body: JobOrder, *, key: str | None = None) -> JobView:
        """Ask for work. With an `Idempotency-Key`, asking again gives the job that was made first."""
        answer = await self._wire.ask("POST", "/api/v1/jobs", body=body, key=key)
        return read(JobView, answer.body)

    def list_jobs(
        self,
        *,
        state: list[JobState] | None = None,
        kind: list[str] | None = None,
        project_id: str | None = None,
        limit: int = 50,
    ) -> AsyncIterator[JobView]:
        """The jobs of the workspace, newest first."""
        return self._wire.rows(
            "/api/v1/jobs",
            {"state": state, "kind": kind, "project_id": project_id, "limit": limit},
            JobView,
        )

    async def get_job(self, job_id: str) -> JobView:
        """One job."""
        answer = await self._wire.ask("GET", at("/api/v1/jobs/{job_id}", job_id=job_id))
        return read(JobView, answer.body)

    async def cancel_job(self, job_id: str, *, key: str | None = None) -> JobView:
        """Call a job off, in whatever state it is; what was reserved for it is released."""
        answer = await self._wire.ask(
            "POST", at("/api/v1/jobs/{job_id}/cancel", job_id=job_id), key=key
        )
        return read(JobView, answer.body)

    async def retry_job(self, job_id: str, *, key: str | None = None) -> JobView:
        """Try a failed or cancelled job again; one that may cost money asks for the scope `spend`."""
        answer = await self._wire.ask(
            "POST", at("/api/v1/jobs/{job_id}/retry", job_id=job_id), key=key
        )
        return read(JobView, answer.body)


class JobsWaited(Waited):
    """The same, waited for."""

    create_job = waited(JobsCalls.create_job)
    list_jobs = each(JobsCalls.list_jobs)
    get_job = waited(JobsCalls.get_job)
    cancel_job = waited(JobsCalls.cancel_job)
    retry_job = waited(JobsCalls.retry_job)
