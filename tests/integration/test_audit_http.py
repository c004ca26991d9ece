"""Deeds over HTTP are in the audit trail: whose they were, who did them instead, and who may read that."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from reelwright.identity.auth_service import AuthService
from reelwright.identity.sessions import Device
from support.api import whole_api
from support.authenticators import Authenticator

pytestmark = pytest.mark.anyio

SCRIPT = "INT. HALL - DAY\n\nA hall.\n"
WORDS = "a lighthouse in the fog"
NUMBERS = count()
LIMITS = dict.fromkeys(
    ("sign_up", "sign_in", "sign_in_account", "sign_in_address", "letter", "invitation"), "none"
)


@dataclass
class Scene:
    """A person, and a client of whoever does the deed: they themselves, or an operator instead."""

    api: Any
    person: Any
    hers: Any
    client: Any

    async def made(self, path, body=None, client=None):
        """What a POST makes."""
        answer = await (client or self.hers).post(f"/api/v1{path}", json=body or {})
        assert answer.status_code in {200, 201, 202}, answer.text
        return answer.json()

    async def do(self, method, path, body=None):
        """Ask for the deed itself."""
        more = {} if body is None else {"json": body}
        return await self.client.request(method, f"/api/v1{path}", **more)

    async def project(self):
        """A project of the person's."""
        return (await self.made("/projects", {"script": SCRIPT}))["id"]

    async def sign_in(self):
        """One more session of the person's."""
        auth = await self.api.opened.container.get(AuthService)
        return await auth.login(self.person.user.email, WORDS, Device())

    async def let_in(self):
        """Somebody who is an editor in the person's workspace."""
        bob = await signed_up(self.api, "Bob")
        offered = await self.made("/invitations", {"email": bob.user.email, "role": "editor"})
        async with self.api.client(bob.token) as his:
            await self.made("/invitations/accept", {"invitation": offered["invitation"]}, his)
        return bob.user.id


async def make_token(scene):
    return await scene.do("POST", "/me/tokens", {"name": "program"})


async def revoke_token(scene):
    token = await scene.made("/me/tokens", {"name": "program"})
    return await scene.do("DELETE", f"/me/tokens/{token['id']}")


async def end_a_session(scene):
    other = await scene.sign_in()
    return await scene.do("DELETE", f"/me/sessions/{other.session.id}")


async def end_all_sessions(scene):
    await scene.sign_in()
    return await scene.do("DELETE", "/me/sessions")


async def log_out(scene):
    return await scene.do("POST", "/auth/logout")


async def change_password(scene):
    new = {"old": WORDS, "new": "another lighthouse in the fog"}
    return await scene.do("PUT", "/auth/password", new)


async def guess_at_a_change(scene):
    new = {"old": "a guess", "new": "another lighthouse in the fog"}
    return await scene.do("PUT", "/auth/password", new)


async def guess_at_leaving(scene):
    return await scene.do("DELETE", "/me", {"password": "a guess"})


async def leave(scene):
    return await scene.do("DELETE", "/me", {"password": WORDS})


async def ask_for_another_address(scene):
    new = {"email": f"new{next(NUMBERS)}@example.org", "password": WORDS}
    return await scene.do("POST", "/me/email/change", new)


async def add_passkey(scene, *, by=None):
    asked = await scene.made("/me/passkeys/options")
    made = Authenticator().make(asked["options"])
    body = {"ceremony": asked["ceremony"], "credential": made, "name": "key"}
    answer = await (by or scene.client).post("/api/v1/me/passkeys", json=body)
    assert answer.status_code in {201, 403}, answer.text
    return answer


async def remove_passkey(scene):
    made = await add_passkey(scene, by=scene.hers)
    return await scene.do("DELETE", f"/me/passkeys/{made.json()['id']}")


async def export_oneself(scene):
    return await scene.do("POST", "/me/export")


async def export_a_project(scene):
    return await scene.do("POST", f"/projects/{await scene.project()}/exports")


async def move_a_project(scene):
    project = await scene.project()
    there = (await scene.made("/workspaces", {"name": "There"}))["id"]
    return await scene.do("POST", f"/projects/{project}/move", {"workspace_id": there})


async def give_a_project_away(scene):
    project = await scene.project()
    return await scene.do("POST", f"/projects/{project}/transfer", {"email": "bo@example.org"})


async def share(scene):
    return await scene.do("POST", f"/projects/{await scene.project()}/shares", {"scope": "view"})


async def revoke_a_share(scene):
    shares = f"/projects/{await scene.project()}/shares"
    link = await scene.made(shares, {"scope": "view"})
    return await scene.do("DELETE", f"{shares}/{link['id']}")


async def add_account(scene):
    return await scene.do("POST", "/accounts", {"provider": "fal", "key": "a key of theirs"})


async def change_account(scene):
    account = await scene.made("/accounts", {"provider": "fal", "key": "a key of theirs"})
    new = {"access": {"key": "another key"}, "sharing": "workspace"}
    return await scene.do("PATCH", f"/accounts/{account['id']}", new)


