"""Operators look after people, and people after what is theirs, over HTTP; nobody else does."""

import asyncio
import io
import json
import zipfile
from itertools import count

import pytest

from reelwright.identity.auth_service import AuthService
from reelwright.identity.leaving import Erasure
from reelwright.identity.sessions import Device, SessionService
from support.api import whole_api

pytestmark = pytest.mark.anyio

API = "/api/v1"
OPERATOR = f"{API}/operator"
SCRIPT = "INT. HALL - DAY\n\nA hall.\n"
NUMBERS = count()
LIMITS = dict.fromkeys(("sign_up", "sign_in", "sign_in_account", "sign_in_address"), "none")


@pytest.fixture(scope="module")
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="module")
async def api(server, tmp_path_factory, anyio_backend):
    url, said = server.create(), {"identity": {"sign_up": "open"}, "limits": LIMITS}
    async with whole_api(url, tmp_path_factory.mktemp("operated"), worker=True, **said) as api:
        yield api
    server.drop(url)


async def signed_up(api, name):
    auth = await api.opened.container.get(AuthService)
    address = f"{name.lower()}{next(NUMBERS)}@example.org"
    return await auth.sign_up(address, "a lighthouse in the fog", name, Device(agent="theirs"))


async def test_operators_look_after_people_and_nobody_else_does(api):
    ada, bob = await signed_up(api, "Ada"), await signed_up(api, "Bob")
    async with (
        api.client() as operator,
        api.client(ada.token) as hers,
        api.client(bob.token) as his,
    ):
        one = f"{OPERATOR}/users/{ada.user.id}"
        looks = ("users", "audit", "jobs/counts", "jobs/stuck", "accounts", "health")
        for place in looks:
            assert (await operator.get(f"{OPERATOR}/{place}")).status_code == 200, place
            assert (await his.get(f"{OPERATOR}/{place}")).status_code == 403, place
        for deed in ("suspend", "sessions"):
            refused = await his.post(f"{one}/{deed}", json={"reason": "so"})
            assert refused.status_code == 403, deed
        assert (await his.patch(one, json={"plan": "free"})).status_code == 403

        found = (await operator.get(f"{OPERATOR}/users?search=ADA")).json()["items"]
        assert [(user["name"], user["plan"]) for user in found] == [("Ada", None)]
        first = (await operator.get(f"{OPERATOR}/users?limit=1")).json()
        second = (await operator.get(f"{OPERATOR}/users?limit=1&cursor={first['next']}")).json()
        assert first["items"][0]["id"] < second["items"][0]["id"]

        assert (await operator.patch(one, json={"plan": "golden"})).status_code == 422
        changed = await operator.patch(one, json={"plan": "free", "max_jobs_a_day": 0})
        assert (changed.json()["plan"], changed.json()["max_jobs_a_day"]) == ("free", 0)
        usage = (await hers.get("/api/v1/usage")).json()
        assert (usage["plan"], usage["limits"]["jobs_a_day"], usage["days"]) == ("free", 0, [])
        asked = {"kind": "generation", "params": {}}
        assert (await his.post("/api/v1/jobs", json=asked)).status_code == 422
        script = {"script": SCRIPT}
        project = (await hers.post("/api/v1/projects", json=script)).json()
        refused = await hers.post(f"/api/v1/projects/{project['id']}/films", json={"options": {}})
        assert (refused.status_code, refused.json()["code"]) == (429, "quota_exhausted")
        assert 0 < int(refused.headers["Retry-After"]) <= 25 * 3600
        (day,) = (await operator.get(f"{one}/usage")).json()
        assert (day["jobs"], day["assets"]) == (0, 1)


async def test_who_is_kept_out_is_out_at_once_until_they_are_let_in_again(api):
    ada = await signed_up(api, "Ada")
    one = f"{OPERATOR}/users/{ada.user.id}"
    async with api.client() as operator, api.client(ada.token) as hers:
        assert (await hers.get("/api/v1/usage")).status_code == 200
        kept_out = await operator.post(f"{one}/suspend", json={"reason": "spam"})
        assert kept_out.json()["suspended_at"] is not None
        assert (await hers.get("/api/v1/usage")).status_code == 401
        assert (await operator.post(f"{one}/restore")).json()["suspended_at"] is None
        assert (await hers.get("/api/v1/usage")).status_code == 401  # that session is over
        owner = f"{OPERATOR}/users/{api.opened.owner.user}"
        assert (await operator.post(f"{owner}/suspend", json={"reason": "?"})).status_code == 409
        deeds = (await operator.get(f"{OPERATOR}/audit?user_id={ada.user.id}")).json()["items"]
        told = [(deed["action"], deed["user_id"] == ada.user.id) for deed in deeds]
        assert told == [
            ("user:restored", False),
            ("user:suspended", False),
            ("user:signed_up", True),
        ]


