"""Signing in with accounts elsewhere, over HTTP: whom we believe what, and whom we do not."""

import warnings
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.ground.principals import Activity
from reelwright.identity.auth_service import AuthService
from reelwright.testing.fakes.identities import CLIENT, SECRET, FakePlaces
from support.api import signed_up
from support.ways_in import calling, open_doors

pytestmark = [
    pytest.mark.anyio,
    # The other side's own.
    pytest.mark.filterwarnings("ignore::authlib.deprecate.AuthlibDeprecationWarning"),
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]

API = "/api/v1"
OAUTH = f"{API}/auth/oauth"
OURS = {"Sec-Fetch-Site": "same-origin"}
ADA: dict[str, object] = {
    "sub": "1",
    "email": "ada@example.com",
    "email_verified": True,
    "name": "Ada",
}


@pytest.fixture
def places():
    places = FakePlaces(dict(ADA))
    with places.served():
        yield places


@asynccontextmanager
async def house(database_url, url, *, sign_up="open", joins=False, groups=None):
    known = {"client_id": CLIENT, "client_secret": SECRET, "issuer": url, "sign_up": joins}
    providers = {kind: known | {"kind": kind} for kind in ("github", "discord")}
    known |= {"groups": groups or {}}
    given = {"oauth": {"providers": {"there": known, **providers}}, "http": {"private": True}}
    async with open_doors(database_url, more=given, sign_up=sign_up) as opened:
        yield opened


async def go(client, provider="there", onward="/films"):
    """Out to the other place: the address we are sent back to."""
    out = await client.get(f"{OAUTH}/{provider}", params={"next": onward})
    assert out.status_code == 302, out.text
    return await there(out.headers["location"])


async def there(way):
    async with httpx2.AsyncClient() as browser:
        return (await browser.get(way)).headers["location"]


async def sign_in(client, provider="there"):
    return await client.get(await go(client, provider))


async def test_whoever_has_an_account_elsewhere_comes_in_and_is_the_same_person_next_time(
    database_url, places
):
    async with house(database_url, places.url) as opened:
        async with calling(opened) as client:
            back = await go(client)
            asked = parse_qs(urlsplit(back).query)
            assert set(asked) == {"code", "state"}
            done = await client.get(back)
            assert (done.status_code, done.headers["location"]) == (303, "/films"), done.text
            me = (await client.get(f"{API}/me")).json()
            assert (me["email"], me["name"]) == ("ada@example.com", "Ada")
            assert me["email_verified_at"] is not None
            (one,) = (await client.get(f"{API}/me/identities")).json()["items"]
            assert (one["provider"], one["email"]) == ("there", "ada@example.com")
        places.person |= {"email": "countess@example.com"}
        async with calling(opened) as client:
            await sign_in(client)
            assert (await client.get(f"{API}/me")).json()["id"] == me["id"]


async def test_a_code_comes_back_once_to_the_browser_that_was_sent(database_url, places):
    async with (
        house(database_url, places.url) as opened,
        calling(opened) as client,
        calling(opened) as other,
    ):
        back = await go(client)
        stolen = await other.get(back)
        assert (stolen.status_code, stolen.json()["code"]) == (401, "ceremony_over")
        wrong = await client.get(back.replace("state=", "state=x"))
        assert wrong.json()["code"] == "ceremony_over"
        assert (await client.get(back)).json()["code"] == "ceremony_over"
        back = await go(client)
        kept = dict(client.cookies)
        assert (await client.get(back)).status_code == 303
        client.cookies.update(kept)
        assert (await client.get(back)).json()["code"] == "ceremony_over"
        # The code of one attempt does not fit another: it was asked for with another verifier.
        first, second = await go(other), await go(other)
        code = parse_qs(urlsplit(first).query)["code"][0]
        state = parse_qs(urlsplit(second).query)["state"][0]
        mixed = await other.get(f"{OAUTH}/there/callback", params={"code": code, "state": state})
        assert mixed.json()["code"] == "oauth_failed"


async def test_after_the_sign_in_one_goes_nowhere_but_to_us(database_url, places):
    elsewhere = ("https://evil.example", "//evil.example", "/\\evil.example", "films", "/a\nb")
    async with house(database_url, places.url) as opened, calling(opened) as client:
        for onward in elsewhere:
            answer = await client.get(f"{OAUTH}/there", params={"next": onward})
            assert answer.status_code == 422, onward


