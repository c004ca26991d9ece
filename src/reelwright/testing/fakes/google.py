"""A fake of Google: Gemini's API by key, and Vertex by token.

The projects behind its keys share what it keeps. Webhooks are registered as at Google
(`POST /v1/webhooks`), and ring when an interaction has ended.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from reelwright.engines.http.client import Http
from reelwright.engines.http.settings import HttpSettings
from reelwright.testing.fakes.google_accounts import TokenDesk
from reelwright.testing.fakes.google_troubles import bad_token, fault, trouble_of
from reelwright.testing.fakes.media import clip, mp3, picture, sound
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.server import FakeVendor, Work

_MODELS = "/v1beta1/projects/{project}/locations/{location}/publishers/google/models"
_WORDS = "The last bus waits in the rain, and nobody gets on."
_REFUSED = (
    "Veo could not generate videos because the input image violates Vertex AI's usage guidelines. "
    "If you think this was an error, send feedback. Support codes: 17301594"
)
_BLOCKED = (
    "The prompt could not be submitted. This prompt contains words that violate Google's "
    "Responsible AI practices. Try rephrasing the prompt. Support codes: 42876398"
)


class _Way(StrEnum):
    """How a request asks: each has its own words for what is refused."""

    WHOLE = "generateContent"
    STREAM = "streamGenerateContent"
    INTERACTION = "interactions"
    VERTEX = "predictLongRunning"


_way: ContextVar[_Way] = ContextVar("way", default=_Way.WHOLE)


@dataclass(slots=True)
class FakeGoogle(FakeVendor):
    """See the module. `tokens` gives tokens to the service account of `tokens.account(url)`."""

    tokens: TokenDesk = field(default_factory=TokenDesk)
    hooks: dict[str, str] = field(default_factory=dict)
    """Registered addresses, and their secrets."""
    ringing: set[asyncio.Task[None]] = field(default_factory=set)

    def routes(self) -> list[Route]:
        """All that the adapter and Google's own SDK ask for."""
        return [
            Route("/v1/models", self._list),
            Route("/v1/models/{model}:{verb}", self._generate, methods=["POST"]),
            Route("/v1/interactions", self._interact, methods=["POST"]),
            Route("/v1/interactions/{id}", self._interaction),
            Route("/v1/interactions/{id}/cancel", self._cancel, methods=["POST"]),
            Route("/v1/files/{id}:download", self._file),
            Route("/v1/webhooks", self._hook, methods=["POST"]),
            Route("/token", self.tokens.give, methods=["POST"]),
            Route(f"{_MODELS}/{{model}}:predictLongRunning", self._predict, methods=["POST"]),
            Route(f"{_MODELS}/{{model}}:fetchPredictOperation", self._operation, methods=["POST"]),
            Route("/v1beta1/publishers/google/models/{model}", self._card),
        ]

    def trouble(self, mood: Mood) -> Response:
        """Each way of asking has its own word for a prompt that is refused, and for a bad key."""
        way = _way.get()
        if mood is Mood.BAD_KEY and way is _Way.VERTEX:
            return bad_token()
        if mood is not Mood.REFUSE:
            return trouble_of(mood)
        if way is _Way.VERTEX:
            return JSONResponse({"name": _place("refused")})
        if way is _Way.INTERACTION:
            return JSONResponse(_failed("refused-0", "prohibited_content", "It was refused."))
        blocked = {
            "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
            "usageMetadata": {"promptTokenCount": 3, "totalTokenCount": 3},
        }
        return _streamed([blocked]) if way is _Way.STREAM else JSONResponse(blocked)

    # By API key: answered at once.

    async def _list(self, request: Request) -> Response:
        return self._turned_away(request) or JSONResponse({"models": [{"name": "models/gemini-0"}]})

    async def _generate(self, request: Request) -> Response:
        asked = await request.json()
        way = _Way(request.path_params["verb"])
        _way.set(way)

        def reply(work: Work) -> Response:
            if way is _Way.STREAM:
                return _streamed(_pieces(work, asked))
            return JSONResponse(_whole(work, asked))

        return await self.take(request, request.path_params["model"], asked, _key(request), reply)

    # By API key: interactions.

    async def _interact(self, request: Request) -> Response:
        asked = await request.json()
        _way.set(_Way.INTERACTION)
        reference = asked.get("labels", {}).get("reference")

        def reply(work: Work) -> Response:
            return JSONResponse(self._told(work))

        model = asked["model"]
        return await self.take(request, model, asked, _key(request), reply, reference=reference)

    def _begin(
        self, endpoint: str, asked: Mapping[str, Any], key: str, mood: Mood, reference: str | None
    ) -> Work:
        """What was taken rings, whether or not its answer arrives."""
        # A dataclass with slots is made anew, and `super()` does not find it.
        work = FakeVendor._begin(self, endpoint, asked, key, mood, reference)  # noqa: SLF001
        if _way.get() is _Way.INTERACTION:
            if not asked.get("background"):
                work.done_at = 0
            self._ring_when_done(work)
        return work

    async def _interaction(self, request: Request) -> Response:
        return self._with_work(request, lambda work: JSONResponse(self._told(work)))

    async def _cancel(self, request: Request) -> Response:
        def stop(work: Work) -> Response:
            if work.done:
                return fault(400, "FAILED_PRECONDITION", "The interaction has already ended.")
            work.cancelled = True
            return JSONResponse(self._told(work))

        return self._with_work(request, stop)

    async def _file(self, request: Request) -> Response:
        def send(work: Work) -> Response:
            wanted = work.asked.get("response_format", {})
            seconds = float(wanted.get("duration", "8s").removesuffix("s"))
            return Response(clip(seconds, seed=work.number), media_type="video/mp4")

        return self._with_work(request, send)

    def _with_work(self, request: Request, reply: Callable[[Work], Response]) -> Response:
        number = request.path_params["id"]
        found = (one for name, one in self.works.items() if number in (name, _file_id(one)))
        work = next(found, None)
        missing = fault(404, "NOT_FOUND", "Requested entity was not found.")
        return self._turned_away(request) or (reply(work) if work else missing)

    def _told(self, work: Work) -> dict[str, Any]:
        """The interaction as it stands."""
        at = "2026-11-20T00:00:00Z"
        told = {
            "id": work.remote_id, "object": "interaction", "model": work.endpoint,
            "created": at, "updated": at, "labels": work.asked.get("labels", {}),
        }  # fmt: skip
        if work.cancelled:
            return told | {"status": "cancelled"}
        if not work.done:
            return told | {"status": "in_progress"}
        if work.mood is Mood.FAIL_LATER:
            return told | _failed(work.remote_id, "internal", "An internal error has occurred.")
        if work.mood is Mood.REFUSE_LATER:
            return told | _failed(work.remote_id, "image_safety", "It was withheld.")
        counts = {"total_input_tokens": 12, "total_output_tokens": 4000, "total_tokens": 4012}
        made = {"type": "model_output", "content": [self._made(work)]}
        return told | {"status": "completed", "steps": [made], "usage": counts}

    def _made(self, work: Work) -> dict[str, Any]:
        if work.endpoint.startswith("lyria"):
            song = base64.b64encode(mp3(2.0, work.number)).decode()
            return {"type": "audio", "mime_type": "audio/mp3", "data": song}
        uri = f"{self.url}/v1/files/{_file_id(work)}:download?alt=media"
        return {"type": "video", "mime_type": "video/mp4", "uri": uri}

    # Webhooks.

    async def _hook(self, request: Request) -> Response:
        asked = await request.json()
        secret = base64.b64encode(secrets.token_bytes(24)).decode()
        self.hooks[asked["uri"]] = f"whsec_{secret}"
        told = {"id": f"webhook-{len(self.hooks)}", "state": "enabled"}
        return JSONResponse(asked | told | {"new_signing_secret": self.hooks[asked["uri"]]})

    def _ring_when_done(self, work: Work) -> None:
        if self.webhooks and self.hooks:
            task = asyncio.create_task(self._ring(work))
            self.ringing.add(task)
            task.add_done_callback(self.ringing.discard)

    async def _ring(self, work: Work) -> None:
        await asyncio.sleep(max(0.0, work.done_at - time.monotonic()))
        good = self._told(work)["status"] == "completed"
        body = json.dumps({
            "type": f"interaction.{'completed' if good else 'failed'}",
            "version": "v1",
            "timestamp": "2026-11-20T00:00:00Z",
            "data": {"id": work.remote_id},
        } | _metadata(work)).encode()  # fmt: skip
        http = Http(HttpSettings(private=True))
        try:
            for uri, secret in self.hooks.items():
                await http.post(uri, content=body, headers=signed(body, secret, work.remote_id))
        finally:
            await http.close()

    # By token: Vertex.

    async def _predict(self, request: Request) -> Response:
        asked = await request.json()
        _way.set(_Way.VERTEX)

        def reply(work: Work) -> Response:
            return JSONResponse({"name": _place(work.remote_id, **request.path_params)})

        reference = asked.get("labels", {}).get("reference")
        model = request.path_params["model"]
        return await self.take(request, model, asked, _token(request), reply, reference=reference)

    async def _operation(self, request: Request) -> Response:
        name = (await request.json())["operationName"]
        _way.set(_Way.VERTEX)
        if self._is_unknown(_token(request)):
            return bad_token()
        work = self.works.get(name.rpartition("/")[2])
        if name.endswith("/refused"):
            told = {"done": True, "error": {"code": 3, "message": _BLOCKED}}
        elif work is None:
            return fault(404, "NOT_FOUND", "The operation was not found.")
        else:
            told = _shots(work) if work.done else {}
        return JSONResponse({"name": name} | told)

    async def _card(self, request: Request) -> Response:
        if self._is_unknown(_token(request)):
            return bad_token()
        model = request.path_params["model"]
        return JSONResponse({"name": f"publishers/google/models/{model}", "versionId": "default"})

    def _is_unknown(self, key: str) -> bool:
        return bool(self.keys) and key not in self.keys and key not in self.tokens.given

    def _turned_away(self, request: Request) -> Response | None:
        return trouble_of(Mood.BAD_KEY) if self._is_unknown(_key(request)) else None


