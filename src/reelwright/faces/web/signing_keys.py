"""The public keys of tokens from service to service, for whoever has to check one."""

from typing import Any

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, Response
from pydantic import BaseModel

from reelwright.identity.service_tokens import ServiceTokens

router = APIRouter(tags=["signing in"], route_class=DishkaRoute)


class KeySetView(BaseModel):
    """Keys as RFC 7517 has them."""

    keys: list[dict[str, Any]]


@router.get("/.well-known/jwks.json", include_in_schema=False)
async def list_signing_keys(response: Response, tokens: FromDishka[ServiceTokens]) -> KeySetView:
    """The public keys of tokens from service to service."""
    response.headers["Cache-Control"] = "public, max-age=60"
    return KeySetView(keys=list(await tokens.public_keys()))