async def test_what_is_not_signed_for_us_this_time_by_them_is_not_believed(database_url, places):
    lies = [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "somebody-else"},
        {"aud": [CLIENT, "somebody-else"]},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
        {"sub": 7},
        {"at_hash": "bm90IGl0"},
    ]
    async with house(database_url, places.url) as opened, calling(opened) as client:
        for lie in lies:
            places.claims = lie
            answer = await sign_in(client)
            assert (answer.status_code, answer.json()["code"]) == (401, "oauth_failed"), lie
            assert "set-cookie" not in answer.headers
        places.claims, places.key = {}, RSAKey.generate_key(2048, {"kid": "told"})
        assert (await sign_in(client)).json()["code"] == "oauth_failed"
        places.key = None
        back = await go(client)
        assert (await client.get(f"{back}&iss=https://evil.example")).status_code == 401
        places.refuses = True
        assert (await sign_in(client)).json()["detail"] == "you were not let in there"
        assert (await client.get(f"{OAUTH}/nowhere")).status_code == 404


async def test_an_address_that_is_not_proved_on_both_sides_links_nobody(database_url, places):
    async with (
        house(database_url, places.url) as opened,
        calling(opened) as client,
        calling(opened) as ada,
    ):
        for unproved in ({"email_verified": False}, {"email_verified": None}, {"email": None}):
            places.claims = unproved
            answer = await sign_in(client)
            assert (answer.status_code, answer.json()["code"]) == (403, "email_unproved")
        places.claims = {}
        signed = await signed_up(ada, "ada")
        answer = await sign_in(client)
        assert (answer.status_code, answer.json()["code"]) == (409, "link_refused")
        assert "link the account then" in answer.json()["way_out"]
        me = (await ada.get(f"{API}/me", headers=signed)).json()
        await run(opened, "UPDATE users SET email_verified_at = now()")
        assert (await sign_in(client)).status_code == 303
        assert (await client.get(f"{API}/me")).json()["id"] == me["id"]


async def test_who_is_signed_in_links_accounts_and_unlinks_all_but_the_last_way_in(
    database_url, places
):
    places.person |= {"id": 5, "email": "elsewhere@example.com", "verified": True, "login": "ada"}
    places.emails = [{"email": "x@example.com", "primary": True, "verified": True}]
    async with (
        house(database_url, places.url) as opened,
        calling(opened) as client,
        calling(opened) as other,
    ):
        await client.post(
            f"{API}/auth/sign-up",
            json={"email": "ada@example.com", "password": "lighthouse keeper 7", "name": "Ada"},
        )
        for provider in ("github", "there"):
            asked = await client.post(f"{API}/me/identities/{provider}", json={}, headers=OURS)
            done = await client.get(await there(asked.json()["url"]))
            assert done.status_code == 303, done.text
        listed = (await client.get(f"{API}/me/identities")).json()["items"]
        assert [one["provider"] for one in listed] == ["github", "there"]
        me = (await client.get(f"{API}/me")).json()
        assert (await sign_in(other, "github")).status_code == 303
        assert (await other.get(f"{API}/me")).json()["id"] == me["id"]
        # Somebody else cannot take it, nor unlink it.
        bo = await signed_up(other, "bo")
        other.cookies.clear()
        asked = await other.post(f"{API}/me/identities/github", json={}, headers=bo)
        taken = await other.get(await there(asked.json()["url"]))
        assert (taken.status_code, taken.json()["code"]) == (409, "link_refused")
        theirs = f"{API}/me/identities/{listed[0]['id']}"
        assert (await other.delete(theirs, headers=bo)).status_code == 404
        await run(opened, "DELETE FROM credentials")
        assert (await client.delete(theirs, headers=OURS)).status_code == 204
        last = f"{API}/me/identities/{listed[1]['id']}"
        kept = await client.delete(last, headers=OURS)
        assert kept.status_code == 409, kept.text
        assert "last way in" in kept.json()["detail"]


async def test_github_and_discord_say_who_somebody_is_when_they_are_asked(database_url, places):
    places.person = {"id": 5, "login": "ada", "name": None, "email": "shown@example.com"}
    places.emails = [
        {"email": "other@example.com", "primary": False, "verified": True},
        {"email": "ada@example.com", "primary": True, "verified": False},
    ]
    async with (
        house(database_url, places.url) as opened,
        calling(opened) as client,
        calling(opened) as other,
    ):
        assert (await sign_in(client, "github")).json()["code"] == "email_unproved"
        places.emails[1]["verified"] = True
        assert (await sign_in(client, "github")).status_code == 303
        me = (await client.get(f"{API}/me")).json()
        assert (me["email"], me["name"]) == ("ada@example.com", "ada")
        places.person = {"id": "80351110224678912", "username": "bo", "email": "bo@example.com"}
        assert (await sign_in(other, "discord")).json()["code"] == "email_unproved"
        places.person |= {"verified": True}
        assert (await sign_in(other, "discord")).status_code == 303
        assert (await other.get(f"{API}/me")).json()["email"] == "bo@example.com"


