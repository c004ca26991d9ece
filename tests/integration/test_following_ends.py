"""Whoever follows events is told nothing any more soon after they may not follow."""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager

import httpx2
import pytest

from reelwright.faces.web.serving import serve_app
from reelwright.faces.web.streams import Streams
from support.api import signed_up, whole_api

pytestmark = pytest.mark.anyio

API = "/api/v1"
SCRIPT = "INT. HALL - DAY\n\nA hall.\n"
LIMITS = dict.fromkeys(("sign_up", "sign_in", "sign_in_account", "sign_in_address"), "none")


@asynccontextmanager
async def served(api):
    """The service behind a socket, whose silences are short."""
    api.app.state.streams = Streams(silence_s=0.1, longest_s=600)
    stop, heard = asyncio.Event(), asyncio.get_running_loop().create_future()
    serving = asyncio.ensure_future(
        serve_app(api.app, "127.0.0.1", 0, stop=stop, announce=heard.set_result)
    )
    try:
        yield await asyncio.wait_for(heard, 10)
    finally:
        stop.set()
        await asyncio.wait_for(serving, 10)


async def let_in(client, ada, name, path, role):
    """Somebody new with a place; the header that shows who they are."""
    who = await signed_up(client, name)
    asked = {"email": f"{name}@example.com", "role": role}
    offer = (await client.post(f"{API}{path}", json=asked, headers=ada)).json()
    taken = {"invitation": offer["invitation"]}
    answer = await client.post(f"{API}/invitations/accept", json=taken, headers=who)
    assert answer.status_code == 200, answer.text
    return who | {"Reelwright-Workspace": offer["workspace"]}


async def the_end(lines):
    async with asyncio.timeout(20):
        async for _ in lines:
            pass


async def test_streams_end_with_the_session_the_place_and_the_person(database_url, tmp_path):
    said = {"identity": {"remember_s": 0, "sign_up": "open"}, "limits": LIMITS}
    async with (
        whole_api(database_url, tmp_path, **said) as api,
        served(api) as address,
        httpx2.AsyncClient(base_url=address, timeout=20) as client,
        AsyncExitStack() as stack,
    ):
        ada = {"Authorization": f"Bearer {api.session}"}
        film = (await client.post(f"{API}/projects", json={"script": SCRIPT}, headers=ada)).json()
        film = film["id"]

        async def follow(who, **params):
            answer = await stack.enter_async_context(
                client.stream("GET", f"{API}/events", headers=who, params=params)
            )
            assert answer.status_code == 200
            lines = answer.aiter_lines()
            assert await anext(lines) == ": subscribed"
            return lines

        member = await let_in(client, ada, "bo", "/invitations", "editor")
        guest = await let_in(client, ada, "gus", f"/projects/{film}/invitations", "viewer")
        left = await let_in(client, ada, "cy", "/invitations", "viewer")
        kept_out = await let_in(client, ada, "di", "/invitations", "viewer")
        streams = {
            "put out": await follow(member),
            "guest": await follow(guest, subject=film),
            "signed out": await follow(left),
            "suspended": await follow(kept_out),
        }
        stays = await follow(ada)
        people = (await client.get(f"{API}/operator/users", headers=ada)).json()["items"]
        ids = {one["name"]: one["id"] for one in people}
        done = [
            await client.delete(f"{API}/members/{ids['bo']}", headers=ada),
            await client.delete(f"{API}/projects/{film}/members/{ids['gus']}", headers=ada),
            await client.post(f"{API}/auth/logout", headers=left),
            await client.post(
                f"{API}/operator/users/{ids['di']}/suspend", json={"reason": "so"}, headers=ada
            ),
        ]
        assert [one.status_code for one in done] == [204, 204, 204, 200]
        for lines in streams.values():
            await the_end(lines)
        async with asyncio.timeout(20):
            while await anext(stays) != ": ping":
                pass


async def test_what_happens_before_the_first_event_was_seen_is_not_lost(database_url, tmp_path):
    said = {"identity": {"sign_up": "open"}, "limits": LIMITS}
    async with (
        whole_api(database_url, tmp_path, **said) as api,
        served(api) as address,
        httpx2.AsyncClient(base_url=address, timeout=20) as client,
    ):
        ada = {"Authorization": f"Bearer {api.session}"}
        async with client.stream("GET", f"{API}/events", headers=ada) as answer:
            lines = answer.aiter_lines()
            first = [await anext(lines) for _ in range(3)]
        seen = next(one.removeprefix("id: ") for one in first if one.startswith("id: "))
        made = await client.post(f"{API}/projects", json={"script": SCRIPT}, headers=ada)
        back = ada | {"Last-Event-ID": seen}
        async with (
            asyncio.timeout(20),
            client.stream("GET", f"{API}/events", headers=back) as answer,
        ):
            async for line in answer.aiter_lines():
                if line.startswith("data: ") and made.json()["id"] in line:
                    break