async def test_who_acts_in_anothers_place_is_seen_and_may_be_put_out_by_them(api):
    ada = await signed_up(api, "Ada")
    one = f"{OPERATOR}/users/{ada.user.id}"
    sessions = await api.opened.container.get(SessionService)
    async with (
        api.client() as program,
        api.client(api.session) as operator,
        api.client(ada.token) as hers,
    ):
        asked = {"reason": "a call for help"}
        refused = await program.post(f"{one}/sessions", json=asked)
        assert refused.status_code == 403, "a token, which may manage people, becomes no session"
        acting = (await operator.post(f"{one}/sessions", json=asked)).json()
        async with api.client(acting["token"]) as instead:
            assert (await instead.get("/api/v1/usage")).status_code == 200
            assert (await instead.post(f"{one}/sessions", json={"reason": "x"})).status_code == 403
        there = (await sessions.admit(acting["token"])).principal
        (shown,) = [one for one in await sessions.list(there) if one.operator]
        assert shown.operator == api.opened.owner.user
        assert (shown.expires_at - shown.created_at).total_seconds() == 3600
        deeds = (await operator.get(f"{OPERATOR}/audit?user_id={ada.user.id}")).json()["items"]
        told = [(deed["action"], deed["user_id"], deed["operator_id"]) for deed in deeds]
        owner, person = api.opened.owner.user, ada.user.id
        assert told == [
            ("session:begun", person, owner),
            ("user:acted_for", owner, None),
            ("user:signed_up", person, None),
        ]
        assert (await hers.delete(f"/api/v1/me/sessions/{shown.id}")).status_code == 204
        async with api.client(acting["token"]) as instead:
            assert (await instead.get("/api/v1/usage")).status_code == 401


async def test_a_person_leaves_by_a_fresh_session_or_their_password_and_by_no_token(api):
    ada = await signed_up(api, "Ada")
    erasure = await api.opened.container.get(Erasure)
    async with api.client(ada.token) as hers, api.client() as operator:
        token = (await hers.post("/api/v1/me/tokens", json={"name": "hers"})).json()["token"]
        async with api.client(token) as program:
            assert (await program.delete("/api/v1/me")).status_code == 403
        wrong = await hers.request("DELETE", "/api/v1/me", json={"password": "a guess"})
        assert (wrong.status_code, wrong.json()["code"]) == (401, "sign_in_refused")
        assert (await hers.delete("/api/v1/me")).status_code == 202
        assert (await hers.get("/api/v1/me")).status_code == 401
        assert await erasure.erase() == 1
        gone = await operator.get(f"{OPERATOR}/users/{ada.user.id}")
        assert gone.status_code == 404
        deeds = (await operator.get(f"{OPERATOR}/audit?user_id={ada.user.id}")).json()["items"]
        assert [(deed["action"], deed["detail"]) for deed in deeds][-1] == ("user:signed_up", {})


async def test_a_person_takes_along_all_that_is_theirs_and_nothing_of_others(api):
    ada, bob = await signed_up(api, "Ada"), await signed_up(api, "Bob")
    async with api.client(ada.token) as hers, api.client(bob.token) as his:
        await his.post(f"{API}/projects", json={"script": SCRIPT, "name": "His"})
        await hers.post(f"{API}/projects", json={"script": SCRIPT, "name": "Hers"})
        await hers.post(f"{API}/me/tokens", json={"name": "program"})
        for _ in range(2):  # the second holds nothing of the first
            asked = await hers.post(f"{API}/me/export")
            assert asked.status_code == 202, asked.text
            job = asked.json()
            async with asyncio.timeout(60):
                while job["state"] not in {"completed", "failed"}:
                    await asyncio.sleep(0.1)
                    job = (await hers.get(asked.headers["Location"])).json()
            assert job["state"] == "completed", job["error"]
        place = (await hers.get(f"{API}/assets/{job['result']['asset_id']}/url")).json()["url"]
        taken = zipfile.ZipFile(io.BytesIO((await hers.get(place)).content))
    assert taken.testzip() is None
    files = {name.split("/", 2)[-1]: taken.read(name).decode() for name in taken.namelist()}
    rows = {
        name: [json.loads(line) for line in files[name].splitlines()]
        for name in files
        if name.endswith(".jsonl")
    }
    assert [one["name"] for one in rows["projects.jsonl"]] == ["Hers"]
    assert [one["name"] for one in rows["tokens.jsonl"]] == ["program"]
    assert [one["kind"] for one in rows["jobs.jsonl"]] == ["export", "export"]
    (profile,) = [json.loads(taken.read("person/profile.jsonl"))]
    assert profile["id"] == ada.user.id
    assert SCRIPT in [files[name] for name in files if name.startswith("files/")]
    assert len(rows["assets.jsonl"]) == 1
    assert not any("hash" in text or bob.user.id in text for text in files.values())
