"""What every answer wears."""

import asyncio

import pytest

from reelwright.app.settings import WebSettings
from reelwright.ground.ids import JobId
from support.web import House

pytestmark = pytest.mark.anyio


async def test_every_answer_names_its_request_and_keeps_browsers_strict(house):
    async with house.client() as client:
        for path in ("/health/live", "/api/v1/jobs", "/nowhere", "/metrics"):
            answer = await client.get(path)
            assert answer.headers["x-request-id"].startswith("req_")
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["x-frame-options"] == "DENY"
            assert "strict-transport-security" not in answer.headers


async def test_a_caller_may_name_its_request_but_not_write_into_our_log(house):
    async with house.client() as client:
        answer = await client.get("/health/live", headers={"X-Request-Id": "mine-1"})
        assert answer.headers["x-request-id"] == "mine-1"
        for bad in ("a b", "x" * 65, "a;b"):
            answer = await client.get("/health/live", headers={"X-Request-Id": bad})
            assert answer.headers["x-request-id"].startswith("req_")


async def test_other_origins_are_not_let_in_unless_they_are_named(house, tmp_path):
    asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
    async with house.client(headers={}) as client:
        answer = await client.options("/api/v1/jobs", headers=asked)
        assert "access-control-allow-origin" not in answer.headers
    open_house = House(tmp_path / "open", WebSettings(cors_origins=("https://a.example",)))
    async with open_house.client(headers={}) as client:
        answer = await client.options("/api/v1/jobs", headers=asked)
        assert answer.headers["access-control-allow-origin"] == "https://a.example"
        answer = await client.options(
            "/api/v1/jobs", headers=asked | {"Origin": "https://b.example"}
        )
        assert "access-control-allow-origin" not in answer.headers


async def test_behind_https_browsers_are_told_to_stay_there(tmp_path):
    house = House(tmp_path, WebSettings(base_url="https://film.example"))
    async with house.client() as client:
        answer = await client.get("/health/live")
    assert "strict-transport-security" in answer.headers


async def test_readiness_names_the_parts_that_do_not_work(tmp_path):
    async def works():
        pass

    async def fails():
        raise ConnectionError("postgresql://owner:hunter2@host")

    async def no():
        return False

    house = House(tmp_path, checks={"database": works, "storage": fails, "events": no})
    async with house.client(headers={}) as client:
        answer = await client.get("/health/ready")
        assert (await client.get("/health/live")).status_code == 200
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "not_ready",
        "parts": {"database": "works", "storage": "fails", "events": "fails"},
    }


async def test_readiness_is_asked_of_the_parts_once_a_second_however_often_it_is_asked(tmp_path):
    asked = 0

    async def part():
        nonlocal asked
        asked += 1

    house = House(tmp_path, checks={"database": part})
    async with house.client(headers={}) as client:
        answers = await asyncio.gather(*(client.get("/health/ready") for _ in range(20)))
    assert {one.status_code for one in answers} == {200}
    assert asked == 1


async def test_a_stopping_server_is_not_ready(house):
    house.app.state.streams.close()
    async with house.client(headers={}) as client:
        answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "stopping")


async def test_requests_are_counted_by_route_never_by_path(house):
    async with house.client() as client:
        await client.get(f"/api/v1/jobs/{JobId.new()}")
        await client.get("/api/v1/anything/9c1f")
        page = (await client.get("/metrics")).text
    assert 'method="GET",route="/jobs/{job_id}",status="404"' in page
    assert 'method="GET",route="none",status="404"' in page
    assert "9c1f" not in page