async def test_groups_elsewhere_are_roles_here_again_at_each_sign_in(database_url, places):
    async with house(database_url, places.url) as opened, calling(opened) as client:
        owner = await signed_up(client, "bo")
        made = await client.post(f"{API}/workspaces", json={"name": "Studio"}, headers=owner)
        studio = made.json()["id"]
    unknown = studio[:-1] + ("0" if studio[-1] != "0" else "1")
    groups = {
        "film": {"workspace": studio, "role": "editor"},
        "all": {"workspace": studio, "role": "viewer"},
        "gone": {"workspace": unknown, "role": "admin"},
    }
    # Where signing up is closed, only places of which that is said bring new people.
    closed: dict[str, Any] = {"sign_up": "closed", "groups": groups}
    async with house(database_url, places.url, **closed) as opened, calling(opened) as client:
        assert (await sign_in(client)).json()["code"] == "denied"
    closed["joins"] = True
    async with house(database_url, places.url, **closed) as opened, calling(opened) as client:
        for said, role in ((("all", "film", "gone"), "editor"), (("all",), "viewer"), ((), None)):
            places.claims = {"groups": list(said)}
            assert (await sign_in(client)).status_code == 303
            there = {"Reelwright-Workspace": studio}
            seen = await client.get(f"{API}/auth/session", headers=there)
            assert (seen.json().get("role") if role else seen.status_code) == (role or 404)


@pytest.mark.parametrize("ended", ["signed out", "all ended", "reset", "suspended"])
async def test_an_account_is_linked_only_while_the_session_goes_on_in_which_it_was_asked_for(
    database_url, places, ended
):
    places.person |= {"sub": "666", "email": "mallory@evil.example"}
    async with (
        house(database_url, places.url) as opened,
        calling(opened) as client,
        calling(opened) as back,
    ):
        ada = {"email": "ada@example.com", "password": "lighthouse keeper 7", "name": "Ada"}
        await client.post(f"{API}/auth/sign-up", json=ada)
        asked = await client.post(f"{API}/me/identities/there", json={}, headers=OURS)
        way = await there(asked.json()["url"])
        if ended == "signed out":
            await client.post(f"{API}/auth/logout", headers=OURS)
        elif ended == "all ended":
            await run(opened, "UPDATE sessions SET revoked_at = now()")
        elif ended == "suspended":
            await run(opened, "UPDATE users SET suspended_at = now()")
        else:
            auth = await opened.container.get(AuthService)
            database = await opened.container.get(Database)
            async with database.transaction(Activity.SIGN_IN) as tx:
                user = await tx.scalar(text("SELECT id FROM users WHERE email IS NOT NULL"))
                await auth.set_password(tx, user, "a hash")
        done = await client.get(way)
        assert (done.status_code, done.json()["code"]) == (401, "ceremony_over")
        await sign_in(back)
        assert (await back.get(f"{API}/me")).json().get("email") != "ada@example.com"


async def run(opened, statement):
    database = await opened.container.get(Database)
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(text(statement))


async def test_a_real_issuer_is_understood(database_url):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oidc_provider_mock import User, run_server_in_thread  # noqa: PLC0415
    ada = User(sub="ada", claims=ADA | {"sub": "ada"})
    with run_server_in_thread(user_claims=[ada]) as server:
        url = f"http://localhost:{server.server_port}"
        async with (
            house(database_url, url) as opened,
            calling(opened) as client,
            httpx2.AsyncClient() as browser,
        ):
            out = await client.get(f"{OAUTH}/there")
            form = await browser.post(out.headers["location"], data={"sub": "ada"})
            back = form.headers["location"]
            done = await client.get(back)
            assert done.status_code == 303, done.text
            assert (await client.get(f"{API}/me")).json()["email"] == "ada@example.com"
            # Codes are good once there, too: the same again, from another attempt of ours.
            out = await client.get(f"{OAUTH}/there")
            state = parse_qs(urlsplit(out.headers["location"]).query)["state"][0]
            code = parse_qs(urlsplit(back).query)["code"][0]
            again = await client.get(
                f"{OAUTH}/there/callback", params={"code": code, "state": state}
            )
            assert (again.status_code, again.json()["code"]) == (401, "oauth_failed")
