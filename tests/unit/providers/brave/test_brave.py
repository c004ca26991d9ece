"""What Brave is asked, what becomes of its answers, and which of its troubles is which of ours."""

import json

import pytest

from reelwright.engines.http.client import Answer, Http
from reelwright.providers.brave.errors import error_of
from reelwright.providers.brave.provider import Brave
from reelwright.providers.contract import Access, Call, Probes
from reelwright.providers.errors import (
    BadInputError,
    BadKeyError,
    OutOfCreditsError,
    ProviderError,
    RateLimitedError,
    UnavailableError,
    UnsupportedError,
)
from reelwright.providers.prompts import SearchRequest
from reelwright.testing.fakes.brave import FakeBrave
from reelwright.testing.fakes.moods import Mood
from support.vendors import VendorCase, open_vendor

CASE = VendorCase(Brave, FakeBrave, {})
MODEL = Brave(Http()).models()[0]

pytestmark = pytest.mark.anyio


async def search(request, folder, spoil=None):
    async with open_vendor(CASE) as (provider, fake, access):
        if spoil:
            spoil(fake)
        receipt = await provider.submit(Call(MODEL, request, "sub_1", folder, access))
        assert receipt.outcome is not None
        return receipt.outcome, fake


async def test_a_search_is_asked_as_brave_wants_it(tmp_path):
    request = SearchRequest("phare & brume", 7, country="fr", language="fr", safe=False)
    _, fake = await search(request, tmp_path)
    asked = fake.works[fake.charges[0].remote_id].asked
    assert asked == {
        "q": "phare & brume",
        "count": "7",
        "country": "FR",
        "search_lang": "fr",
        "safesearch": "off",
    }


async def test_what_is_found_tells_where_it_is_and_whose_it_may_be(tmp_path):
    outcome, _ = await search(SearchRequest("a pier", 2), tmp_path)
    found = json.loads(outcome.product.path.read_text(encoding="utf-8"))
    assert found[0] == {
        "title": "a pier, 1",
        "page": "https://pages.example/0",
        "source": "pages.example",
        "thumbnail": "https://imgs.search.brave.example/0.jpg",
        "image": "https://pages.example/0.jpg",
        "width": 1920,
        "height": 1080,
    }
    assert outcome.product.facts["count"] == len(found) == 2
    assert "belongs to others" in outcome.product.facts["rights"]


async def test_addresses_that_are_none_are_not_passed_on(tmp_path, monkeypatch):
    wicked = {
        "title": "w",
        "url": "javascript:alert(1)",
        "thumbnail": {"src": "https://t.example/1"},
    }
    bare = {"title": "b", "url": "https://p.example", "properties": {"url": "https://p.example/i"}}
    good = {
        "title": "g",
        "url": "https://p.example/2",
        "thumbnail": {"src": "https://t.example/2", "width": 50, "height": 40},
        "properties": {"url": "data:image/png;base64,AA"},
    }
    hits = iter([wicked, bare, good])
    monkeypatch.setattr(FakeBrave, "_hit", lambda *_: next(hits))
    outcome, _ = await search(SearchRequest("a pier", 3), tmp_path)
    (only,) = json.loads(outcome.product.path.read_text(encoding="utf-8"))
    assert (only["title"], only["image"], only["width"], only["height"]) == ("g", "", 50, 40)


async def test_a_key_tells_how_many_requests_are_left_where_the_plan_has_a_limit(monkeypatch):
    async with open_vendor(CASE) as (provider, fake, access):
        assert isinstance(provider, Probes)
        assert isinstance(fake, FakeBrave)
        fake.left = 12
        assert (await provider.probe(access)).credits == 12
        unlimited = {"X-RateLimit-Limit": "50, 0", "X-RateLimit-Remaining": "49, 0"}
        monkeypatch.setattr(FakeBrave, "_told", lambda _: unlimited)
        assert (await provider.probe(access)).credits is None
        with pytest.raises(BadKeyError):
            await provider.probe(Access("", access.base_url))
        assert fake.charges == []


async def test_too_many_searches_wait_for_the_shortest_window(tmp_path):
    with pytest.raises(RateLimitedError) as caught:
        await search(
            SearchRequest("a pier"), tmp_path, lambda fake: fake.moods.next.append(Mood.RATE_LIMIT)
        )
    assert caught.value.retry_after_s == 1


async def test_a_query_too_long_is_refused_before_it_is_sent(tmp_path):
    async with open_vendor(CASE) as (provider, fake, access):
        with pytest.raises(UnsupportedError):
            request = SearchRequest("x" * 401)
            await provider.submit(Call(MODEL, request, "sub_1", tmp_path, access))
        assert fake.requests == []


def _answer(status, body=b"", headers=None):
    return Answer(status, "https://api.search.brave.com/res/v1/images/search", headers or {}, body)


def _coded(code, meta=None):
    return json.dumps({"error": {"code": code, "detail": "so it is", "meta": meta or {}}}).encode()


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (_answer(422, _coded("SUBSCRIPTION_TOKEN_INVALID")), BadKeyError),
        (_answer(404, _coded("SUBSCRIPTION_NOT_FOUND")), BadKeyError),
        (_answer(422, _coded("VALIDATION", {"errors": [{"loc": ["header", "x"]}]})), BadKeyError),
        (_answer(422, _coded("VALIDATION", {"errors": [{"loc": ["query", "q"]}]})), BadInputError),
        (_answer(429, _coded("RATE_LIMITED")), RateLimitedError),
        (_answer(429, _coded("QUOTA_LIMITED")), OutOfCreditsError),
        (_answer(402), OutOfCreditsError),
        (_answer(401, b"<html>"), BadKeyError),
        (_answer(429, b"<html>"), RateLimitedError),
        (_answer(502, b"<html>"), UnavailableError),
        (_answer(418, b"{}"), ProviderError),
    ],
)
def test_each_trouble_has_its_type(answer, wanted):
    assert type(error_of(answer)) is wanted


def test_the_reference_pages_list_of_errors_is_read_too():
    body = json.dumps({"errors": [{"code": "RATE_LIMITED"}]}).encode()
    assert type(error_of(_answer(429, body))) is RateLimitedError


def test_a_refused_parameter_is_named():
    meta = {"errors": [{"loc": ["query", "country"]}]}
    error = error_of(_answer(422, _coded("VALIDATION", meta)))
    assert isinstance(error, BadInputError)
    assert error.field == "country"