async def remove_account(scene):
    account = await scene.made("/accounts", {"provider": "fal", "key": "a key of theirs"})
    return await scene.do("DELETE", f"/accounts/{account['id']}")


async def invite(scene):
    return await scene.do("POST", "/invitations", {"email": "bo@example.org", "role": "viewer"})


async def take_an_invitation_back(scene):
    offered = await scene.made("/invitations", {"email": "bo@example.org", "role": "viewer"})
    return await scene.do("DELETE", f"/invitations/{offered['id']}")


async def change_a_role(scene):
    return await scene.do("PATCH", f"/members/{await scene.let_in()}", {"role": "viewer"})


async def put_a_member_out(scene):
    return await scene.do("DELETE", f"/members/{await scene.let_in()}")


DEEDS: dict[Callable[[Scene], Awaitable[Any]], tuple[str, bool]] = {
    make_token: ("token:made", False),
    revoke_token: ("token:revoked", False),
    end_a_session: ("session:ended", False),
    end_all_sessions: ("session:all_ended", False),
    log_out: ("session:ended", False),
    change_password: ("password:changed", False),
    guess_at_a_change: ("password:refused", False),
    guess_at_leaving: ("password:refused", False),
    leave: ("user:left", False),
    ask_for_another_address: ("email:asked", False),
    add_passkey: ("passkey:added", False),
    remove_passkey: ("passkey:removed", False),
    export_oneself: ("person:export_asked", False),
    export_a_project: ("project:export_asked", True),
    move_a_project: ("project:move_asked", False),
    give_a_project_away: ("invitation:offered", False),
    share: ("share:made", True),
    revoke_a_share: ("share:revoked", True),
    add_account: ("account:added", True),
    change_account: ("account:changed", True),
    remove_account: ("account:removed", True),
    invite: ("invitation:offered", True),
    take_an_invitation_back: ("invitation:revoked", True),
    change_a_role: ("member:changed", True),
    put_a_member_out: ("member:removed", True),
}
"""Each deed, what the trail calls it, and whether an operator may do it in a person's place."""
REFUSED = {guess_at_a_change, guess_at_leaving}


@pytest.fixture(scope="module")
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="module")
async def api(server, tmp_path_factory, anyio_backend):
    url, said = server.create(), {"identity": {"sign_up": "open"}, "limits": LIMITS}
    async with whole_api(url, tmp_path_factory.mktemp("audited"), **said) as api:
        yield api
    server.drop(url)


async def signed_up(api, name):
    auth = await api.opened.container.get(AuthService)
    address = f"{name.lower()}{next(NUMBERS)}@example.org"
    return await auth.sign_up(address, WORDS, name, Device(agent="theirs"))


async def trail_of(api, person, action):
    async with api.client() as operator:
        asked = f"/api/v1/operator/audit?user_id={person.user.id}&action={action}"
        return (await operator.get(asked)).json()["items"]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
async def test_what_a_person_does_is_in_the_trail(api, deed):
    action, _ = DEEDS[deed]
    ada = await signed_up(api, "Ada")
    async with api.client(ada.token) as hers:
        answer = await deed(Scene(api, ada, hers, hers))
    assert answer.status_code == 401 if deed in REFUSED else answer.status_code < 300, answer.text
    noted = await trail_of(api, ada, action)
    assert noted, action
    assert {(one["user_id"], one["operator_id"]) for one in noted} == {(ada.user.id, None)}
    assert not any(word in json.dumps(noted) for word in (WORDS, "another", "a key", "a guess"))


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
async def test_what_an_operator_does_in_a_persons_place_names_them_or_is_refused(api, deed):
    action, may = DEEDS[deed]
    ada = await signed_up(api, "Ada")
    async with api.client(api.session) as operator, api.client(ada.token) as hers:
        reason = {"reason": "a call for help"}
        acting = await operator.post(f"/api/v1/operator/users/{ada.user.id}/sessions", json=reason)
        async with api.client(acting.json()["token"]) as instead:
            answer = await deed(Scene(api, ada, hers, instead))
    noted = await trail_of(api, ada, action)
    by_operator = [one for one in noted if one["operator_id"] is not None]
    if not may:
        assert (answer.status_code, by_operator) == (403, [])
        return
    assert answer.status_code < 300, answer.text
    (one,) = by_operator
    assert (one["user_id"], one["operator_id"]) == (ada.user.id, api.opened.owner.user)


async def test_a_person_sees_that_somebody_came_in_their_place_and_what_they_did_there(api):
    ada = await signed_up(api, "Ada")
    async with api.client(api.session) as operator, api.client(ada.token) as hers:
        at = f"/api/v1/operator/users/{ada.user.id}/sessions"
        acting = (await operator.post(at, json={"reason": "a call for help"})).json()
        async with api.client(acting["token"]) as instead:
            await instead.post("/api/v1/accounts", json={"provider": "fal", "key": "k" * 20})
        own = (await hers.get("/api/v1/me/audit")).json()["items"]
        listed = (await hers.get("/api/v1/me/sessions")).json()["items"]
    owner = api.opened.owner.user
    told = [(one["action"], one["operator_id"]) for one in own]
    assert told == [("account:added", owner), ("session:begun", owner), ("user:signed_up", None)]
    assert [one["operator"] for one in listed if one["operator"]] == [owner]


