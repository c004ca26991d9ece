"""Requests that are sent again with their key, against real kept answers on a real Postgres."""

import asyncio

import pytest
from sqlalchemy import text

from reelwright.engines.database.failures import DatabaseUnavailableError
from reelwright.faces.web.requests import PIECE
from reelwright.ground.clock import SystemClock
from reelwright.ground.principals import Activity
from reelwright.identity.answers import Answer, KeptAnswers, KeyReusedError, StillAnsweringError
from support.clocks import HandClock
from support.people import new_person
from support.web import House

pytestmark = pytest.mark.anyio
PLACE = "/api/v1/workspaces"
KEY = {"Idempotency-Key": "one"}


@pytest.fixture
async def house(tmp_path, database):
    house = House(tmp_path, answers=KeptAnswers(database, SystemClock()))
    house.tokens.owner = await new_person(database)
    return house


async def test_the_same_request_gets_the_same_answer_and_makes_nothing_more(house):
    async with house.client() as client:
        first = await client.post(PLACE, json={"name": "A"}, headers=KEY)
        again = await client.post(PLACE, json={"name": "A"}, headers=KEY)
        other = await client.post(PLACE, json={"name": "A"}, headers={"Idempotency-Key": "two"})
    assert first.status_code == again.status_code == 201
    assert again.content == first.content
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert other.json()["id"] != first.json()["id"]
    assert len(house.workspaces.all) == 2


async def test_a_key_of_another_request_or_one_that_is_none_is_refused(house):
    async with house.client() as client:
        await client.post(PLACE, json={"name": "A"}, headers=KEY)
        for path, body in ((PLACE, {"name": "B"}), ("/api/v1/jobs", {"name": "A", "kind": "a"})):
            answer = await client.post(path, json=body, headers=KEY)
            assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")
        for bad in ("", "x" * 201):
            answer = await client.post(PLACE, json={"name": "A"}, headers={"Idempotency-Key": bad})
            assert answer.status_code == 422
    assert len(house.workspaces.all) == 1


async def test_files_are_not_read_into_memory_to_know_them_again(house):
    pulled = 0

    async def body():
        nonlocal pulled
        for _ in range(50):
            pulled += 1
            yield b"x" * 1000

    async with house.client() as client:
        headers = KEY | {"Content-Type": PIECE, "Upload-Length": "50000"}
        refused = await client.post("/api/v1/uploads", content=body(), headers=headers)
    assert refused.status_code == 412  # it does not say which version it speaks
    assert pulled == 0


async def test_a_document_is_no_longer_than_documents_are_also_where_files_are_taken(house):
    async with house.client() as client:
        for path in ("projects", "projects/imports", "uploads"):
            answer = await client.post(f"/api/v1/{path}", json={"script": "x" * 2**22})
            assert answer.status_code == 413, path


@pytest.mark.parametrize(
    "path", ["auth/sign-up", "auth/login", "auth/password/reset", "shares/x/comments"]
)
async def test_where_nobody_is_known_a_key_is_refused_and_not_forgotten(house, path):
    async with house.client(headers={}) as client:
        answer = await client.post(f"/api/v1/{path}", json={}, headers=KEY)
        assert (answer.status_code, answer.json()["code"]) == (422, "key_nobodys")
        without = await client.post(f"/api/v1/{path}", json={})
        assert without.json()["code"] != "key_nobodys"


async def test_of_two_at_once_one_is_done_and_the_other_told_to_wait(house):
    begun, go = asyncio.Event(), asyncio.Event()
    make = house.workspaces.create

    async def slowly(who, name):
        begun.set()
        await go.wait()
        return await make(who, name)

    house.workspaces.create = slowly
    async with house.client() as client:
        first = asyncio.ensure_future(client.post(PLACE, json={"name": "A"}, headers=KEY))
        await begun.wait()
        waiting = await client.post(PLACE, json={"name": "A"}, headers=KEY)
        assert (waiting.status_code, waiting.headers["Retry-After"]) == (409, "1")
        go.set()
        assert (await first).status_code == 201
        again = await client.post(PLACE, json={"name": "A"}, headers=KEY)
    assert again.json() == (await first).json()
    assert len(house.workspaces.all) == 1


async def test_what_was_refused_or_failed_can_be_tried_again(house):
    make = house.workspaces.create

    async def fails(who, name):
        raise ZeroDivisionError

    async with house.client() as client:
        assert (await client.post(PLACE, json={"name": ""}, headers=KEY)).status_code == 422
        house.workspaces.create = fails
        assert (await client.post(PLACE, json={"name": "A"}, headers=KEY)).status_code == 500
        house.workspaces.create = make
        assert (await client.post(PLACE, json={"name": "A"}, headers=KEY)).status_code == 201


async def test_what_may_have_been_done_is_not_done_again_by_the_same_key(house):
    make = house.workspaces.create

    async def lost(who, name):
        await make(who, name)
        raise DatabaseUnavailableError("the database was lost", in_doubt=True)

    async with house.client() as client:
        house.workspaces.create = lost
        first = await client.post(PLACE, json={"name": "A"}, headers=KEY)
        assert (first.status_code, first.headers["Retry-After"]) == (503, "1")
        house.workspaces.create = make
        again = await client.post(PLACE, json={"name": "A"}, headers=KEY)
    assert (again.status_code, again.json()["code"]) == (409, "still_answering")
    assert len(house.workspaces.all) == 1


async def test_keys_are_each_persons_own_also_in_one_workspace(database):
    answers = KeptAnswers(database, SystemClock())
    one, other = await new_person(database), await new_person(database)
    claim = await answers.begin(one, "k", b"1")
    assert isinstance(claim, str)
    await answers.finish(one, "k", claim, Answer(201, {}, b"{}"))
    assert isinstance(await answers.begin(other, "k", b"2"), str)
    assert await answers.begin(one, "k", b"1") == Answer(201, {}, b"{}")


async def test_a_claim_of_a_process_that_died_lapses_and_its_late_answer_is_not_kept(database):
    clock = HandClock()
    answers = KeptAnswers(database, clock)
    who = await new_person(database)
    dead = await answers.begin(who, "k", b"1")
    clock.pass_time(299)
    with pytest.raises(StillAnsweringError):
        await answers.begin(who, "k", b"1")
    clock.pass_time(2)
    with pytest.raises(KeyReusedError):
        await answers.begin(who, "k", b"2")
    claim = await answers.begin(who, "k", b"1")
    assert isinstance(claim, str)
    assert isinstance(dead, str)
    await answers.finish(who, "k", dead, Answer(201, {}, b"late"))
    with pytest.raises(StillAnsweringError):
        await answers.begin(who, "k", b"1")
    await answers.finish(who, "k", claim, Answer(201, {}, b"kept"))
    assert await answers.begin(who, "k", b"1") == Answer(201, {}, b"kept")


async def test_answers_are_forgotten_after_a_day(database):
    clock = HandClock()
    answers = KeptAnswers(database, clock)
    who = await new_person(database)
    await answers.begin(who, "old", b"1")
    clock.pass_time(86_000)
    await answers.begin(who, "new", b"1")
    clock.pass_time(1_000)
    assert await answers.prune() == 1
    async with database.transaction(Activity.CLEAN_UP) as tx:
        assert (await tx.scalars(text("SELECT key FROM kept_answers"))).all() == ["new"]