def signed(body: bytes, secret: str, number: str, at: int | None = None) -> dict[str, str]:
    """The headers of a webhook after Standard Webhooks; `at` is when, in seconds of the epoch."""
    when = int(time.time()) if at is None else at
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.digest(key, f"{number}.{when}.".encode() + body, hashlib.sha256)
    signature = f"v1,{base64.b64encode(mac).decode()}"
    return {"webhook-id": number, "webhook-timestamp": str(when), "webhook-signature": signature}


def _file_id(work: Work) -> str:
    """Ids of files are letters and digits alone."""
    return work.remote_id.replace("-", "")


def _metadata(work: Work) -> dict[str, Any]:
    given = work.asked.get("webhook_config", {}).get("user_metadata")
    return {"user_metadata": given} if given else {}


def _key(request: Request) -> str:
    return request.headers.get("x-goog-api-key", "")


def _token(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def _place(
    number: str, project: str = "p", location: str = "us-central1", model: str = "veo"
) -> str:
    where = f"projects/{project}/locations/{location}/publishers/google/models/{model}"
    return f"{where}/operations/{number}"


def _failed(number: str, code: str, message: str) -> dict[str, Any]:
    fault_told = {"code": f"https://ai.google.dev/errors/{code}", "message": message}
    return {"id": number, "object": "interaction", "status": "failed", "errors": [fault_told]}


def _shots(work: Work) -> dict[str, Any]:
    """How an operation of Veo's ended."""
    kind = "type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse"
    if work.mood is Mood.FAIL_LATER:
        return {"done": True, "error": {"code": 13, "message": "Internal error."}}
    if work.mood is Mood.REFUSE_LATER:
        filtered = {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": [_REFUSED]}
        return {"done": True, "response": {"@type": kind} | filtered}
    seconds = work.asked.get("parameters", {}).get("durationSeconds", 8)
    video = base64.b64encode(clip(float(seconds), seed=work.number)).decode()
    made = {"bytesBase64Encoded": video, "mimeType": "video/mp4"}
    return {"done": True, "response": {"@type": kind, "videos": [made]}}


def _whole(work: Work, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of `generateContent`."""
    wanted = asked.get("generationConfig", {})
    kinds = wanted.get("responseModalities", ["TEXT"])
    if work.mood is Mood.FAIL_LATER:
        return _answer(work, [], "NO_IMAGE" if "IMAGE" in kinds else "OTHER", written=0)
    if work.mood is Mood.REFUSE_LATER:
        return _answer(work, [], "IMAGE_SAFETY" if "IMAGE" in kinds else "SAFETY")
    if "IMAGE" in kinds:
        made = _inline(picture(seed=work.number), "image/png")
    elif "AUDIO" in kinds:
        made = _inline(sound(1.0, work.number), "audio/wav")
    else:
        made = {"text": work.text if work.text is not None else _text(wanted)}
    return _answer(work, [made], "STOP")


def _pieces(work: Work, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The same in pieces."""
    whole = _whole(work, asked)
    said = whole["candidates"][0]["content"]["parts"]
    if not said:
        return [whole]
    words = said[0]["text"].split(" ")
    spaced = [word if number == 0 else f" {word}" for number, word in enumerate(words)]
    ends = ["" for _ in spaced[:-1]] + ["STOP"]
    return [_answer(work, [{"text": t}], end) for t, end in zip(spaced, ends, strict=True)]


def _answer(
    work: Work, parts: list[dict[str, Any]], end: str, *, written: int = 20
) -> dict[str, Any]:
    candidate = {"content": {"role": "model", "parts": parts}, "index": 0}
    counts = {"promptTokenCount": 10, "candidatesTokenCount": written, "thoughtsTokenCount": 5}
    return {
        "candidates": [candidate | ({"finishReason": end} if end else {})],
        "usageMetadata": counts | {"totalTokenCount": 15 + written},
        "modelVersion": work.endpoint,
        "responseId": work.remote_id,
    }


def _inline(content: bytes, media_type: str) -> dict[str, Any]:
    return {
        "inlineData": {"mimeType": media_type, "data": base64.b64encode(content).decode("ascii")}
    }


def _text(wanted: Mapping[str, Any]) -> str:
    schema = wanted.get("responseJsonSchema")
    return _WORDS if schema is None else json.dumps(_fitting(schema))


def _fitting(schema: Mapping[str, Any]) -> Any:
    """The least that fits a schema."""
    match schema.get("type"):
        case "object":
            named = schema.get("properties", {})
            return {name: _fitting(one) for name, one in named.items()}
        case "array":
            return [_fitting(schema.get("items", {}))] * max(1, schema.get("minItems", 1))
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case _:
            return schema.get("enum", ["a word"])[0]


def _streamed(pieces: list[dict[str, Any]]) -> Response:
    return StreamingResponse(_events(pieces), media_type="text/event-stream")


async def _events(pieces: list[dict[str, Any]]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield b"data: " + json.dumps(piece).encode() + b"\r\n\r\n"
        await asyncio.sleep(0)
