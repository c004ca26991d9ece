"""Operators look after people, jobs and accounts over HTTP; nobody else does."""

from contextlib import asynccontextmanager
from itertools import count

import httpx2
import pytest

from reelwright.app.settings import Settings
from reelwright.app.start import open_house
from reelwright.engines.database.database import Database
from reelwright.engines.durable.calls import DbosDurable
from reelwright.engines.durable.contract import Durable
from reelwright.engines.storage.home import home
from reelwright.faces.web.application import create_app
from reelwright.ground.principals import Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.auth_service import AuthService
from reelwright.identity.leaving import Leaving
from reelwright.identity.sessions import Device, SessionService
from support.tenants import urls_of

pytestmark = pytest.mark.anyio

OPERATOR = "/api/v1/operator"
NUMBERS = count()


@pytest.fixture
async def opened(database_url):
    urls = urls_of(database_url)
    given = {"url": urls.owner, "app_url": urls.app, "system_url": urls.system}
    said = {"home": home(), "database": given, "identity": {"sign_up": "open"}}
    async with open_house(Settings.model_validate(said), web=True) as opened:
        doors = await opened.container.get(Database)
        durable = await opened.container.get(Durable)
        yield opened
    await doors.dispose()
    assert isinstance(durable, DbosDurable)
    durable.close()


@asynccontextmanager
async def calling(opened, token):
    app = create_app(opened.container, opened.settings.web, opened.checks())
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://test", headers=headers, timeout=20
    ) as client:
        yield client


async def signed_up(opened, name):
    auth = await opened.container.get(AuthService)
    address = f"{name.lower()}{next(NUMBERS)}@example.org"
    return await auth.sign_up(address, "a lighthouse in the fog", name, Device(agent="theirs"))


def owners_token():
    return (home() / "token").read_text(encoding="utf-8").strip()


async def test_operators_look_after_people_and_nobody_else_does(opened):
    ada, bob = await signed_up(opened, "Ada"), await signed_up(opened, "Bob")
    async with (
        calling(opened, owners_token()) as operator,
        calling(opened, ada.token) as hers,
        calling(opened, bob.token) as his,
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
        first = (await operator.get(f"{OPERATOR}/users?limit=2")).json()
        rest = (await operator.get(f"{OPERATOR}/users?limit=2&cursor={first['next']}")).json()
        assert len(first["items"] + rest["items"]) == 3
        assert rest["next"] is None

        assert (await operator.patch(one, json={"plan": "golden"})).status_code == 422
        changed = await operator.patch(one, json={"plan": "free", "max_jobs_a_day": 0})
        assert (changed.json()["plan"], changed.json()["max_jobs_a_day"]) == ("free", 0)
        usage = (await hers.get("/api/v1/usage")).json()
        assert (usage["plan"], usage["limits"]["jobs_a_day"], usage["days"]) == ("free", 0, [])
        asked = {"kind": "generation", "params": {}}
        assert (await his.post("/api/v1/jobs", json=asked)).status_code == 422
        script = {"script": "INT. HALL - DAY\n\nA hall.\n"}
        project = (await hers.post("/api/v1/projects", json=script)).json()
        refused = await hers.post(f"/api/v1/projects/{project['id']}/films", json={"options": {}})
        assert (refused.status_code, refused.json()["code"]) == (429, "quota_exhausted")
        assert 0 < int(refused.headers["Retry-After"]) <= 25 * 3600
        assert (await operator.get(f"{one}/usage")).json() == []


async def test_who_is_kept_out_is_out_at_once_until_they_are_let_in_again(opened):
    ada = await signed_up(opened, "Ada")
    one = f"{OPERATOR}/users/{ada.user.id}"
    async with calling(opened, owners_token()) as operator, calling(opened, ada.token) as hers:
        assert (await hers.get("/api/v1/usage")).status_code == 200
        kept_out = await operator.post(f"{one}/suspend", json={"reason": "spam"})
        assert kept_out.json()["suspended_at"] is not None
        assert (await hers.get("/api/v1/usage")).status_code == 401
        assert (await operator.post(f"{one}/restore")).json()["suspended_at"] is None
        assert (await hers.get("/api/v1/usage")).status_code == 401  # that session is over
        owner = f"{OPERATOR}/users/{opened.owner.user}"
        assert (await operator.post(f"{owner}/suspend", json={"reason": "?"})).status_code == 409
        deeds = (await operator.get(f"{OPERATOR}/audit?user_id={ada.user.id}")).json()["items"]
        told = [(deed["action"], deed["user_id"] == ada.user.id) for deed in deeds]
        assert told == [
            ("user:restored", False),
            ("user:suspended", False),
            ("user:signed_up", True),
        ]


async def test_who_acts_in_anothers_place_is_seen_and_named_in_all_they_do(opened):
    ada = await signed_up(opened, "Ada")
    one = f"{OPERATOR}/users/{ada.user.id}"
    sessions = await opened.container.get(SessionService)
    database = await opened.container.get(Database)
    audit = await opened.container.get(AuditLog)
    async with calling(opened, owners_token()) as operator:
        acting = (await operator.post(f"{one}/sessions", json={"reason": "a call for help"})).json()
        async with calling(opened, acting["token"]) as instead:
            assert (await instead.get("/api/v1/usage")).status_code == 200
            assert (await instead.post(f"{one}/sessions", json={"reason": "x"})).status_code == 403
        there = (await sessions.admit(acting["token"])).principal
        async with database.transaction(there) as tx:  # by whatever name the deed is done
            await audit.write(tx, Principal(there.user, there.workspace), "limit:set", "lim", {})
        (shown,) = [one for one in await sessions.list(there) if one.operator]
        assert shown.operator == opened.owner.user
        assert (shown.expires_at - shown.created_at).total_seconds() == 3600
        deeds = (await operator.get(f"{OPERATOR}/audit?user_id={ada.user.id}")).json()["items"]
        told = [(deed["action"], deed["operator_id"]) for deed in deeds]
        owner = opened.owner.user
        assert told == [("limit:set", owner), ("user:acted_for", None), ("user:signed_up", None)]
        await sessions.revoke(there, shown.id)
        async with calling(opened, acting["token"]) as instead:
            assert (await instead.get("/api/v1/usage")).status_code == 401


async def test_a_person_leaves_by_a_fresh_session_or_their_password_and_by_no_token(opened):
    ada = await signed_up(opened, "Ada")
    leaving = await opened.container.get(Leaving)
    async with calling(opened, ada.token) as hers, calling(opened, owners_token()) as operator:
        token = (await hers.post("/api/v1/me/tokens", json={"name": "hers"})).json()["token"]
        async with calling(opened, token) as program:
            assert (await program.delete("/api/v1/me")).status_code == 403
        wrong = await hers.request("DELETE", "/api/v1/me", json={"password": "a guess"})
        assert (wrong.status_code, wrong.json()["code"]) == (401, "sign_in_refused")
        assert (await hers.delete("/api/v1/me")).status_code == 202
        assert (await hers.get("/api/v1/me")).status_code == 401
        assert await leaving.erase() == 1
        gone = await operator.get(f"{OPERATOR}/users/{ada.user.id}")
        assert gone.status_code == 404
        deeds = (await operator.get(f"{OPERATOR}/audit?user_id={ada.user.id}")).json()["items"]
        assert [(deed["action"], deed["detail"]) for deed in deeds][-1] == ("user:signed_up", {})
