"""Where vendors ring: no account is asked for, the address itself is the secret."""

from typing import Annotated

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, Query, Request, Response

from reelwright.generation.submissions.ringing import Ringing

router = APIRouter(prefix="/hooks", tags=["hooks"], route_class=DishkaRoute)


@router.post("/{provider}/{submission}", status_code=204, include_in_schema=False)
async def ring(
    provider: str,
    submission: str,
    request: Request,
    ringing: FromDishka[Ringing],
    sig: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """A vendor says that a call is done. Whether it is, the vendor is asked afterwards."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    await ringing.rung(provider, submission, sig, headers, await request.body())
    return Response(status_code=204)
