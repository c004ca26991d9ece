"""A person's data over HTTP: taking all of it along, and leaving for good."""

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.jobs import JobView
from reelwright.faces.web.principals import Caller, GuardedRoute, Signed
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import PlainText, locate
from reelwright.identity.auth_service import AuthService
from reelwright.identity.leaving import Leaving
from reelwright.jobs.service import JobService
from reelwright.studio.personal_export import Belongings

router = APIRouter(prefix="/me", tags=["people"], route_class=GuardedRoute)


class Proof(BaseModel):
    """That it is the person themselves: their password; null is enough within ten minutes of signing in."""

    model_config = ConfigDict(extra="forbid")

    password: PlainText | None = Field(None, max_length=256)


@router.post("/export", status_code=202, responses=declared(409, 429))
@asks(place=Place.SELF, session=True)
async def export_me(
    who: Caller,
    response: Response,
    belongings: FromDishka[Belongings],
    jobs: FromDishka[JobService],
) -> JobView:
    """All that is the caller's as one zip: a job of their own workspace, whose result names the asset."""
    job = await belongings.ask(who, jobs)
    locate(response, "jobs", job.id)
    return JobView.model_validate(job)


@router.delete("", status_code=202, responses=declared(400, 401, 403, 409, 413, 422, 429))
@asks(place=Place.SELF, session=True)
async def leave(
    who: Signed,
    auth: FromDishka[AuthService],
    leaving: FromDishka[Leaving],
    proof: Proof | None = None,
) -> None:
    """Leave for good: all that is the caller's alone is deleted within minutes, and cannot be had back."""
    await auth.prove(who.principal, who.session, proof.password if proof else None)
    await leaving.leave(who.principal)
