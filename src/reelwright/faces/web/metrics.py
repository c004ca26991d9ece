"""Figures for Prometheus: for this machine, or for whoever knows the token."""

import hmac

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from reelwright.app.settings import WebSettings
from reelwright.engines.telemetry.metrics import Metrics
from reelwright.faces.web.addresses import is_local
from reelwright.ground.errors import UnauthenticatedError

router = APIRouter(tags=["metrics"], route_class=DishkaRoute)


@router.get("/metrics", response_class=Response, include_in_schema=False)
async def read_metrics(request: Request, metrics: FromDishka[Metrics]) -> Response:
    """All figures of this process."""
    settings: WebSettings = request.app.state.settings
    if not (is_local(request.scope) or _told(request, settings)):
        raise UnauthenticatedError(
            "metrics are for this machine, or for whoever has the token",
            way_out="send web.metrics_token as `Authorization: Bearer <token>`",
        )
    await metrics.refresh()
    return Response(metrics.render(), media_type=CONTENT_TYPE_LATEST)


def _told(request: Request, settings: WebSettings) -> bool:
    if settings.metrics_token is None:
        return False
    expected = f"Bearer {settings.metrics_token.get_secret_value()}".encode()
    given = request.headers.get("authorization", "").encode("latin-1", "replace")
    return hmac.compare_digest(given, expected)
