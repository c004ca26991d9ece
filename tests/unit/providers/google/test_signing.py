"""A service account is given tokens for what it signs, and asks no oftener than it must."""

import json
from dataclasses import replace

import pytest

from reelwright.engines.http.client import Http
from reelwright.ground.clock import SystemClock
from reelwright.providers.contract import Access
from reelwright.providers.errors import BadKeyError, UnavailableError
from reelwright.providers.google.signing import Tokens
from reelwright.providers.prompts import VideoRequest
from support.vendors import LOOPBACK, finished

pytestmark = pytest.mark.anyio


def _account(desk, **changes):
    told = json.loads(desk.fake.tokens.account(desk.access.base_url)) | changes
    return {"project": "p", "service_account": json.dumps(told)}


async def test_a_shot_is_made_by_a_service_account_with_one_token(desk):
    desk.fake.keys = {"nobody's"}
    desk.fake.keys.update(tokens := {"ya29.token-1"})
    call = desk.call("veo-3.1-lite/text-to-video", VideoRequest("a pier", 4), **_account(desk))
    _, outcome = await finished(desk.google, call)
    assert outcome.product.path.read_bytes()[4:8] == b"ftyp"
    assert set(desk.fake.tokens.given) == tokens
    assert [path for _, path in desk.fake.requests].count("/token") == 1


async def test_a_key_of_another_account_is_given_nothing(desk):
    wrong = _account(desk, client_email="other@p.iam.gserviceaccount.com")
    with pytest.raises(BadKeyError) as caught:
        await desk.google.probe(Access("", desk.access.base_url, wrong))
    assert "PRIVATE KEY" not in str(caught.value)


@pytest.mark.parametrize(
    "told",
    ["no json", "{}", json.dumps({"client_email": "a@b.c", "private_key": "-----BEGIN NOTHING"})],
)
async def test_a_file_that_is_none_is_refused_before_anything_is_sent(desk, told):
    with pytest.raises(BadKeyError) as caught:
        await desk.google.probe(
            Access("", desk.access.base_url, {"project": "p", "service_account": told})
        )
    assert caught.value.__cause__ is None
    assert desk.fake.requests == []


async def test_a_desk_that_cannot_be_reached_is_unavailable(desk):
    nowhere = "http://127.0.0.1:9/token"
    away = _account(desk, token_uri=nowhere)
    with pytest.raises(UnavailableError):
        await desk.google.probe(Access("", desk.access.base_url, away))


async def test_a_token_that_dies_is_asked_for_anew(desk, monkeypatch):
    http = Http(LOOPBACK)
    try:
        tokens = Tokens(http, SystemClock())
        access = replace(desk.access, more=_account(desk))
        monkeypatch.setattr("reelwright.providers.google.signing._EARLY_S", 4000.0)
        first, second = await tokens.headers(access), await tokens.headers(access)
    finally:
        await http.close()
    assert first != second
    assert len(desk.fake.tokens.given) == 2


async def test_an_account_on_vertex_is_tried_by_a_models_card(desk):
    standing = await desk.google.probe(
        Access("", desk.access.base_url, {"project": "p", "token": "ya29.x"})
    )
    assert standing.note == "Vertex"
    assert desk.fake.charges == []
