"""OpenAI, faked: responses (whole and in events), pictures, speech, models."""

import base64
import time
from contextvars import ContextVar
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reelwright.testing.fakes.media import mp3, picture
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.server import FakeVendor, Work
from reelwright.testing.fakes.writing import as_events, cut_up, key_of, optional, text_for, unclosed

_REFUSAL = "I cannot help with that."
_INVALID = "invalid_request_error"
_asked_for: ContextVar[str] = ContextVar("asked_for", default="")


class FakeOpenAI(FakeVendor):
    """Serve it, and give clients `{url}/v1`."""

    def routes(self) -> list[Route]:
        """What we ask for."""
        post = ["POST"]
        return [
            Route("/v1/models", self._models),
            Route("/v1/responses", self._respond, methods=post),
            Route("/v1/images/generations", self._draw, methods=post),
            Route("/v1/images/edits", self._edit, methods=post),
            Route("/v1/audio/speech", self._speak, methods=post),
        ]

    def trouble(self, mood: Mood) -> Response:
        """Its words; what it says to a refused speech is not known, and taken for what text gets."""
        match mood:
            case Mood.RATE_LIMIT:
                words = "Rate limit reached for requests"
                return _error(429, words, "requests", "rate_limit_exceeded", retry_after="20")
            case Mood.NO_CREDITS:
                words = "Your credit balance is exhausted"
                return _error(429, words, "insufficient_quota", "credit_balance_exhausted")
            case Mood.BAD_KEY:
                return _error(401, "Incorrect API key provided", _INVALID, "invalid_api_key")
            case Mood.MODEL_GONE:
                return _error(404, "The model does not exist", _INVALID, "model_not_found")
            case Mood.BAD_INPUT:
                return _error(400, "Invalid value", _INVALID, "invalid_value", param="model")
            case Mood.REFUSE if _asked_for.get().startswith("images"):
                return _blocked("input")
            case Mood.REFUSE:
                return _error(400, "Invalid prompt: flagged", _INVALID, "invalid_prompt")
            case _:
                return _error(503, "The server is overloaded", "server_error", None)

    async def _models(self, request: Request) -> Response:
        if self.keys and key_of(request) not in self.keys:
            return self.trouble(Mood.BAD_KEY)
        model = {"id": "gpt-6-luna", "object": "model", "created": 1, "owned_by": "openai"}
        return JSONResponse({"object": "list", "data": [model]})

    async def _respond(self, request: Request) -> Response:
        asked = await request.json()
        form = asked.get("text", {}).get("format", {})
        if form.get("strict") and (unclosed(form["schema"]) or optional(form["schema"])):
            words = "Invalid schema for response_format: 'additionalProperties' is required"
            return _error(400, words, _INVALID, "invalid_json_schema", param="text.format.schema")
        reply = _events if asked.get("stream") else _whole
        return await self._take(request, "responses", asked, reply)

    async def _draw(self, request: Request) -> Response:
        return await self._pictures(request, "images/generations", await request.json())

    async def _edit(self, request: Request) -> Response:
        async with request.form() as form:
            files = [one for one in form.getlist("image[]") if isinstance(one, UploadFile)]
            single = form.get("image")
            files += [single] if isinstance(single, UploadFile) else []
            pictures = [(one.filename, one.content_type, await one.read()) for one in files]
            asked = {k: v for k, v in form.items() if isinstance(v, str)} | {"pictures": pictures}
        if not pictures:
            return _error(400, "Missing: 'image'", _INVALID, "missing", param="image")
        return await self._pictures(request, "images/edits", asked)

    async def _pictures(self, request: Request, path: str, asked: dict[str, Any]) -> Response:
        width, height = (int(side) for side in asked["size"].split("x"))
        enough = 655_360 <= width * height <= 8_294_400 and max(width, height) <= 3840
        if width % 16 or height % 16 or not enough:
            return _error(400, "Invalid size", _INVALID, "invalid_value", param="size")
        return await self._take(request, path, asked, _drawn)

    async def _speak(self, request: Request) -> Response:
        asked = await request.json()
        if len(asked["input"]) > 4096:
            return _error(
                400, "String too long", _INVALID, "string_above_max_length", param="input"
            )
        return await self._take(request, "audio/speech", asked, _said)

    async def _take(
        self, request: Request, path: str, asked: dict[str, Any], reply: Any
    ) -> Response:
        _asked_for.set(path)
        answer = await self.take(request, path, asked, key_of(request), reply)
        answer.headers["x-request-id"] = f"req_{len(self.charges)}"
        return answer


