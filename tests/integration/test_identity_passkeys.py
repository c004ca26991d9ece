"""Signing in with passkeys, over HTTP, with a device in software that really signs."""

import pytest

from support.api import signed_up
from support.authenticators import Authenticator
from support.ways_in import calling, open_doors

pytestmark = pytest.mark.anyio

API = "/api/v1"
ONES, OPEN = f"{API}/me/passkeys", f"{API}/auth/passkeys"


@pytest.fixture
async def client(database_url):
    async with open_doors(database_url, sign_up="open") as opened, calling(opened) as client:
        yield client


async def added(client, headers, device, **changes):
    asked = (await client.post(f"{ONES}/options", headers=headers)).json()
    given = {"ceremony": asked["ceremony"], "credential": device.make(asked["options"])}
    return await client.post(ONES, headers=headers, json=given | changes)


async def entered(client, device, **changes):
    asked = (await client.post(f"{OPEN}/options")).json()
    given = {"ceremony": asked["ceremony"], "credential": device.answer(asked["options"])}
    return await client.post(f"{OPEN}/sign-in", json={"keep": "text"} | given | changes)


async def test_a_key_on_a_device_is_a_way_in(client):
    ada, device = await signed_up(client, "ada"), Authenticator()
    made = await added(client, ada, device, name="My  phone")
    assert (made.status_code, made.json()["name"]) == (201, "My phone"), made.text
    again = await added(client, ada, device)
    assert again.status_code == 409
    for _ in range(2):
        done = await entered(client, device)
        assert done.status_code == 200, done.text
        assert done.json()["user"]["email"] == "ada@example.com"
    headers = {"Authorization": f"Bearer {done.json()['session']}"}
    (listed,) = (await client.get(ONES, headers=headers)).json()["items"]
    assert listed["used_at"] is not None


async def test_what_a_device_signs_for_another_time_or_place_opens_nothing(client):
    ada, device = await signed_up(client, "ada"), Authenticator()
    await added(client, ada, device)
    asked = (await client.post(f"{OPEN}/options")).json()
    other = (await client.post(f"{OPEN}/options")).json()
    given = {"ceremony": other["ceremony"], "credential": device.answer(asked["options"])}
    assert (await client.post(f"{OPEN}/sign-in", json=given)).json()["code"] == "passkey_refused"
    used = {"ceremony": asked["ceremony"], "credential": device.answer(asked["options"])}
    assert (await client.post(f"{OPEN}/sign-in", json=used)).status_code == 200
    assert (await client.post(f"{OPEN}/sign-in", json=used)).json()["code"] == "ceremony_over"
    device.origin = "https://evil.example"
    assert (await entered(client, device)).json()["code"] == "passkey_refused"
    device.origin = "http://localhost:8000"
    for broken in ({}, {"rawId": "!"}, {"rawId": device.answer(asked["options"])["rawId"]}):
        assert (await entered(client, device, credential=broken)).status_code == 401
    forged = Authenticator()
    forged.id = device.id
    forged.uses = 99
    assert (await entered(client, forged)).json()["code"] == "passkey_refused"
    assert (await entered(client, Authenticator())).json()["code"] == "passkey_refused"


async def test_a_copy_of_a_key_and_one_without_a_finger_are_refused(client):
    ada, device = await signed_up(client, "ada"), Authenticator()
    await added(client, ada, device)
    assert (await entered(client, device)).status_code == 200
    assert (await entered(client, device)).status_code == 200
    device.uses = 0
    assert (await entered(client, device)).json()["code"] == "passkey_refused"
    device.uses, device.verifies = 50, False
    assert (await entered(client, device)).json()["code"] == "passkey_refused"
    assert (await added(client, ada, Authenticator(verifies=False))).status_code == 401
    uncounted = Authenticator(counts=False)
    await added(client, ada, uncounted)
    assert [(await entered(client, uncounted)).status_code for _ in range(2)] == [200, 200]


async def test_ones_own_keys_are_renamed_and_removed_and_nobody_elses(client):
    ada, bo = await signed_up(client, "ada"), await signed_up(client, "bo")
    device = Authenticator()
    one = f"{ONES}/{(await added(client, ada, device)).json()['id']}"
    begun = (await client.post(f"{ONES}/options", headers=ada)).json()
    given = {"ceremony": begun["ceremony"], "credential": Authenticator().make(begun["options"])}
    assert (await client.post(ONES, headers=bo, json=given)).status_code == 401
    for method, body in (("PATCH", {"name": "mine"}), ("DELETE", None)):
        assert (await client.request(method, one, headers=bo, json=body)).status_code == 404
    assert (await client.patch(one, headers=ada, json={"name": "Key"})).json()["name"] == "Key"
    assert (await client.delete(one, headers=ada)).status_code == 204
    assert (await entered(client, device)).json()["code"] == "passkey_refused"


async def test_a_key_is_taken_only_while_the_session_goes_on_in_which_it_was_asked_for(client):
    ada, device = await signed_up(client, "ada"), Authenticator()
    asked = (await client.post(f"{ONES}/options", headers=ada)).json()
    given = {"ceremony": asked["ceremony"], "credential": device.make(asked["options"])}
    again = {"email": "ada@example.com", "password": "ada's lighthouse 7", "keep": "text"}
    other = (await client.post(f"{API}/auth/login", json=again)).json()["session"]
    assert (await client.post(f"{API}/auth/logout", headers=ada)).status_code == 204
    late = await client.post(ONES, headers={"Authorization": f"Bearer {other}"}, json=given)
    assert (late.status_code, late.json()["code"]) == (401, "ceremony_over")
    assert (await entered(client, device)).json()["code"] == "passkey_refused"
