"""Who gets which answer, before anything else of a request matters."""

import pytest

from reelwright.app.settings import WebSettings
from reelwright.ground.ids import JobId
from support.web import House

pytestmark = pytest.mark.anyio
SIGNING_IN = {
    *("sign-up", "login", "passkeys/sign-in"),
    *("password/forgotten", "password/reset", "email/verify", "email/change"),
}
METRICS = "kXv82-QpL0sE-77ab"


def paths(house):
    job = JobId.new()
    document = house.app.openapi()
    for path, operations in document["paths"].items():
        for method in operations:
            filled = path.replace("{job_id}", job)
            yield method.upper(), filled.replace("{", "").replace("}", "")


async def test_every_known_path_but_health_and_signing_in_answers_401_to_a_stranger(house):
    async with house.client(headers={}) as client:
        for method, path in paths(house):
            answer = await client.request(method, path, content=b"{")
            if path.startswith("/health/"):
                assert answer.status_code == 200, path
            elif path.startswith("/api/v1/shares/"):
                continue  # made for strangers: the link is the right to look
            elif path == "/api/v1/notices":
                assert answer.status_code in {400, 422}, (
                    path
                )  # whose right is hurt need not be known
            elif path in {"/api/v1/auth/oauth", "/api/v1/auth/passkeys/options"}:
                continue  # they take nothing, and tell what anybody may know
            elif path in {f"/api/v1/auth/{one}" for one in SIGNING_IN}:
                assert answer.status_code in {400, 422}, path
            else:
                assert answer.status_code == 401, f"{method} {path}"
                assert answer.headers["content-type"] == "application/problem+json"
                assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("method", ["GET", "DELETE", "PATCH", "OPTIONS", "HEAD"])
async def test_a_known_path_is_401_to_a_stranger_whatever_the_method(house, method):
    async with house.client(headers={}) as client:
        for path in ("/api/v1/jobs", "/api/v1/openapi.json", "/api/v1/docs"):
            assert (await client.request(method, path)).status_code == 401


@pytest.mark.parametrize(
    "path",
    ["/", "/api", "/api/v1", "/api/v1/", "/api/v1/job", "/api/v1/jobs/", "/api/v2/jobs", "/x"],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
async def test_an_unknown_path_is_a_404_problem_to_anyone(house, path, method, headers):
    async with house.client(headers=headers) as client:
        answer = await client.request(method, path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "missing"


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer ", "Basic abc", "Bearer wrong", "token-of-the-owner"]
)
async def test_only_a_known_bearer_token_opens(house, given):
    async with house.client(headers={"Authorization": given}) as client:
        answer = await client.get("/api/v1/jobs")
    assert answer.status_code == 401


async def test_a_known_token_opens(house):
    async with house.client() as client:
        assert (await client.get("/api/v1/jobs")).json() == {"items": [], "next": None}


async def test_a_method_that_is_not_there_is_a_405_problem_to_those_who_are_known(house):
    async with house.client() as client:
        answer = await client.delete("/api/v1/jobs")
    assert answer.status_code == 405
    assert answer.headers["allow"]
    assert answer.json()["code"] == "method_not_allowed"


async def test_metrics_are_for_this_machine_or_for_whoever_has_the_token(tmp_path):
    house = House(tmp_path, WebSettings.model_validate({"metrics_token": METRICS}))
    async with house.client(headers={}) as near:
        assert (await near.get("/metrics")).status_code == 200
        through = await near.get("/metrics", headers={"X-Forwarded-For": "8.8.8.8"})
        assert through.status_code == 401
    async with house.client("192.0.2.7", headers={}) as far:
        assert (await far.get("/metrics")).status_code == 401
        wrong = {"Authorization": "Bearer token-of-the-owner"}
        assert (await far.get("/metrics", headers=wrong)).status_code == 401
        right = {"Authorization": f"Bearer {METRICS}"}
        assert (await far.get("/metrics", headers=right)).status_code == 200


async def test_without_a_token_metrics_are_for_this_machine_only(house):
    async with house.client("192.0.2.7", headers={"Authorization": "Bearer None"}) as far:
        assert (await far.get("/metrics")).status_code == 401
