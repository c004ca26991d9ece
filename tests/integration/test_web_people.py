"""Signing in over HTTP: cookies and what guards them, sessions, tokens and their scopes, workspaces."""

from itertools import count

import httpx2
import pytest
from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.ground.principals import Activity
from support.api import signed_up, whole_api

pytestmark = pytest.mark.anyio

SCRIPT = "INT. HALL - DAY\n\nMARA stands in the hall.\n"
NUMBERS = count()
API = "/api/v1"


def settings(sign_up, **web):
    """Everybody comes from one address here."""
    limits = dict.fromkeys(("sign_up", "sign_in", "sign_in_account", "sign_in_address"), "none")
    return {"identity": {"remember_s": 0, "sign_up": sign_up}, "limits": limits, "web": web}


@pytest.fixture(scope="module")
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="module")
async def opened(server, tmp_path_factory, anyio_backend):
    url = server.create()
    async with whole_api(url, tmp_path_factory.mktemp("people"), **settings("open")) as api:
        yield api
    server.drop(url)


@pytest.fixture
def ada():
    """Somebody new."""
    name = f"ada{next(NUMBERS)}"
    return {"email": f"{name}@example.com", "password": "lighthouse keeper 7", "name": name}


async def test_a_browser_signs_up_and_is_known_by_its_cookie_until_it_signs_out(opened, ada):
    async with opened.client("") as client:
        answer = await client.post(f"{API}/auth/sign-up", json=ada)
        assert answer.status_code == 201, answer.text
        assert answer.json()["session"] is None
        cookie = answer.headers["set-cookie"]
        assert all(word in cookie for word in ("HttpOnly", "SameSite=lax", "Path=/"))
        assert answer.headers["cache-control"] == "no-store"
        seen = (await client.get(f"{API}/auth/session")).json()
        assert (seen["user"]["name"], seen["role"]) == (ada["name"], "owner")
        out = {"headers": {"Sec-Fetch-Site": "same-origin"}}
        assert (await client.post(f"{API}/auth/logout", **out)).status_code == 204
        assert (await client.get(f"{API}/auth/session")).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://test"},
    ],
)
async def test_another_site_cannot_make_a_browser_change_anything(opened, ada, headers):
    async with opened.client("") as client:
        await client.post(f"{API}/auth/sign-up", json=ada)
        answer = await client.post(f"{API}/projects", json={"script": SCRIPT}, headers=headers)
        assert answer.status_code == 403
        assert (await client.get(f"{API}/projects", headers=headers)).json()["items"] == []


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://test"}])
async def test_our_own_pages_may(opened, ada, headers):
    async with opened.client("") as client:
        await client.post(f"{API}/auth/sign-up", json=ada)
        answer = await client.post(f"{API}/projects", json={"script": SCRIPT}, headers=headers)
        assert answer.status_code == 201, answer.text


async def test_over_https_the_cookie_is_kept_to_our_host_alone(database_url, tmp_path, ada):
    told = settings("open", base_url="https://films.example")
    async with whole_api(database_url, tmp_path, **told) as opened, opened.client("") as client:
        cookie = (await client.post(f"{API}/auth/sign-up", json=ada)).headers["set-cookie"]
        assert cookie.startswith("__Host-reelwright=rw_ses_")
        assert "Secure" in cookie


async def test_a_program_takes_the_session_as_text(opened, ada):
    async with opened.client("") as client:
        await client.post(f"{API}/auth/sign-up", json=ada)
    async with opened.client("") as client:
        wrong = ada | {"password": "wrong"}
        wrong.pop("name")
        refused = await client.post(f"{API}/auth/login", json=wrong)
        assert (refused.status_code, refused.json()["code"]) == (401, "sign_in_refused")
        said = wrong | {"password": ada["password"], "keep": "text"}
        answer = await client.post(f"{API}/auth/login", json=said)
        assert "set-cookie" not in answer.headers
        head = {"Authorization": f"Bearer {answer.json()['session']}"}
        made = await client.post(f"{API}/projects", json={"script": SCRIPT}, headers=head)
        assert made.status_code == 201


async def test_a_token_is_told_once_and_good_for_what_its_scopes_say(opened):
    async with opened.client("") as client:
        ada = await signed_up(client, "eva")
        asked = {"name": "reader", "scopes": ["read"]}
        made = (await client.post(f"{API}/me/tokens", json=asked, headers=ada)).json()
        listed = await client.get(f"{API}/me/tokens", headers=ada)
        assert made["token"] not in listed.text
        reader = {"Authorization": f"Bearer {made['token']}"}
        assert (await client.get(f"{API}/projects", headers=reader)).status_code == 200
        refused = await client.post(f"{API}/projects", json={"script": SCRIPT}, headers=reader)
        assert refused.status_code == 403
        assert "write" in refused.json()["detail"]
        assert (
            await client.post(f"{API}/me/tokens", json=asked, headers=reader)
        ).status_code == 403
        await client.delete(f"{API}/me/tokens/{made['id']}", headers=ada)
        assert (await client.get(f"{API}/projects", headers=reader)).status_code == 401


