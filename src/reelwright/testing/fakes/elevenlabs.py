"""ElevenLabs, faked: its SDK takes it for the real one, and its troubles are in the service's own words."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reelwright.testing.fakes.media import mp3
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.server import FakeVendor, Work

_A_CHARACTER_S = 0.06
_WORDS = {
    Mood.BUSY: (429, "rate_limit_error", "system_busy", "system_busy"),
    Mood.RATE_LIMIT: (
        429,
        "rate_limit_error",
        "concurrent_limit_exceeded",
        "too_many_concurrent_requests",
    ),
    Mood.REFUSE: (403, "", "", "content_against_policy"),
    Mood.BAD_KEY: (401, "authentication_error", "unauthorized", "invalid_api_key"),
    Mood.BAD_INPUT: (400, "validation_error", "invalid_parameters", "invalid_parameters"),
    Mood.NO_CREDITS: (401, "", "", "quota_exceeded"),
    Mood.MODEL_GONE: (404, "not_found", "model_not_found", "model_not_found"),
    Mood.FAIL_LATER: (500, "internal_error", "internal_error", "internal_error"),
}
"""Status, type, code and the older status. Where type and code are empty only the older form is known."""


def _voices() -> dict[str, str]:
    """Some of those that come with every account."""
    return {
        "JBFqnCBsd6RMkjVDRZzb": "George",
        "EXAVITQu4vr4xnSDxMaL": "Sarah",
        "nPczCjzI2devNBz1zQrb": "Brian",
        "onwK4e9ZLuTAKqWW03F9": "Daniel",
        "pqHfZKP75CvOlQylNhV4": "Bill",
        "cjVigY5qzO86Huf0OWal": "Eric",
        "CwhRBWXzGAHq8TQ4Fs17": "Roger",
        "iP95p4xoKVk53GoZ742B": "Chris",
        "IKne3meq5aSn9XLyUdCD": "Charlie",
        "bIHbv24MWmeRgasZH58o": "Will",
        "TX3LPaxmHKxFdv7VOQHJ": "Liam",
        "Xb7hH8MSUJpSbSDYk0k2": "Alice",
        "XrExE9yKIg1WjnnlVkGX": "Matilda",
        "9BWtsMINqrJLrRacOk9x": "Aria",
        "FGY2WhTYpPnrIDTdsKH5": "Laura",
        "pFZP5JQG7iQjIQuC4Bku": "Lily",
        "cgSgspJ2msm6clMCkdW9": "Jessica",
    }


@dataclass(slots=True)
class FakeElevenLabs(FakeVendor):
    """`voices` are those of the account; `left` are the credits of its period, which cannot be exceeded."""

    voices: dict[str, str] = field(default_factory=_voices)
    left: int = 10_000
    may_read_account: bool = True

    def routes(self) -> list[Route]:
        return [
            Route("/v1/text-to-speech/{voice}", self._speak, methods=["POST"]),
            Route("/v1/text-to-speech/{voice}/with-timestamps", self._speak, methods=["POST"]),
            Route("/v1/music", self._compose, methods=["POST"]),
            Route("/v1/sound-generation", self._sound, methods=["POST"]),
            Route("/v1/user/subscription", self._account),
            Route("/v1/voices", self._list),
        ]

    def trouble(self, mood: Mood) -> Response:
        if mood not in _WORDS:
            raise NotImplementedError(f"ElevenLabs has no word for {mood}")
        status, family, code, before = _WORDS[mood]
        return _refuse(status, family, code, before)

    async def _speak(self, request: Request) -> Response:
        asked = json.loads(await request.body())
        if "text" not in asked:
            return _missing("text")
        voice = request.path_params["voice"]
        if voice not in self.voices:
            return _refuse(404, "not_found", "voice_not_found", "voice_not_found")
        timed = request.url.path.endswith("/with-timestamps")

        def reply(work: Work) -> Response:
            if work.mood is Mood.FAIL_LATER:
                return self.trouble(work.mood)
            text = asked["text"]
            sound = mp3(max(0.3, len(text) * _A_CHARACTER_S), work.number)
            headers = _headers(work, len(text))
            if not timed:
                return Response(sound, headers=headers, media_type="audio/mpeg")
            return JSONResponse(_timed(text, sound), headers=headers)

        return await self._take(request, f"speech/{voice}", asked, reply)

    async def _compose(self, request: Request) -> Response:
        asked = json.loads(await request.body())
        if ("prompt" in asked) == ("composition_plan" in asked):
            return _refuse(400, "validation_error", "invalid_parameters", "invalid_parameters")
        plan = asked.get("composition_plan", {})
        parts = [chunk["duration_ms"] for chunk in plan.get("chunks", [])]
        length_ms = sum(parts) or asked.get("music_length_ms", 10_000)
        return await self._take(request, "music", asked, self._sounding(length_ms / 1000))

    async def _sound(self, request: Request) -> Response:
        asked = json.loads(await request.body())
        if "text" not in asked:
            return _missing("text")
        seconds = asked.get("duration_seconds", 2.0)
        return await self._take(request, "sound", asked, self._sounding(seconds))

    async def _take(
        self, request: Request, endpoint: str, asked: dict[str, Any], reply: Any
    ) -> Response:
        key = request.headers.get("xi-api-key", "")
        return await self.take(request, endpoint, asked, key, reply)

    def _sounding(self, seconds: float) -> Any:
        def reply(work: Work) -> Response:
            if work.mood is Mood.FAIL_LATER:
                return self.trouble(work.mood)
            sound = mp3(min(seconds, 3.0), work.number)  # nobody listens to the rest
            return Response(sound, headers=_headers(work, 40), media_type="audio/mpeg")

        return reply

    async def _account(self, request: Request) -> Response:
        if self.keys and request.headers.get("xi-api-key", "") not in self.keys:
            return self.trouble(Mood.BAD_KEY)
        if not self.may_read_account:
            return _refuse(401, "", "", "missing_permissions")
        return JSONResponse(_subscription(self.left))

    async def _list(self, request: Request) -> Response:
        if self.keys and request.headers.get("xi-api-key", "") not in self.keys:
            return self.trouble(Mood.BAD_KEY)
        return JSONResponse({"voices": [_voice(*one) for one in self.voices.items()]})


def _refuse(status: int, family: str, code: str, before: str) -> Response:
    known = {"type": family, "code": code, "request_id": "3c807fc4c3a1705f9638ecc764a91c01"}
    detail = {"status": before, "message": f"That is {before}."} | (known if family else {})
    return JSONResponse({"detail": detail}, status)


def _missing(name: str) -> Response:
    fault = {"type": "missing", "loc": ["body", name], "msg": "Field required", "input": None}
    return JSONResponse({"detail": [fault]}, 422)


def _headers(work: Work, cost: int) -> dict[str, str]:
    return {"request-id": work.remote_id, "character-cost": str(cost)}


def _timed(text: str, sound: bytes) -> dict[str, Any]:
    begins = [round(number * _A_CHARACTER_S, 3) for number in range(len(text) + 1)]
    times = {
        "characters": list(text),
        "character_start_times_seconds": begins[:-1],
        "character_end_times_seconds": begins[1:],
    }
    return {
        "audio_base64": base64.b64encode(sound).decode(),
        "alignment": times,
        "normalized_alignment": times,
    }


def _voice(voice_id: str, name: str) -> dict[str, Any]:
    return {
        "voice_id": voice_id,
        "name": name,
        "category": "premade",
        "labels": {"language": "en"},
        "available_for_tiers": [],
        "high_quality_base_model_ids": ["eleven_multilingual_v2"],
    }


def _subscription(left: int) -> dict[str, Any]:
    return {
        "tier": "creator",
        "character_count": 100_000 - left,
        "character_limit": 100_000,
        "max_credit_limit_extension": 0,
        "can_extend_character_limit": False,
        "allowed_to_extend_character_limit": False,
        "next_character_count_reset_unix": 1_800_000_000,
        "voice_slots_used": 2,
        "professional_voice_slots_used": 0,
        "professional_voice_slots_used_in_workspace": 0,
        "voice_limit": 30,
        "voice_add_edit_counter": 0,
        "professional_voice_limit": 1,
        "can_extend_voice_limit": False,
        "can_use_instant_voice_cloning": True,
        "can_use_professional_voice_cloning": True,
        "currency": "usd",
        "current_overage": {"amount": "0", "currency": "usd"},
        "status": "active",
        "open_invoices": [],
        "has_open_invoices": False,
    }
