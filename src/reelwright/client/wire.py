"""Requests over HTTP: who asks, what may be asked again, and what answers mean."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Self, TypeVar
from urllib.parse import quote, urljoin

import aiohttp
from pydantic import BaseModel, TypeAdapter

from reelwright.client.failures import ApiError, NoAnswerError, failure
from reelwright.ground.errors import InvalidInputError

T = TypeVar("T")
_BUSY = frozenset({429, 502, 503, 504})
_READS = frozenset({"GET", "HEAD"})
_PAUSE_S = 0.25
_LONGEST_PAUSE_S = 30.0

Query = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, when it was no refusal."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def read(kind: type[T], body: bytes) -> T:
    """A body as a typed value; what a newer service has added is kept aside."""
    return _adapter(kind).validate_json(body)


class Wire:
    """One service, asked by one person. Close it, or use it as a context.

    Reads, and writes that bear an idempotency key, are asked again (`attempts` times in all) when the
    service is busy or breaks off; all others once. Of one that says it is busy for longer than 30 s
    the refusal is raised at once.
    """

    def __init__(
        self,
        base_url: str,
        *,
        token: str | None = None,
        session: str | None = None,
        workspace: str | None = None,
        attempts: int = 3,
        timeout_s: float = 60,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._headers = {"Accept": "application/json"}
        if token is not None:
            self._headers["Authorization"] = f"Bearer {token}"
        if session is not None:
            self._headers["Cookie"] = session
        if workspace is not None:
            self._headers["Reelwright-Workspace"] = workspace
        self.attempts = attempts
        self.timeout = aiohttp.ClientTimeout(total=timeout_s, connect=10)
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close connections."""
        if self._http is not None:
            await self._http.close()
            self._http = None

    @asynccontextmanager
    async def opened(
        self, method: str, path: str, **more: Any
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """One request, its body still to be read; raises ApiError and NoAnswerError."""
        headers = more.pop("headers", {})
        more.setdefault("timeout", self.timeout)
        more["allow_redirects"] = False  # it would not know whom our token is for
        if self._http is None:
            self._http = aiohttp.ClientSession()
        url = path if "://" in path else self.base_url + path
        if url.startswith(self.base_url + "/"):  # a token is for its own service only
            headers = self._headers | headers
        try:
            async with self._http.request(method, url, headers=headers, **more) as response:
                if response.status >= 400:
                    raise _refusal(response, await response.read())
                yield response
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            raise NoAnswerError(
                f"{self.base_url} did not answer ({type(error).__name__})",
                way_out="see whether the service runs, and whether the address is right",
            ) from error

    async def ask(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: Any = None,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask, again where that is safe."""
        headers, more = dict(headers or {}), {}
        if key is not None:
            headers["Idempotency-Key"] = key
        if getattr(body, "stream", False):  # it would be paid for before we could not read it
            raise InvalidInputError(
                "this call waits for the whole answer",
                way_out="use stream_text or stream_message, or leave `stream` away",
            )
        if body is not None:
            headers["Content-Type"] = "application/json"
            more["data"] = json.dumps(plain(body), ensure_ascii=False).encode()
        params = params_of(query or {})

        async def once() -> Answer:
            async with self.opened(
                method, path, headers=dict(headers), params=params, **more
            ) as response:
                return Answer(response.status, response.headers, await response.read())

        return await self.tried(once, again=method in _READS or key is not None)

    async def tried(self, once: Callable[[], Awaitable[T]], *, again: bool) -> T:
        """What a request answers; with `again` as often as the wire tries."""
        tries = 0
        while True:
            tries += 1
            try:
                return await once()
            except (ApiError, NoAnswerError) as error:
                if not again or tries >= self.attempts or not worth_another_try(error):
                    raise
                await asyncio.sleep(pause_before(error, tries))

    async def place(self, path: str, *, query: Query | None = None) -> str:
        """Where an address leads to."""
        answer = await self.ask("GET", path, query=query)
        return urljoin(self.base_url, answer.headers["Location"])

    async def rows(self, path: str, query: Query, kind: type[T]) -> AsyncIterator[T]:
        """All rows of a list, page by page as they are looked at."""
        asked = dict(query)
        while True:
            answer = await self.ask("GET", path, query=asked)
            page = json.loads(answer.body)
            for item in page["items"]:
                yield _adapter(kind).validate_python(item)
            if page["next"] is None:
                return
            asked["cursor"] = page["next"]


def at(pattern: str, **parts: Any) -> str:
    """A path with its parts; ids of models may have slashes."""
    return pattern.format(**{name: quote(str(part), safe="/") for name, part in parts.items()})


def worth_another_try(error: ApiError | NoAnswerError) -> bool:
    """Whether the same may go through soon."""
    if isinstance(error, NoAnswerError):
        return True
    soon = error.retry_after is None or error.retry_after <= _LONGEST_PAUSE_S
    return soon and (error.status in _BUSY or error.code == "still_answering")


def pause_before(error: ApiError | NoAnswerError, tries: int) -> float:
    """Seconds to wait after so many tries: what the service says, or longer and longer."""
    after = getattr(error, "retry_after", None)
    if after is not None:
        return after
    return min(_PAUSE_S * 2**tries, _LONGEST_PAUSE_S) * random.uniform(0.5, 1)


def _refusal(response: aiohttp.ClientResponse, body: bytes) -> ApiError:
    try:
        problem = json.loads(body)
    except ValueError:
        problem = None
    after = response.headers.get("Retry-After", "")
    told = problem if isinstance(problem, dict) else {"detail": f"HTTP {response.status}"}
    return failure(response.status, told, float(after) if after.isdigit() else None)


def plain(value: Any) -> Any:
    """A body as what JSON can say."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return value


def params_of(query: Query) -> list[tuple[str, str]]:
    """A query as pairs; what is None is left away."""
    found: list[tuple[str, str]] = []
    for name, value in query.items():
        several = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
        found += [(name, _text(one)) for one in several if one is not None]
    return found


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