def _error(
    status: int,
    message: str,
    kind: str,
    code: str | None,
    *,
    param: str | None = None,
    retry_after: str | None = None,
    **more: Any,
) -> Response:
    error = {"message": message, "type": kind, "param": param, "code": code, **more}
    headers = {"retry-after": retry_after} if retry_after else {}
    return JSONResponse({"error": error}, status, headers)


def _blocked(stage: str) -> Response:
    details = {"moderation_stage": stage, "categories": ["violence"]}
    words, kind = "rejected by the safety system", "image_generation_user_error"
    return _error(400, words, kind, "moderation_blocked", moderation_details=details)


def _response(work: Work, status: str, content: list[dict[str, Any]], **more: Any) -> dict:
    message = {"id": "msg_1", "type": "message", "role": "assistant", "status": status}
    tokens = {"input_tokens": 120, "output_tokens": 30, "total_tokens": 150}
    cached = {"input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0}}
    thought = {"output_tokens_details": {"reasoning_tokens": 0}}
    return {
        "id": f"resp_{work.remote_id}",
        "object": "response",
        "created_at": int(time.time()),
        "status": status,
        "model": work.asked["model"],
        "output": [message | {"content": content}] if content else [],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "error": None,
        "incomplete_details": None,
        "usage": tokens | cached | thought,
    } | more


def _final(work: Work) -> dict[str, Any]:
    """The response as it stands at its end."""
    if work.mood is Mood.FAIL_LATER:
        error = {"code": "server_error", "message": "The server had an error"}
        return _response(work, "failed", [], error=error, usage=None)
    if work.mood is Mood.REFUSE_LATER:
        return _response(work, "completed", [{"type": "refusal", "refusal": _REFUSAL}])
    form = work.asked.get("text", {}).get("format", {})
    text = text_for(form.get("schema"), work)
    most = work.asked.get("max_output_tokens") or 1 << 20
    cut = text[:most] if most < len(text) else text  # a token of this fake is a character
    content = [{"type": "output_text", "text": cut, "annotations": []}]
    if cut == text:
        return _response(work, "completed", content)
    reason = {"reason": "max_output_tokens"}
    return _response(work, "incomplete", content, incomplete_details=reason)


def _whole(work: Work) -> Response:
    return JSONResponse(_final(work))


def _events(work: Work) -> Response:
    final = _final(work)
    begun = _response(work, "in_progress", [], usage=None)
    where = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
    told: list[tuple[str, dict[str, Any]]] = [("response.created", {"response": begun})]
    for part in [part for item in final["output"] for part in item["content"]]:
        if part["type"] == "refusal":
            told.append(("response.refusal.delta", where | {"delta": part["refusal"]}))
            told.append(("response.refusal.done", where | {"refusal": part["refusal"]}))
            continue
        message = final["output"][0] | {"content": [], "status": "in_progress"}
        told.append(("response.output_item.added", {"output_index": 0, "item": message}))
        empty = part | {"text": ""}
        told.append(("response.content_part.added", where | {"part": empty}))
        told += [
            ("response.output_text.delta", where | {"delta": piece, "logprobs": []})
            for piece in cut_up(part["text"])
        ]
        told.append(("response.output_text.done", where | {"text": part["text"], "logprobs": []}))
    told.append((f"response.{final['status']}", {"response": final}))
    return as_events(
        (name, {"type": name, "sequence_number": n} | data) for n, (name, data) in enumerate(told)
    )


def _drawn(work: Work) -> Response:
    if work.mood is Mood.FAIL_LATER:
        return _error(500, "The server had an error", "server_error", None)
    if work.mood is Mood.REFUSE_LATER:
        return _blocked("output")
    asked = work.asked
    count, after = int(asked.get("n", 1)), 194 * len(asked.get("pictures", ()))
    pictures = [picture(320, 180, work.number + n) for n in range(count)]
    return JSONResponse(
        {
            "created": int(time.time()),
            "data": [{"b64_json": base64.b64encode(one).decode()} for one in pictures],
            "output_format": "png",
            "quality": asked.get("quality"),
            "size": asked["size"],
            "usage": {
                "input_tokens": 20 + after,
                "input_tokens_details": {"image_tokens": after, "text_tokens": 20},
                "output_tokens": 1000 * count,
                "total_tokens": 1020 + after,
            },
        }
    )


def _said(work: Work) -> Response:
    if work.mood is Mood.FAIL_LATER:
        return _error(500, "The server had an error", "server_error", None)
    return Response(mp3(0.5, work.number), media_type="audio/mpeg")
