"""The adapter of Brave's image search.

A search is a GET, but not a free one: Brave counts and bills every request it has answered with
success, and knows no key against doubled ones. When an answer is lost, the search may have been
billed, and asked again it is billed again. So it is sent once, as every paid call, and there is no
recall (`Recall.NONE`); what may be lost that way is the price of one search.

What is found belongs to others. The product holds Brave's thumbnail, the picture's address and the
page it stands on, to be looked at and linked to; pictures themselves are not fetched.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from reelwright.engines.http.client import Answer, Http
from reelwright.providers.at_once import AnswersAtOnce, receipt
from reelwright.providers.brave.errors import error_of
from reelwright.providers.brave.shapes import Found, Hit
from reelwright.providers.catalogue import Model, models_of
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.contract import Access, Call, Outcome, Product, Receipt, Standing
from reelwright.providers.errors import BadInputError, UnsupportedError
from reelwright.providers.prices import Unit
from reelwright.providers.prompts import SearchRequest
from reelwright.providers.wire import read, save, send_paid, shaped

ADDRESS = "https://api.search.brave.com"


class Brave(AnswersAtOnce):
    """Brave Search."""

    name = "brave"
    title = "Brave Search"

    def __init__(self, http: Http) -> None:
        self._http = http

    def models(self) -> Sequence[Model]:
        """The image search."""
        return models_of("reelwright.providers.brave", self.name)

    async def submit(self, call: Call) -> Receipt:
        """Search; the answer holds all that was found."""
        refuse_unsupported(call.model, call.request)
        if not isinstance(call.request, SearchRequest):
            raise UnsupportedError(f"{self.title} only searches", field="operation")
        url = _address(call.access, call.model.endpoint, _query(call.request))
        answer = await send_paid(self._http, url, headers=_headers(call.access), method="GET")
        if answer.status != 200:
            raise error_of(answer)
        product = _product(shaped(answer, Found, paid=True), call)
        return receipt(call, Outcome((product,), {Unit.CALL: Decimal(1)}))

    async def probe(self, access: Access) -> Standing:
        """A search without a query: Brave looks at the key first, and bills no refused request."""
        address = self.models()[0].endpoint
        answer = await read(self._http, _address(access, address, {}), headers=_headers(access))
        if answer.status != 200:
            error = error_of(answer)
            if not isinstance(error, BadInputError):
                raise error
        return Standing(credits=_left(answer))


def _address(access: Access, path: str, query: dict[str, Any]) -> str:
    base = (access.base_url or ADDRESS).rstrip("/")
    return f"{base}{path}?{urlencode(query)}" if query else f"{base}{path}"


def _headers(access: Access) -> dict[str, str]:
    return {"X-Subscription-Token": access.key, "Accept": "application/json"}


def _query(request: SearchRequest) -> dict[str, Any]:
    return {
        "q": request.query,
        "count": request.count,
        "country": request.country.upper(),
        "search_lang": request.language,
        "safesearch": "strict" if request.safe else "off",
    }


def _product(found: Found, call: Call) -> Product:
    shown = [_entry(hit) for hit in found.results if _can_be_shown(hit)]
    content = json.dumps(shown, ensure_ascii=False).encode()
    path = save(content, call.folder, "pictures", "application/json")
    facts = {
        "count": len(shown),
        "altered": found.query.altered,
        "might_be_offensive": found.extra.might_be_offensive,
        "rights": call.model.note,
    }
    return Product(path, "application/json", facts)


def _entry(hit: Hit) -> dict[str, Any]:
    there, small = hit.properties, hit.thumbnail
    image = there.url if _is_address(there.url) else ""
    return {
        "title": hit.title,
        "page": hit.url,
        "source": hit.source,
        "thumbnail": small.src,
        "image": image,
        "width": there.width or small.width,
        "height": there.height or small.height,
    }


def _can_be_shown(hit: Hit) -> bool:
    """Whether it has what a moodboard needs: something to see, and the page it is from."""
    return _is_address(hit.url) and _is_address(hit.thumbnail.src)


def _is_address(text: str) -> bool:
    """Strangers wrote it: whatever else an address may be (`javascript:`) is left out."""
    return text.startswith(("https://", "http://"))


def _left(answer: Answer) -> float | None:
    """Requests left in the longest window, where the plan has a limit: its last number, if not 0 of 0."""
    limits, remaining = (
        answer.headers.get(f"x-ratelimit-{name}", "").split(",")[-1].strip()
        for name in ("limit", "remaining")
    )
    told = limits.isascii() and limits.isdigit() and remaining.isascii() and remaining.isdigit()
    return float(remaining) if told and int(limits) > 0 else None
