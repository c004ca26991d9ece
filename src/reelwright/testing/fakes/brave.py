"""Brave's image search, faked after its reference pages and the troubles its service was seen to send."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.server import FakeVendor, Work

_LIMITS = {
    "X-RateLimit-Limit": "50, 2000",
    "X-RateLimit-Policy": "50;w=1, 2000;w=2592000",
    "X-RateLimit-Reset": "1, 1419704",
}


@dataclass(slots=True)
class FakeBrave(FakeVendor):
    """Finds as many pictures as are asked for; `left` is what remains of the month."""

    left: int = 2000

    def routes(self) -> list[Route]:
        return [Route("/res/v1/images/search", self._search)]

    def trouble(self, mood: Mood) -> Response:
        match mood:
            case Mood.BAD_KEY:
                return self._refuse(
                    422, "SUBSCRIPTION_TOKEN_INVALID", "The provided subscription token is invalid."
                )
            case Mood.RATE_LIMIT:
                return self._refuse(429, "RATE_LIMITED", "Request rate limit exceeded for plan.")
            case Mood.NO_CREDITS:
                return self._refuse(429, "QUOTA_LIMITED", "Request quota limit exceeded for plan.")
            case Mood.BAD_INPUT:
                return self._invalid("query", "country")
            case Mood.BUSY:
                return Response("upstream connect error", 503, media_type="text/plain")
            case _:
                raise NotImplementedError(f"Brave has no word for {mood}")

    async def _search(self, request: Request) -> Response:
        key = request.headers.get("x-subscription-token", "")
        if not key:
            return self._invalid("header", "x-subscription-token")
        if self.keys and key not in self.keys:
            return self.trouble(Mood.BAD_KEY)
        asked = dict(request.query_params)
        wrong = _wrong(asked)
        if wrong:
            return self._invalid("query", wrong)
        return await self.take(request, "images", asked, key, self._found)

    def _found(self, work: Work) -> Response:
        if work.mood is Mood.FAIL_LATER:
            return self.trouble(Mood.BUSY)
        self.left -= 1
        query = work.asked["q"]
        results = [self._hit(query, number) for number in range(int(work.asked.get("count", "50")))]
        body = {
            "type": "images",
            "query": {"original": query, "spellcheck_off": False, "show_strict_warning": False},
            "results": results,
            "extra": {"might_be_offensive": work.asked.get("safesearch") == "off"},
        }
        return JSONResponse(body, headers=self._told())

    def _hit(self, query: str, number: int) -> dict[str, Any]:
        return {
            "type": "image_result",
            "title": f"{query}, {number + 1}",
            "url": f"https://pages.example/{number}",
            "source": "pages.example",
            "page_fetched": "2026-08-01T12:00:00Z",
            "thumbnail": {
                "src": f"https://imgs.search.brave.example/{number}.jpg",
                "width": 500,
                "height": 281,
            },
            "properties": {
                "url": f"https://pages.example/{number}.jpg",
                "placeholder": f"https://imgs.search.brave.example/p/{number}.jpg",
                "width": 1920,
                "height": 1080,
            },
            "confidence": "high",
        }

    def _told(self) -> dict[str, str]:
        return _LIMITS | {"X-RateLimit-Remaining": f"49, {self.left}"}

    def _invalid(self, place: str, field: str) -> Response:
        fault = {"type": "missing", "loc": [place, field], "msg": "Field required", "input": None}
        return self._refuse(
            422, "VALIDATION", "Unable to validate request parameter(s)", {"errors": [fault]}
        )

    def _refuse(
        self, status: int, code: str, detail: str, meta: dict[str, Any] | None = None
    ) -> Response:
        error = {
            "id": "5d832250-9396-4f6e-b84a-2a1fe524cd7d",
            "status": status,
            "code": code,
            "detail": detail,
            "meta": meta or {"component": "authentication"},
        }
        body = {"type": "ErrorResponse", "error": error, "time": 1_790_000_000}
        return JSONResponse(body, status, headers=self._told())


def _wrong(asked: dict[str, str]) -> str | None:
    """The parameter that is not as the reference page has it, if one is."""
    count = asked.get("count", "50")
    if not 1 <= len(asked.get("q", "")) <= 400:
        return "q"
    if not (count.isdigit() and 1 <= int(count) <= 200):
        return "count"
    return "safesearch" if asked.get("safesearch", "strict") not in {"strict", "off"} else None