async def test_what_was_done_twice_is_noted_once(api):
    ada = await signed_up(api, "Ada")
    async with api.client(ada.token) as hers:
        scene = Scene(api, ada, hers, hers)
        token, other = await scene.made("/me/tokens", {"name": "program"}), await scene.sign_in()
        for _ in range(2):
            assert (await hers.delete(f"/api/v1/me/tokens/{token['id']}")).status_code == 204
            gone = await hers.delete(f"/api/v1/me/sessions/{other.session.id}")
            assert gone.status_code == 204
    assert len(await trail_of(api, ada, "token:revoked")) == 1
    assert len(await trail_of(api, ada, "session:ended")) == 1


async def test_a_workspaces_trail_is_its_owners_and_admins_and_others_see_their_own_deeds(api):
    ada, bob, eve = [await signed_up(api, name) for name in ("Ada", "Bob", "Eve")]
    async with api.client(ada.token) as hers:
        team = (await Scene(api, ada, hers, hers).made("/workspaces", {"name": "Team"}))["id"]
    there = {"Reelwright-Workspace": team}
    async with (
        api.client(ada.token, **there) as hers,
        api.client(bob.token) as his,
        api.client(eve.token, **there) as strangers,
    ):
        scene = Scene(api, ada, hers, hers)
        offered = await scene.made("/invitations", {"email": bob.user.email, "role": "editor"})
        await scene.made("/invitations/accept", {"invitation": offered["invitation"]}, his)
        account = {"provider": "fal", "key": "k" * 20}
        added = await his.post("/api/v1/accounts", json=account, headers=there)
        assert added.status_code == 201, added.text
        assert (await his.get("/api/v1/audit", headers=there)).status_code == 403
        assert (await strangers.get("/api/v1/audit")).status_code == 404
        seen = (await hers.get("/api/v1/audit")).json()["items"]
        assert [one["action"] for one in seen] == [
            "account:added",
            "invitation:accepted",
            "invitation:offered",
        ]
        assert {one["workspace_id"] for one in seen} == {team}
        his_own = (await his.get("/api/v1/me/audit")).json()["items"]
        assert [one["action"] for one in his_own] == [
            "account:added",
            "invitation:accepted",
            "user:signed_up",
        ]
        await scene.do("PATCH", f"/members/{bob.user.id}", {"role": "admin"})

        first = (await hers.get("/api/v1/audit?limit=2")).json()
        rest = (await hers.get(f"/api/v1/audit?limit=2&cursor={first['next']}")).json()
        assert [one["action"] for one in (*first["items"], *rest["items"])] == [
            "member:changed",
            *[one["action"] for one in seen],
        ]

        async def asked(**query):
            found = await hers.get("/api/v1/audit", params=query)
            return [one["action"] for one in found.json()["items"]]

        assert await asked(action="invitation:offered") == ["invitation:offered"]
        assert await asked(user_id=bob.user.id) == [
            "member:changed",
            "account:added",
            "invitation:accepted",
        ]
        assert await asked(since=seen[0]["at"]) == ["member:changed", "account:added"]
        for wrong in ("action=offered", "since=yesterday", "user_id=bob"):
            assert (await hers.get(f"/api/v1/audit?{wrong}")).status_code == 422, wrong


async def test_what_concerns_a_person_alone_is_noted_at_home_wherever_they_work(api):
    ada, bob = await signed_up(api, "Ada"), await signed_up(api, "Bob")
    async with api.client(ada.token) as hers:
        team = (await Scene(api, ada, hers, hers).made("/workspaces", {"name": "Team"}))["id"]
    there = {"Reelwright-Workspace": team}
    async with api.client(ada.token, **there) as hers, api.client(bob.token) as his:
        offered = await Scene(api, ada, hers, hers).made(
            "/invitations", {"email": bob.user.email, "role": "viewer"}
        )
        scene = Scene(api, bob, his, his)
        await scene.made("/invitations/accept", {"invitation": offered["invitation"]})
        first, _ = await scene.sign_in(), await scene.sign_in()
        for path in (f"/{first.session.id}", ""):
            ended = await his.delete(f"/api/v1/me/sessions{path}", headers=there)
            assert ended.status_code < 300, ended.text
        made = await his.post("/api/v1/me/tokens", json={"name": "program"}, headers=there)
        assert made.status_code == 201, made.text
        seen = (await hers.get(f"/api/v1/audit?user_id={bob.user.id}")).json()["items"]
        own = (await his.get("/api/v1/me/audit")).json()["items"]
    assert [one["action"] for one in seen] == ["token:made", "invitation:accepted"]
    at_home = [one["action"] for one in own if one["workspace_id"] != team]
    assert at_home[:2] == ["session:all_ended", "session:ended"]
