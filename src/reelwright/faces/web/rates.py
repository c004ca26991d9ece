"""Who asks too often: counted by address before anybody is known, then by principal."""

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reelwright.engines.limits.limiter import Limiter, RateLimitedError, Verdict
from reelwright.faces.web.addresses import address_of, is_local
from reelwright.faces.web.problems import foreseen
from reelwright.ground.principals import Principal

_FREE = ("/health/", "/metrics")


class Rates:
    """Counts each request by its address, and tells every caller how much is left.

    Who asks from this machine itself is not counted, nor are those who ask how the service is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or scope["path"].startswith(_FREE) or is_local(scope):
            await self._app(scope, receive, send)
            return
        verdicts = scope["state"]["rates"] = {}
        refusal = await _counted(scope, verdicts, "address", address_of(scope))
        answer: ASGIApp = self._app if refusal is None else refusal
        await answer(scope, receive, _telling(send, verdicts))


async def too_often(scope: Scope, principal: Principal) -> Response | None:
    """The refusal of a principal who asks too often; None: go on."""
    verdicts = scope["state"].get("rates")
    if verdicts is None:
        return None
    return await _counted(scope, verdicts, "principal", f"{principal.user}:{principal.workspace}")


async def _counted(
    scope: Scope, verdicts: dict[str, Verdict], name: str, key: str
) -> Response | None:
    limiter = await scope["app"].state.dishka_container.get(Limiter)
    verdict = await limiter.hit(name, key)
    if verdict is None:
        return None
    verdicts[name] = verdict
    if verdict.allowed:
        return None
    return foreseen(scope, RateLimitedError(verdict.reset_after_s))


def _telling(send: Send, verdicts: dict[str, Verdict]) -> Send:
    """`RateLimit-Policy` and `RateLimit`, as draft-ietf-httpapi-ratelimit-headers has them."""

    async def telling(message: Message) -> None:
        if message["type"] == "http.response.start" and verdicts:
            headers = MutableHeaders(scope=message)
            told = verdicts.items()
            headers["RateLimit-Policy"] = ", ".join(
                f'"{name}";q={one.limit};w={one.window_s}' for name, one in told
            )
            headers["RateLimit"] = ", ".join(
                f'"{name}";r={one.remaining};t={round(one.reset_after_s)}' for name, one in told
            )
        await send(message)

    return telling
