"""Anthropic, faked: messages, whole and in events, and the list of models."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.server import FakeVendor, Work
from reelwright.testing.fakes.writing import as_events, cut_up, key_of, text_for, unclosed

_LIMIT = {"error_code": "enforced_spend_limit_reached"}


class FakeAnthropic(FakeVendor):
    """Serve it, and give clients its `url` as it is."""

    def routes(self) -> list[Route]:
        """What we ask for."""
        return [
            Route("/v1/models", self._models),
            Route("/v1/messages", self._message, methods=["POST"]),
        ]

    def trouble(self, mood: Mood) -> Response:
        """Its words. It refuses nothing before it has begun to answer."""
        match mood:
            case Mood.RATE_LIMIT:
                return _error(429, "rate_limit_error", "Slow down", {"retry-after": "20"})
            case Mood.NO_CREDITS:
                return _error(429, "rate_limit_error", "Limit reached", details=_LIMIT)
            case Mood.BAD_KEY:
                return _error(401, "authentication_error", "invalid x-api-key")
            case Mood.MODEL_GONE:
                return _error(404, "not_found_error", "model: claude-1")
            case Mood.BAD_INPUT:
                return _error(400, "invalid_request_error", "max_tokens: Input should be > 0")
            case _:
                return _error(529, "overloaded_error", "Overloaded")

    async def _models(self, request: Request) -> Response:
        if self.keys and key_of(request) not in self.keys:
            return self.trouble(Mood.BAD_KEY)
        model = {"id": "claude-haiku-5-5", "type": "model", "display_name": "Claude Haiku 5.5",
                 "created_at": "2026-09-01T00:00:00Z"}  # fmt: skip
        page = {"has_more": False, "first_id": model["id"], "last_id": model["id"]}
        return JSONResponse({"data": [model]} | page)

    async def _message(self, request: Request) -> Response:
        asked = await request.json()
        if not request.headers.get("anthropic-version"):
            return _error(400, "invalid_request_error", "anthropic-version: header is required")
        if {"temperature", "top_p", "top_k"} & asked.keys():
            return _error(400, "invalid_request_error", "sampling parameters are not supported")
        if unclosed(_schema(asked)):
            return _error(400, "invalid_request_error", "'additionalProperties' must be false")
        reply = _events if asked.get("stream") else _whole
        answer = await self.take(request, "messages", asked, key_of(request), reply)
        answer.headers["request-id"] = f"req_{len(self.charges)}"
        return answer


def _schema(asked: Any) -> Any:
    return asked.get("output_config", {}).get("format", {}).get("schema")


def _error(
    status: int,
    kind: str,
    message: str,
    headers: dict[str, str] | None = None,
    details: dict[str, str] | None = None,
) -> Response:
    error: dict[str, Any] = {"type": kind, "message": message}
    if details:
        error["details"] = details
    return JSONResponse({"type": "error", "error": error, "request_id": "req_1"}, status, headers)


def _message_of(work: Work, text: str) -> dict[str, Any]:
    """The message as it stands at its end."""
    most = work.asked["max_tokens"]  # a token of this fake is a character
    reason = "max_tokens" if most < len(text) else "end_turn"
    details: dict[str, Any] | None = None
    if work.mood is Mood.REFUSE_LATER:
        text, reason = "", "refusal"
        details = {"type": "refusal", "category": "general_harms", "explanation": None}
    return {
        "id": f"msg_{work.remote_id}",
        "type": "message",
        "role": "assistant",
        "model": work.asked["model"],
        "content": [{"type": "text", "text": text[:most]}],
        "stop_reason": reason,
        "stop_sequence": None,
        "stop_details": details,
        "usage": {"input_tokens": 120, "output_tokens": 30},
    }


def _whole(work: Work) -> Response:
    if work.mood is Mood.FAIL_LATER:
        return _error(500, "api_error", "Internal server error")
    return JSONResponse(_message_of(work, text_for(_schema(work.asked), work)))


def _events(work: Work) -> Response:
    message = _message_of(work, text_for(_schema(work.asked), work))
    text = message["content"][0]["text"]
    usage = {"input_tokens": 120, "output_tokens": 1}
    begun = message | {"content": [], "stop_reason": None, "stop_details": None, "usage": usage}
    stop = {key: message[key] for key in ("stop_reason", "stop_sequence", "stop_details")}
    block = {"index": 0, "content_block": {"type": "text", "text": ""}}
    pieces = [{"type": "text_delta", "text": piece} for piece in cut_up(text)]
    told: list[tuple[str, dict[str, Any]]] = [
        ("message_start", {"message": begun}),
        ("content_block_start", block),
        ("ping", {}),
        *(("content_block_delta", {"index": 0, "delta": piece}) for piece in pieces),
        ("content_block_stop", {"index": 0}),
        ("message_delta", {"delta": stop, "usage": {"output_tokens": 30}}),
        ("message_stop", {}),
    ]
    if work.mood is Mood.FAIL_LATER:
        error = {"type": "overloaded_error", "message": "Overloaded"}
        told[4:] = [("error", {"error": error})]
    return as_events((name, {"type": name} | data) for name, data in told)
