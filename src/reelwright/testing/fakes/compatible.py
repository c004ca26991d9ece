"""A server that speaks as OpenAI's chat completions do, faked, with DashScope's complaints and its talking."""

import base64
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reelwright.testing.fakes.media import sound
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.server import FakeVendor, Work
from reelwright.testing.fakes.writing import as_events, cut_up, key_of, text_for

_HEADER_OF_WAV = 44
_TROUBLES = {
    Mood.BUSY: (503, "ModelUnavailable", "Model is unavailable, please try again later."),
    Mood.RATE_LIMIT: (429, "Throttling.RateQuota", "Requests rate limit exceeded."),
    Mood.REFUSE: (400, "data_inspection_failed", "Input data may contain inappropriate content."),
    Mood.BAD_KEY: (401, "invalid_api_key", "Incorrect API key provided."),
    Mood.BAD_INPUT: (400, "invalid_parameter_error", "Range of max_tokens should be [1, 65536]"),
    Mood.NO_CREDITS: (400, "Arrearage", "Access denied, please make sure your account is fine."),
    Mood.MODEL_GONE: (404, "model_not_found", "The model does not exist."),
}


class FakeCompatible(FakeVendor):
    """Serve it, and give clients `{url}/v1`. `ignores_schema` on, it answers prose, as some servers do."""

    ignores_schema = False

    def routes(self) -> list[Route]:
        """What we ask for."""
        return [
            Route("/v1/models", self._models),
            Route("/v1/chat/completions", self._chat, methods=["POST"]),
        ]

    def trouble(self, mood: Mood) -> Response:
        """DashScope's words."""
        return _error(*_TROUBLES[mood])

    async def _models(self, request: Request) -> Response:
        if self.keys and key_of(request) not in self.keys:
            return self.trouble(Mood.BAD_KEY)
        model = {"id": "qwen3.8-omni-flash", "object": "model", "created": 1, "owned_by": "qwen"}
        return JSONResponse({"object": "list", "data": [model]})

    async def _chat(self, request: Request) -> Response:
        asked = await request.json()
        talks = "audio" in asked.get("modalities", ())
        if talks and not asked.get("stream"):
            words = "This model only support stream mode, please enable the stream parameter."
            return _error(400, "invalid_parameter_error", words)
        reply = self._chunks if asked.get("stream") else self._whole
        return await self.take(request, "chat/completions", asked, key_of(request), reply)

    def _whole(self, work: Work) -> Response:
        if work.mood is Mood.FAIL_LATER:
            return _error(500, "internal_error", "An internal error has occurred.")
        text, finish = self._text(work)
        message = {"role": "assistant", "content": text, "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": finish}
        return JSONResponse(_completion(work, "chat.completion", [choice]) | {"usage": _USAGE})

    def _chunks(self, work: Work) -> Response:
        deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
        text, finish = self._text(work)
        deltas += [{"content": piece} for piece in cut_up(text)]
        if "audio" in work.asked.get("modalities", ()) and work.mood is Mood.WORK:
            deltas += [{"audio": {"data": piece}} for piece in _spoken(work.number)]
        choices: list[list[dict[str, Any]]] = [
            [{"index": 0, "delta": delta, "finish_reason": None}] for delta in deltas
        ]
        choices.append([{"index": 0, "delta": {}, "finish_reason": finish}])
        chunks: list[Any] = [_completion(work, "chat.completion.chunk", one) for one in choices]
        if work.mood is Mood.FAIL_LATER:
            code, words = "internal_error", "An internal error has occurred."
            return as_events((None, one) for one in [*chunks[:2], _body(code, words)])
        if work.asked.get("stream_options", {}).get("include_usage"):
            usage = {"usage": _USAGE}
            chunks.append(_completion(work, "chat.completion.chunk", []) | usage)
        return as_events((None, one) for one in [*chunks, "[DONE]"])

    def _text(self, work: Work) -> tuple[str, str]:
        if work.mood is Mood.REFUSE_LATER:
            return "The", "content_filter"
        form = work.asked.get("response_format", {}).get("json_schema", {})
        text = text_for(None if self.ignores_schema else form.get("schema"), work)
        most = work.asked.get("max_tokens") or len(text)  # a token of this fake is a character
        return text[:most], "length" if most < len(text) else "stop"


_USAGE = {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}


def _completion(work: Work, kind: str, choices: list[Any]) -> dict[str, Any]:
    model, now = work.asked["model"], int(time.time())
    about = {"id": f"chatcmpl-{work.remote_id}", "object": kind, "created": now, "model": model}
    return about | {"choices": choices}


def _spoken(number: int) -> list[str]:
    """Bare samples, as DashScope sends them, cut without regard to what base 64 is of."""
    text = base64.b64encode(sound(0.5, number)[_HEADER_OF_WAV:]).decode()
    return [text[at : at + 9001] for at in range(0, len(text), 9001)]


def _body(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "type": code, "param": None}}


def _error(status: int, code: str, message: str) -> Response:
    return JSONResponse(_body(code, message), status)
