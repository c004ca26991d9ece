"""fal, faked: its queue, its storage, its signed webhooks, and its list of what was asked.

One address stands for all of fal's hosts. As at fal, the queue takes whatever an account may ask;
what is wrong with an input is found, and told, where the result should be.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reelwright.testing.fakes.fal_outputs import Made, made_of
from reelwright.testing.fakes.fal_webhooks import Ringer
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.server import FakeVendor, Work

_NGINX = "<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center><hr><center>nginx</center></body></html>"
_STRANGER = {"detail": "No user found for Key ID and Secret"}
_LOCKED = {
    "detail": "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing."
}


class _FoundLater(Exception):  # noqa: N818  # no error of ours
    """What fal finds out only when a model reads its input; nothing is billed for it."""

    def __init__(self, mood: Mood) -> None:
        self.mood = mood


@dataclass
class FakeFal(FakeVendor):
    """fal. `lists_running` says whether its list shows what is not finished; `admin`, of which sort keys are.

    `keeps_inputs` off: as for accounts that have inputs forgotten.
    """

    admin: bool = True
    balance: float = 24.5
    lists_running: bool = True
    keeps_inputs: bool = True
    page: int = 100
    stored: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    asked_at: dict[str, datetime] = field(default_factory=dict)
    outcomes: dict[str, Made] = field(default_factory=dict)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    ringer: Ringer = field(default_factory=Ringer)

    def routes(self) -> list[Route]:
        """All hosts of fal's; the queue's last, for any path is a model's."""
        request = "/{owner}/{app}/requests/{id}"
        return [
            Route("/storage/upload/initiate", self._initiate, methods=["POST"]),
            Route("/storage/auth/token", self._token, methods=["POST"]),
            Route("/files/upload", self._upload, methods=["POST"]),
            Route("/files/{name:path}", self._put, methods=["PUT"]),
            Route("/files/{name:path}", self._file),
            Route("/.well-known/jwks.json", self._keys),
            Route("/v1/account/billing", self._billing),
            Route("/v1/models/requests/by-endpoint", self._history),
            Route(f"{request}/status", self._status),
            Route(f"{request}/cancel", self._cancel, methods=["PUT"]),
            Route(request, self._result),
            Route("/{endpoint:path}", self._submit, methods=["POST"]),
        ]

    def trouble(self, mood: Mood) -> Response:
        """The words of fal, where the queue itself has any."""
        match mood:
            case Mood.BUSY:
                return Response(_NGINX, 503, media_type="text/html")
            case Mood.RATE_LIMIT:
                told = {
                    "detail": "Too many requests",
                    "error_type": "concurrent_requests_limit",
                }
                return JSONResponse(told, 429, {"X-Fal-Needs-Retry": "1", "Retry-After": "2"})
            case Mood.BAD_KEY:
                return JSONResponse(_STRANGER, 401)
            case Mood.NO_CREDITS:
                return JSONResponse(_LOCKED, 403)
            case Mood.MODEL_GONE:
                return JSONResponse({"detail": "Application not found"}, 404)
            case _:
                raise _FoundLater(mood)

    async def _submit(self, request: Request) -> Response:
        endpoint, key = request.path_params["endpoint"], self._key(request)
        hook = request.query_params.get("fal_webhook")
        asked = await request.json()
        self.headers.append(dict(request.headers))
        try:
            return await self.take(request, endpoint, asked, key, self._reply, reference=hook)
        except _FoundLater as found:
            work = self._begin(endpoint, asked, key, found.mood, hook)
            self.charges.pop()
            return self._reply(work)

    def _begin(
        self, endpoint: str, asked: Mapping[str, Any], key: str, mood: Mood, reference: str | None
    ) -> Work:
        work = super()._begin(endpoint, asked, key, mood, reference)
        self.asked_at[work.remote_id] = datetime.now(UTC)
        if reference and self.webhooks:
            self.ringer.ring_when_done(reference, work, self._made)
        return work

    def _reply(self, work: Work) -> Response:
        at = f"{self.url}/{'/'.join(work.endpoint.split('/')[:2])}/requests/{work.remote_id}"
        return JSONResponse(
            {
                "status": "IN_QUEUE",
                "request_id": work.remote_id,
                "gateway_request_id": work.remote_id,
                "response_url": at,
                "status_url": f"{at}/status",
                "cancel_url": f"{at}/cancel",
                "queue_position": 0,
            }
        )

    async def _status(self, request: Request) -> Response:
        work = self._work(request)
        if isinstance(work, Response):
            return work
        told: dict[str, Any] = {"request_id": work.remote_id, "response_url": ""}
        if not work.done:
            log = {"message": "at work", "level": "INFO", "timestamp": ""}
            told |= {"status": "IN_PROGRESS", "logs": [log]}
            return JSONResponse(told, 202)
        made = self._made(work)
        told |= {"status": "COMPLETED", "logs": [], "metrics": {"inference_time": self.work_s}}
        if made.status >= 400:
            told |= {"error": made.complaint, "error_type": made.kind}
        return JSONResponse(told)

    async def _result(self, request: Request) -> Response:
        work = self._work(request)
        if isinstance(work, Response):
            return work
        if not work.done:
            return JSONResponse({"detail": "Request is still in progress"}, 400)
        made = self._made(work)
        return JSONResponse(
            made.body,
            made.status,
            {"X-Fal-Request-Id": work.remote_id}
            | ({"X-Fal-Error-Type": made.kind} if made.kind else {}),
        )

    async def _cancel(self, request: Request) -> Response:
        work = self._work(request)
        if isinstance(work, Response):
            return JSONResponse({"status": "NOT_FOUND"}, 404)
        if work.done:
            return JSONResponse({"status": "ALREADY_COMPLETED"}, 400)
        work.cancelled, work.done_at = True, 0.0
        return JSONResponse({"status": "CANCELLATION_REQUESTED"}, 202)

    def _made(self, work: Work) -> Made:
        """What has become of it; the files are to be had from here."""
        made = self.outcomes.get(work.remote_id)
        if made is None or work.cancelled:
            made = made_of(work, f"{self.url}/files", self.stored.keys())
            self.stored |= made.files
            self.outcomes[work.remote_id] = made
        return made

    def _work(self, request: Request) -> Work | Response:
        if self._stranger(request):
            return self.trouble(Mood.BAD_KEY)
        work = self.works.get(request.path_params["id"])
        return work or JSONResponse({"detail": "Request not found"}, 404)

    # The list of what was asked, and what is left to pay with.

    async def _history(self, request: Request) -> Response:
        if self._stranger(request):
            return self.trouble(Mood.BAD_KEY)
        query = request.query_params
        since = datetime.fromisoformat(query["start"]) if "start" in query else None
        found = [
            work
            for work in self.works.values()
            if work.endpoint == query["endpoint_id"]
            and (work.done or self.lists_running)
            and (since is None or self.asked_at[work.remote_id] >= since)
        ]
        size = min(int(query.get("limit", "50")), self.page)
        first = int(query.get("cursor", "0"))
        more = first + size < len(found)
        payloads = query.get("expand") == "payloads"
        return JSONResponse(
            {
                "items": [
                    self._entry(work, with_payloads=payloads)
                    for work in found[first : first + size]
                ],
                "next_cursor": str(first + size) if more else None,
                "has_more": more,
            }
        )

    def _entry(self, work: Work, *, with_payloads: bool) -> dict[str, Any]:
        at = self.asked_at[work.remote_id].isoformat()
        entry: dict[str, Any] = {
            "request_id": work.remote_id,
            "endpoint_id": work.endpoint,
            "sent_at": at,
            "started_at": at,
        }
        if work.done:
            entry |= {"ended_at": at, "status_code": self._made(work).status}
        if with_payloads and self.keeps_inputs:
            entry["json_input"] = work.asked
        return entry

    async def _billing(self, request: Request) -> Response:
        if self._stranger(request):
            return self.trouble(Mood.BAD_KEY)
        if not self.admin:
            told = {"type": "authorization_error", "message": "Admin access required"}
            return JSONResponse({"error": told}, 403)
        left = {"current_balance": self.balance, "currency": "USD"}
        return JSONResponse({"username": "a-house", "credits": left})

    # Files in, files out.

    async def _initiate(self, request: Request) -> Response:
        if self._stranger(request):
            return self.trouble(Mood.BAD_KEY)
        asked = await request.json()
        url = f"{self.url}/files/{self._name(asked['file_name'])}"
        return JSONResponse({"upload_url": f"{url}?signature=of-a-test", "file_url": url})

    async def _put(self, request: Request) -> Response:
        if request.query_params.get("signature") != "of-a-test":
            return Response(status_code=403)
        media_type = request.headers.get("content-type", "application/octet-stream")
        self.stored[request.path_params["name"]] = (await request.body(), media_type)
        return Response()

    async def _token(self, request: Request) -> Response:
        if self._stranger(request):
            return self.trouble(Mood.BAD_KEY)
        token = {"token": "of-a-test", "token_type": "Bearer", "base_url": self.url}
        return JSONResponse(token | {"expires_at": "2099-01-01T00:00:00+00:00"})

    async def _upload(self, request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer of-a-test":
            return Response(status_code=401)
        name = self._name(request.headers.get("x-fal-file-name", "upload.bin"))
        self.stored[name] = (await request.body(), request.headers["content-type"])
        return JSONResponse({"access_url": f"{self.url}/files/{name}"})

    async def _file(self, request: Request) -> Response:
        found = self.stored.get(request.path_params["name"])
        if found is None:
            return Response(status_code=404)
        return Response(found[0], media_type=found[1])

    async def _keys(self, _: Request) -> Response:
        return JSONResponse(self.ringer.published())

    def _name(self, name: str) -> str:
        return f"up/{len(self.stored)}_{name}"

    def _key(self, request: Request) -> str:
        return request.headers.get("authorization", "").removeprefix("Key ")

    def _stranger(self, request: Request) -> bool:
        return bool(self.keys) and self._key(request) not in self.keys