async def test_two_people_share_a_project_and_one_sees_nothing_else_of_the_other(opened):
    async with opened.client("") as client:
        ada, bo = await signed_up(client, "cy"), await signed_up(client, "bo")
        one, other = [
            (await client.post(f"{API}/projects", json={"script": SCRIPT}, headers=ada)).json()
            for _ in range(2)
        ]
        url = f"{API}/projects/{one['id']}"
        asked = {"email": "bo@example.com", "role": "editor"}
        offer = (await client.post(f"{url}/invitations", json=asked, headers=ada)).json()
        taken = {"invitation": offer["invitation"]}
        place = (await client.post(f"{API}/invitations/accept", json=taken, headers=bo)).json()
        there = bo | {"Reelwright-Workspace": place["workspace"]}
        assert (await client.get(url, headers=bo)).status_code == 404
        assert (await client.get(url, headers=there)).status_code == 200
        listed = (await client.get(f"{API}/projects", headers=there)).json()["items"]
        assert [project["id"] for project in listed] == [one["id"]]
        revised = await client.put(f"{url}/revision", json={"script": SCRIPT * 2}, headers=there)
        assert revised.status_code == 200, revised.text
        assert revised.json()["number"] == 2
        assert (await client.get(f"{API}/assets", headers=there)).json()["items"]
        for method, path in (
            ("GET", f"/projects/{other['id']}"),
            ("PATCH", f"/projects/{other['id']}"),
            ("POST", f"/projects/{one['id']}/invitations"),
            ("POST", "/projects"),
            ("GET", "/members"),
            ("GET", "/accounts"),
            ("POST", "/text"),
            ("GET", "/events"),
        ):
            answer = await client.request(method, API + path, headers=there)
            assert answer.status_code in {403, 404}, (path, answer.status_code)
        me = (await client.get(f"{API}/me", headers=bo)).json()["id"]
        left = await client.delete(f"{url}/members/{me}", headers=there)
        assert left.status_code == 204
        assert (await client.get(url, headers=there)).status_code == 404


async def test_who_signs_up_with_an_invitation_is_let_in_where_nobody_signs_up_by_themselves(
    database_url, tmp_path
):
    async with whole_api(database_url, tmp_path, **settings("invited")) as opened:
        async with opened.client(opened.session) as client:
            asked = {"email": "bo@example.com", "role": "viewer"}
            offer = (await client.post(f"{API}/invitations", json=asked)).json()
        async with opened.client("") as client:
            bo = {"email": "bo@example.com", "password": "bo's own words", "name": "Bo"}
            assert (await client.post(f"{API}/auth/sign-up", json=bo)).status_code == 403
            bo |= {"invitation": offer["invitation"], "keep": "text"}
            other = bo | {"email": "somebody.else@example.com"}
            assert (await client.post(f"{API}/auth/sign-up", json=other)).status_code == 403
            done = await client.post(f"{API}/auth/sign-up", json=bo)
            assert done.status_code == 201, done.text
            again = {"email": other["email"], "password": other["password"]}
            assert (await client.post(f"{API}/auth/login", json=again)).status_code == 401
            there = {
                "Authorization": f"Bearer {done.json()['session']}",
                "Reelwright-Workspace": offer["workspace"],
            }
            seen = (await client.get(f"{API}/auth/session", headers=there)).json()
            assert seen["role"] == "viewer"


async def test_who_signs_up_and_has_no_room_for_what_is_handed_over_is_signed_in_and_told_why(
    database_url, tmp_path
):
    plans = {"plan": "small", "plans": {"small": {"storage": 1}, "unlimited": {}}}
    async with whole_api(database_url, tmp_path, quotas=plans, **settings("invited")) as opened:
        async with opened.client(opened.session) as client:
            film = (await client.post(f"{API}/projects", json={"script": SCRIPT})).json()["id"]
            given = {"email": "bo@example.com"}
            offer = (await client.post(f"{API}/projects/{film}/transfer", json=given)).json()
        async with opened.client("") as client:
            bo = given | {"password": "bo's own words", "name": "Bo", "keep": "text"}
            bo |= {"invitation": offer["invitation"]}
            done = await client.post(f"{API}/auth/sign-up", json=bo)
            assert done.status_code == 201, done.text
            assert done.json()["not_taken"]["code"] == "quota_exhausted"
            await run(opened, "UPDATE users SET max_storage = 1000000 WHERE NOT local")
            known = {"Authorization": f"Bearer {done.json()['session']}"}
            again = {"invitation": offer["invitation"]}
            taken = await client.post(f"{API}/invitations/accept", json=again, headers=known)
            assert taken.status_code == 200, taken.text


