"""Google's words for trouble, as they stand on the wire."""

from typing import Any

from starlette.responses import JSONResponse, Response

from reelwright.testing.fakes.moods import Mood

_RPC = "type.googleapis.com/google.rpc"
_KEY_SAYS = "API key not valid. Please pass a valid API key."
_BEARER_SAYS = (
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or "
    "other valid authentication credential."
)
_CREDITS_SAY = (
    "Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to "
    "manage your project and billing."
)
_QUOTA_SAYS = (
    "You exceeded your current quota, please check your plan and billing details. Please retry in "
    "17.5s."
)

_TROUBLES: dict[Mood, tuple[int, str, str, list[dict[str, Any]]]] = {
    Mood.BUSY: (503, "UNAVAILABLE", "The model is overloaded. Please try again later.", []),
    Mood.RATE_LIMIT: (
        429, "RESOURCE_EXHAUSTED", _QUOTA_SAYS, [
            {"@type": f"{_RPC}.QuotaFailure", "violations": [{"quotaId": "RequestsPerMinute"}]},
            {"@type": f"{_RPC}.RetryInfo", "retryDelay": "17.5s"},
        ],
    ),
    Mood.NO_CREDITS: (402, "RESOURCE_EXHAUSTED", _CREDITS_SAY, []),
    Mood.BAD_KEY: (
        400, "INVALID_ARGUMENT", _KEY_SAYS, [
            {"@type": f"{_RPC}.ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"},
        ],
    ),
    Mood.BAD_INPUT: (
        400, "INVALID_ARGUMENT", "Invalid value at 'generation_config' (oneof), \"x\"", [
            {
                "@type": f"{_RPC}.BadRequest",
                "fieldViolations": [{"field": "generation_config", "description": "Invalid value"}],
            },
        ],
    ),
    Mood.MODEL_GONE: (
        404, "NOT_FOUND", "This model models/gemini-0 is no longer available.", [],
    ),
}  # fmt: skip


def trouble_of(mood: Mood) -> Response:
    """The answer to a request by API key."""
    return fault(*_TROUBLES[mood])


def bad_token() -> Response:
    """The answer to a token that is none, on Vertex."""
    return fault(401, "UNAUTHENTICATED", _BEARER_SAYS)


def fault(
    code: int, status: str, message: str, details: list[dict[str, Any]] | None = None
) -> Response:
    """An error as all of Google words it."""
    told: dict[str, Any] = {"code": code, "message": message, "status": status}
    return JSONResponse({"error": told | ({"details": details} if details else {})}, code)
