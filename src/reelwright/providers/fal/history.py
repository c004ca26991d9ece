"""fal's list of what was asked, in which a request is found whose answer was lost."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from pydantic import BaseModel

from reelwright.engines.http.client import Http
from reelwright.providers.contract import Access, Call, Request
from reelwright.providers.errors import ProviderError, UnknownOutcomeError
from reelwright.providers.fal.addresses import hosts_of, signed
from reelwright.providers.fal.errors import complaint_of, error_of
from reelwright.providers.prompts import LoraRequest, SpeechRequest
from reelwright.providers.wire import read, shaped

REFERENCE = "reelwright_reference"
"""The parameter of our own that every input carries; models take no notice of it, the list shows it."""

_SKEW = timedelta(minutes=5)  # between fal's clock and ours
_PAGES = 20
_LONGEST_S = 3600.0  # that a call takes


class _Asked(BaseModel):
    """One request in the list."""

    request_id: str
    json_input: dict[str, Any] | None = None


class _Page(BaseModel):
    """A part of the list."""

    items: list[_Asked] = []
    next_cursor: str | None = None
    has_more: bool = False


class Unanswered:
    """Calls this process has sent whose answer did not come.

    It is not known whether fal's list shows what still waits or runs. So for the time a call may
    take, its absence from the list proves nothing, and it must not be sent again for it.
    """

    def __init__(self) -> None:
        self._since: dict[str, float] = {}

    @contextmanager
    def until_answered(self, reference: str) -> Iterator[None]:
        """Around the sending: whatever happens, short of an answer, leaves the call unanswered."""
        self._since[reference] = time.monotonic()
        try:
            yield
        except UnknownOutcomeError:
            raise
        except ProviderError:  # an answer, or it never left
            self._since.pop(reference, None)
            raise
        self._since.pop(reference, None)

    def may_be_under_way(self, reference: str) -> bool:
        """Whether it was sent not long ago."""
        since = self._since.get(reference)
        return since is not None and time.monotonic() - since < _LONGEST_S


class History:
    """Reads the list."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def find(self, call: Call, since: datetime) -> str | None:
        """The id fal gave the call; None when it is not in the list.

        Raises UnknownOutcomeError when the list holds what may be the call, and does not say so.
        """
        doubtful = False
        cursor: str | None = None
        for _ in range(_PAGES):
            page = await self._page(call, since, cursor)
            for one in page.items:
                asked = one.json_input
                if asked is not None and asked.get(REFERENCE) == call.reference:
                    return one.request_id
                doubtful = doubtful or asked is None or _alike(asked, call.request)
            cursor = page.next_cursor
            if not page.has_more or cursor is None:
                break
        else:
            doubtful = True
        if doubtful:
            raise UnknownOutcomeError("fal's list has requests that may or may not be this one")
        return None

    async def reachable(self, access: Access) -> None:
        """Raises what keeps an account from its list."""
        await self._get({"endpoint_id": "fal-ai/flux/dev", "limit": "1"}, access)

    async def _page(self, call: Call, since: datetime, cursor: str | None) -> _Page:
        query = {
            "endpoint_id": call.model.endpoint,
            "start": (since - _SKEW).isoformat(),
            "expand": "payloads",
            "limit": "100",
        }
        return await self._get(query | ({"cursor": cursor} if cursor else {}), call.access)

    async def _get(self, query: dict[str, str], access: Access) -> _Page:
        url = f"{hosts_of(access).platform}/v1/models/requests/by-endpoint?{urlencode(query)}"
        answer = await read(self._http, url, headers=signed(access))
        if answer.status >= 400:
            raise error_of(complaint_of(answer))
        return shaped(answer, _Page)


def _alike(asked: dict[str, Any], request: Request) -> bool:
    """Whether an input without anybody's reference has the words of ours."""
    if REFERENCE in asked:
        return False
    match request:
        case SpeechRequest(text=words) | LoraRequest(trigger=words):
            pass
        case _:
            words = getattr(request, "prompt", "")
    return any(isinstance(value, str) and words in value for value in asked.values())