async def run(opened, statement):
    database = await opened.opened.container.get(Database)
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(text(statement))


async def test_no_workspace_of_anybodys_making_is_a_fault(opened):
    async with opened.client("") as client:
        ada = await signed_up(client, "fay")
        for name in ("x", "ws_", "ws_" + "0" * 26, "ws_'; DROP TABLE users", "\xff"):
            for given in ({"headers": ada | {"Reelwright-Workspace": name}},):
                try:
                    answer = await client.get(f"{API}/projects", **given)
                except (UnicodeEncodeError, httpx2.HTTPError):
                    continue
                assert answer.status_code == 404, name


async def test_what_costs_money_asks_for_the_right_to_spend_by_whatever_door(opened):
    async with opened.client("") as client:
        gil, hal = await signed_up(client, "gil"), await signed_up(client, "hal")
        project = (
            await client.post(f"{API}/projects", json={"script": SCRIPT}, headers=gil)
        ).json()
        films = f"{API}/projects/{project['id']}/films"
        asked = {"name": "writer", "scopes": ["read", "write"]}
        token = (await client.post(f"{API}/me/tokens", json=asked, headers=gil)).json()["token"]
        writer = {"Authorization": f"Bearer {token}"}
        offer = {"email": "hal@example.com", "role": "editor"}
        offered = await client.post(
            f"{API}/projects/{project['id']}/invitations", json=offer, headers=gil
        )
        taken = {"invitation": offered.json()["invitation"]}
        place = (await client.post(f"{API}/invitations/accept", json=taken, headers=hal)).json()
        guest = hal | {"Reelwright-Workspace": place["workspace"]}
        paid = {"options": {"size": "320x180", "route": "cheapest", "max_cost": "5.00"}}
        free = {"options": {"size": "320x180"}}
        for headers in (writer, guest):
            assert (await client.post(films, json=paid, headers=headers)).status_code == 403
            assert (await client.post(films, json=free, headers=headers)).status_code == 202
        made = await client.post(films, json=paid, headers=gil)
        assert made.status_code in {202, 409, 422}, made.text  # there is no account to pay with
        for kind in ("generate", "export"):
            order = {"kind": kind, "params": {}}
            refused = await client.post(f"{API}/jobs", json=order, headers=writer)
            assert refused.status_code == 403, (kind, refused.text)


async def test_what_people_set_for_themselves_goes_with_them_and_is_nobody_elses(opened):
    async with opened.client("") as client:
        ada, ben = [await signed_up(client, f"chooser{next(NUMBERS)}") for _ in range(2)]
        where = f"{API}/me/choices"
        assert (await client.get(where, headers=ada)).json() == {"choices": {}, "changed_at": None}
        mine = {"theme": "dark", "panels": {"left": 240}}
        put = await client.put(where, json=mine, headers=ada)
        found = await client.get(where, headers=ada)
        assert found.json() == put.json()
        assert found.json()["choices"] == mine
        assert (await client.get(where, headers=ben)).json()["choices"] == {}


async def test_of_two_devices_that_set_something_the_second_is_told_of_the_first(opened):
    async with opened.client("") as client:
        ada = await signed_up(client, f"chooser{next(NUMBERS)}")
        where = f"{API}/me/choices"
        seen = {"If-Match": (await client.get(where, headers=ada)).headers["etag"]}
        first = await client.put(where, json={"zoom": 2}, headers=ada | seen)
        second = await client.put(where, json={"zoom": 3}, headers=ada | seen)
        there = (await client.get(where, headers=ada)).json()
    assert (first.status_code, second.status_code) == (200, 412)
    assert there["choices"] == {"zoom": 2}


async def test_more_than_is_kept_of_a_person_is_refused(opened):
    async with opened.client("") as client:
        ada = await signed_up(client, f"chooser{next(NUMBERS)}")
        where = f"{API}/me/choices"
        large = await client.put(where, json={"a": "x" * 65536}, headers=ada)
        assert (large.status_code, large.json()["code"]) == (422, "choices_too_large")
        odd = await client.put(where, content='{"a": "\\u0000"}', headers=ada)
        assert odd.status_code == 422
        assert (await client.get(where, headers=ada)).json()["choices"] == {}
