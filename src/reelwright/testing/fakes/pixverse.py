"""PixVerse's platform, faked after its reference pages; there is no SDK that could judge it.

What it answers to a trace id it has seen is not written anywhere: here, the first answer.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reelwright.testing.fakes.media import clip
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.server import FakeVendor, Work

_FIRST_ID = 318_633_193_768_896
_ROOT = "/openapi/v2"
_WORDS = {
    Mood.BAD_KEY: (400012, "API Key is invalid"),
    Mood.BAD_INPUT: (400017, "invalid parameter"),
    Mood.NO_CREDITS: (500090, "insufficient balance. Unable to generate video"),
    Mood.RATE_LIMIT: (500044, "reached the limit for concurrent generations."),
    Mood.BUSY: (500069, "The system is currently experiencing high load"),
    Mood.REFUSE: (500063, "the prompt contains sensitive information"),
}
_NEEDED = {
    "text": {"aspect_ratio", "duration", "model", "prompt", "quality"},
    "img": {"duration", "img_id", "model", "prompt", "quality"},
    "transition": {"duration", "first_frame_img", "last_frame_img", "model", "prompt", "quality"},
    "extend": {"duration", "video_media_id", "model", "prompt", "quality", "seed"},
}
_IDS = ("img_id", "first_frame_img", "last_frame_img", "video_media_id")


@dataclass(slots=True)
class FakePixVerse(FakeVendor):
    """`files` are the ids of what was handed over; with `strict_pictures` none is found fit."""

    files: dict[int, bytes] = field(default_factory=dict)
    traces: list[str] = field(default_factory=list)
    strict_pictures: bool = False
    monthly: int = 1000
    bought: int = 3630

    def remote_id(self, number: int) -> str:
        """Its ids are numbers, and large."""
        return str(_FIRST_ID + number)

    def routes(self) -> list[Route]:
        return [
            Route(f"{_ROOT}/image/upload", self._picture, methods=["POST"]),
            Route(f"{_ROOT}/media/upload", self._medium, methods=["POST"]),
            Route(f"{_ROOT}/video/{{kind}}/generate", self._generate, methods=["POST"]),
            Route(f"{_ROOT}/video/result/{{video_id}}", self._result),
            Route(f"{_ROOT}/account/balance", self._balance),
            Route("/made/{video_id}.mp4", self._file),
        ]

    def trouble(self, mood: Mood) -> Response:
        if mood not in _WORDS:
            raise NotImplementedError(f"PixVerse has no word for {mood}")
        return _refuse(*_WORDS[mood])

    async def _picture(self, request: Request) -> Response:
        refused = self._unsigned(request)
        if refused:
            return refused
        async with request.form() as form:
            file = form.get("image")
            if file is None or isinstance(file, str):
                return _refuse(400017, "either image or image_url is required")
            if file.content_type not in {"image/png", "image/webp", "image/jpeg", "image/jpg"}:
                return _refuse(500032, "unsupported image format")
            if self.strict_pictures:
                body = {"err_code": 500052, "err_msg": "图片未过审，疑含敏感内容，请修改后重试。"}
                return JSONResponse(body, 500)
            number = self._keep(await file.read())
        return _hand({"img_id": number, "img_url": f"https://media.example/{number}.jpg"})

    async def _medium(self, request: Request) -> Response:
        refused = self._unsigned(request)
        if refused:
            return refused
        async with request.form() as form:
            file = form.get("file")
            if file is None or isinstance(file, str):
                return _refuse(400017, "either file or file_url is required")
            number = self._keep(await file.read())
        url = f"https://media.example/{number}.mp4"
        return _hand({"media_id": number, "media_type": "video", "url": url})

    async def _generate(self, request: Request) -> Response:
        refused = self._unsigned(request)
        if refused:
            return refused
        kind = request.path_params["kind"]
        asked = json.loads(await request.body())
        if not isinstance(asked.get("duration"), int):
            return _refuse(400013, "Invalid binding request")
        unknown = [asked[name] for name in _IDS if name in asked and asked[name] not in self.files]
        if not _NEEDED[kind] <= asked.keys() or unknown:
            return _refuse(400017, "invalid parameter")
        return await self.take(
            request,
            f"video/{kind}",
            asked,
            request.headers["api-key"],
            lambda work: _hand({"video_id": int(work.remote_id)}),
            reference=request.headers["ai-trace-id"],
            idempotent=True,
        )

    async def _result(self, request: Request) -> Response:
        refused = self._unsigned(request)
        if refused:
            return refused
        work = self.works.get(request.path_params["video_id"])
        if work is None:
            return _refuse(400017, "invalid parameter")
        return _hand(self._shown(work))

    def _shown(self, work: Work) -> dict[str, Any]:
        ends = {Mood.FAIL_LATER: 8, Mood.REFUSE_LATER: 7}
        status = ends.get(work.mood, 1) if work.done else 5
        return {
            "create_time": "2026-11-20T10:00:00Z",
            "id": int(work.remote_id),
            "modify_time": "2026-11-20T10:00:30Z",
            "negative_prompt": "",
            "outputHeight": 180 if status == 1 else 0,
            "outputWidth": 320 if status == 1 else 0,
            "prompt": work.asked["prompt"],
            "resolution_ratio": 0,
            "seed": work.asked.get("seed", 7),
            "size": 0,
            "status": status,
            "style": "",
            "url": f"{self.url}/made/{work.remote_id}.mp4" if status == 1 else "",
        }

    async def _balance(self, request: Request) -> Response:
        balance = {"credit_monthly": self.monthly, "credit_package": self.bought}
        return self._unsigned(request) or _hand({"account_id": 123452341} | balance)

    async def _file(self, request: Request) -> Response:
        if "api-key" in request.headers:
            return Response("this is no place for a key", 403)
        work = self.works[request.path_params["video_id"]]
        seconds = float(work.asked["duration"])
        seed = int(work.remote_id) % 8
        return Response(clip(seconds, seed=seed), media_type="video/mp4")

    def _unsigned(self, request: Request) -> Response | None:
        """What is answered to a request without its two headers, or with a key nobody has."""
        key, trace = request.headers.get("api-key"), request.headers.get("ai-trace-id")
        if not key or (self.keys and key not in self.keys):
            return self.trouble(Mood.BAD_KEY)
        if not trace:
            return _refuse(400013, "Invalid binding request")
        self.traces.append(trace)
        return None

    def _keep(self, content: bytes) -> int:
        number = 100_000 + len(self.files)
        self.files[number] = content
        return number


def _hand(content: dict[str, Any]) -> Response:
    return JSONResponse({"ErrCode": 0, "ErrMsg": "success", "Resp": content})


def _refuse(code: int, message: str) -> Response:
    return JSONResponse({"ErrCode": code, "ErrMsg": message, "Resp": None})
