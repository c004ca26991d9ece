"""The calls of the tag `generations`. Written by `make openapi`."""

from reelwright.client.models.generations import (
    Decision,
    FilmQuoteView,
    GenerationOrder,
    QuoteOrder,
    QuoteView,
    SubmissionView,
)
from reelwright.client.models.shared import FilmOrder, JobView
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, at, read


class GenerationsCalls:
    """The calls of the tag `generations`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def generate(self, body: GenerationOrder, *, key: str | None = None) -> JobView:
        """Have a model make something; the answer is its job."""
        answer = await self._wire.ask("POST", "/api/v1/generations", body=body, key=key)
        return read(JobView, answer.body)

    async def list_submissions(self, job_id: str) -> list[SubmissionView]:
        """The paid calls made for a job, in order."""
        answer = await self._wire.ask("GET", at("/api/v1/jobs/{job_id}/submissions", job_id=job_id))
        return read(list[SubmissionView], answer.body)

    async def get_submission(self, submission_id: str) -> SubmissionView:
        """One call; one that waits is asked after at its vendor's first."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/submissions/{submission_id}", submission_id=submission_id)
        )
        return read(SubmissionView, answer.body)

    async def decide_submission(
        self, submission_id: str, body: Decision, *, key: str | None = None
    ) -> SubmissionView:
        """Say what became of a call whose outcome is unknown; its money is spent, or released."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/submissions/{submission_id}/decide", submission_id=submission_id),
            body=body,
            key=key,
        )
        return read(SubmissionView, answer.body)

    async def quote_film(
        self, project_id: str, body: FilmOrder, *, key: str | None = None
    ) -> FilmQuoteView:
        """Say what the film of a project's latest revision would cost; its options name a `route`."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/projects/{project_id}/quotes", project_id=project_id),
            body=body,
            key=key,
        )
        return read(FilmQuoteView, answer.body)

    async def quote(self, body: QuoteOrder, *, key: str | None = None) -> QuoteView:
        """Say what generations would cost, and by which models they would be made; nothing is begun."""
        answer = await self._wire.ask("POST", "/api/v1/quotes", body=body, key=key)
        return read(QuoteView, answer.body)


class GenerationsWaited(Waited):
    """The same, waited for."""

    generate = waited(GenerationsCalls.generate)
    list_submissions = waited(GenerationsCalls.list_submissions)
    get_submission = waited(GenerationsCalls.get_submission)
    decide_submission = waited(GenerationsCalls.decide_submission)
    quote_film = waited(GenerationsCalls.quote_film)
    quote = waited(GenerationsCalls.quote)
