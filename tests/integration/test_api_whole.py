"""Rules that hold for every operation of the API, whatever it does: a new one cannot escape them.

The operations are those of the OpenAPI document, asked of the real services on a real Postgres.
"""

import json
import re

import pytest

from reelwright.faces.web.problems import MEDIA_TYPE
from reelwright.faces.web.requests import SHOWN_ONCE
from support.api import OPEN, routes_of, whole_api

pytestmark = pytest.mark.anyio
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
IDS = {
    "account_id": "acc", "asset_id": "ast", "film_id": "film", "job_id": "job", "project_id": "prj",
    "user_id": "usr", "workspace_id": "wsp", "thread_id": "thr", "submission_id": "sub",
}  # fmt: skip


@pytest.fixture(scope="module")
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="module")
async def api(server, tmp_path_factory, anyio_backend):
    url = server.create()
    async with whole_api(url, tmp_path_factory.mktemp("api")) as api:
        yield api
    server.drop(url)


def operations(api):
    for path, found in api.app.openapi()["paths"].items():
        for method, operation in found.items():
            yield method.upper(), path, operation


def at(path, value="nothing"):
    """The path with something in it that names nothing."""
    return re.sub(r"\{(\w+)\}", value, path)


def told(answer, operation, method, path, body=None):
    """Checks that an answer is one that was announced, and that a refusal is a problem."""
    where = f"{method} {path} answered {answer.status_code}: {answer.text[:300]}"
    assert answer.status_code < 500, where
    assert str(answer.status_code) in operation["responses"], f"undeclared: {where}"
    if answer.status_code >= 400:
        problem(answer, where)


def problem(answer, where=""):
    if answer.request.method == "HEAD":  # which has no body
        return
    assert answer.headers["content-type"] == MEDIA_TYPE, where
    found = answer.json()
    assert found["status"] == answer.status_code
    assert {"type", "title", "code", "detail", "request_id"} <= set(found), where
    assert "Traceback" not in answer.text


async def test_a_stranger_gets_nothing_but_how_the_service_is(api):
    async with api.client("") as client:
        for method, path, operation in operations(api):
            answer = await client.request(method, at(path), content=b"{", headers=JSON)
            if operation["operationId"] in OPEN:
                assert answer.status_code in {200, 400, 404, 422, 503}, f"{method} {path}"
                continue
            assert answer.status_code == 401, f"{method} {path}"
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            problem(answer)


JSON = {"Content-Type": "application/json"}
BODIES = {
    "no JSON": (b'{"name": ', JSON),
    "not UTF-8": (b'{"name": "\xff\xfe"}', JSON),
    "another thing": (b"[1, 2]", JSON),
    "nothing known": (b'{"surprise": {"deep": [null]}}', JSON),
    "NUL": (b'{"name": "a\\u0000", "title": "a\\u0000", "text": "\\u0000"}', JSON),
    "half a character": (b'{"name": "\\ud800", "title": "\\ud800", "kind": "\\ud800"}', JSON),
    "deep": (b'{"params": ' + b"[" * 3000 + b"]" * 3000 + b"}", JSON),
    "no number": (b'{"params": {"a": NaN}, "request": {"a": 1e999}}', JSON),
    "another type": (b"<a/>", {"Content-Type": "application/xml"}),
    "no type": (b"{}", {}),
    "a broken form": (b"--x\r\nno", {"Content-Type": "multipart/form-data; boundary=x"}),
    "no body": (b"", JSON),
}


@pytest.mark.parametrize("kind", BODIES)
async def test_a_body_that_cannot_be_used_is_a_declared_problem(api, kind):
    content, headers = BODIES[kind]
    async with api.client(api.session) as client:
        for method, path, operation in operations(api):
            if "requestBody" in operation:
                answer = await client.request(method, at(path), content=content, headers=headers)
                told(answer, operation, method, path)
                if kind == "no JSON":
                    assert answer.status_code in {400, 404, 412}, f"{method} {path}"


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(api):
    headers = {"Content-Length": str(2**40), **JSON}
    async with api.client(api.session) as client:
        for method, path, operation in operations(api):
            if "requestBody" in operation:
                answer = await client.request(method, at(path), content=b"{}", headers=headers)
                assert answer.status_code == 413, f"{method} {path}"
                told(answer, operation, method, path)


@pytest.mark.parametrize("value", ["nothing", "%00", "%F0%9F%8E%AC", "a" * 300, "%2e%2e", "-1"])
async def test_what_names_nothing_is_missing_or_refused(api, value):
    async with api.client(api.session) as client:
        for method, path, operation in operations(api):
            if "{" in path:
                answer = await client.request(method, at(path, value), headers=JSON)
                told(answer, operation, method, path)
                assert answer.status_code in {400, 404, 405, 422}, f"{method} {path}"


ODD = [
    "",
    "\x00",
    "nonsense",
    "-1",
    "99999999999999999999",
    "ｅ",
    "' OR 1=1 --",
    "W10=",
    "x" * 5000,
]


@pytest.mark.parametrize("value", ODD)
async def test_a_query_that_cannot_be_used_is_a_declared_problem(api, value):
    async with api.client(api.session) as client:
        for method, path, operation in operations(api):
            for one in operation.get("parameters", []):
                if one["in"] != "query" or operation["operationId"] == "follow_events":
                    continue
                answer = await client.request(method, at(path), params={one["name"]: value})
                told(answer, operation, method, path)
                if one["name"] in {"limit", "cursor"}:
                    assert answer.status_code in {404, 422}, f"{method} {path}?{one['name']}"


async def test_lists_are_paged_in_one_way(api):
    for _, path, operation in operations(api):
        names = {one["name"] for one in operation.get("parameters", [])}
        assert ("limit" in names) == ("cursor" in names), path


async def test_another_method_is_not_possible_and_another_path_not_there(api):
    async with api.client(api.session) as client:
        for path, found in api.app.openapi()["paths"].items():
            if path.endswith("/{model_id}"):
                continue  # takes slashes, and so what other operations have behind it
            others = set(METHODS) - {method.upper() for method in found}
            answer = await client.request(min(others), at(path, "usr_1"))
            if answer.status_code != 404:  # another operation's path fits as well
                assert answer.status_code == 405, f"{min(others)} {path}"
            problem(answer)
            problem(await client.get(at(path) + "/and/more"))


async def test_long_addresses_and_headers_are_refused(api):
    async with api.client(api.session) as client:
        for _, path, _ in operations(api):
            answer = await client.get(at(path), params={"a": "x" * 9000})
            assert answer.status_code == 414
            problem(answer)
            answer = await client.get(at(path), headers={"X-Long": "x" * 40_000})
            assert answer.status_code == 431
            problem(answer)


async def test_every_answer_wears_its_security_headers_and_no_other_origin_may_read_it(api):
    origin = {"Origin": "https://elsewhere.example"}
    async with api.client(api.session) as client:
        for method, path, operation in operations(api):
            if operation["operationId"] == "follow_events":
                continue
            answer = await client.request(method, at(path), headers=origin)
            assert "Access-Control-Allow-Origin" not in answer.headers
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Request-Id"]
            asked = origin | {"Access-Control-Request-Method": method}
            preflight = await client.options(at(path), headers=asked)
            assert "Access-Control-Allow-Origin" not in preflight.headers


async def test_what_has_not_changed_is_not_sent_again(api):
    async with api.client(api.session) as client:
        for method, path, operation in operations(api):
            if method != "GET" or operation["operationId"] in OPEN | {"follow_events"}:
                continue
            answer = await client.get(at(path, api.opened.owner.workspace))
            if answer.status_code != 200:
                continue
            tag = answer.headers["ETag"]
            assert "private" in answer.headers["Cache-Control"]
            again = await client.get(str(answer.url), headers={"If-None-Match": f'"x", {tag}'})
            assert (again.status_code, again.content) == (304, b""), path
            assert again.headers["ETag"] == tag


def test_every_operation_says_what_it_is_and_what_it_may_answer(api):
    found = list(operations(api))
    names = [operation["operationId"] for _, _, operation in found]
    assert len(set(names)) == len(names)
    tags = {tag["name"] for tag in api.app.openapi()["tags"]}
    schemas = api.app.openapi()["components"]["schemas"]
    assert all(name.isidentifier() and "__" not in name for name in schemas), "two have one name"
    for method, path, operation in found:
        where = f"{method} {path}"
        assert operation["summary"], where
        assert set(operation["tags"]) <= tags, where
        if operation["operationId"] in OPEN:
            continue
        assert operation["security"], where
        said = operation["responses"]
        assert {"401", "429", "500"} <= set(said), where
        if "requestBody" in operation:
            assert {"400", "413", "422"} <= set(said), where
        if "{" in path:
            assert "404" in said, where
        if method == "POST":
            names = {one["name"] for one in operation["parameters"]}
            assert "Idempotency-Key" in names, where
            assert {"409", "422"} <= set(said), where
        for status, one in said.items():
            if int(status) >= 400:
                assert list(one["content"]) == [MEDIA_TYPE], f"{where} {status}"
        assert json.dumps(operation)


async def test_who_asks_again_for_a_secret_is_told_that_it_was_shown_once(api):
    key, asked = {"Idempotency-Key": "a token, once"}, {"name": "one", "scopes": ["read"]}
    async with api.client(await api.new_session()) as client:
        first = await client.post("/api/v1/me/tokens", json=asked, headers=key)
        again = await client.post("/api/v1/me/tokens", json=asked, headers=key)
        there = (await client.get("/api/v1/me/tokens")).json()
    assert first.json()["token"]
    assert (again.status_code, again.json()["code"]) == (409, "answered_once")
    assert [one["name"] for one in there.get("items", there) if one["name"] == "one"] == ["one"]


SECRETS = {"session", "token", "invitation"}


async def test_every_answer_that_holds_a_secret_is_said_to_be_kept_by_nobody(api):
    schemas = api.app.openapi()["components"]["schemas"]
    routes = routes_of(api.app)
    found = set()
    for method, _, operation in operations(api):
        for status, said in operation["responses"].items():
            schema = said.get("content", {}).get("application/json", {}).get("schema", {})
            fields = schemas.get(schema.get("$ref", "").rpartition("/")[2], {}).get(
                "properties", {}
            )
            if method == "POST" and status.startswith("2") and SECRETS & set(fields):
                found.add(operation["operationId"])
                assert SHOWN_ONCE in routes[operation["operationId"]].dependencies
    assert {"login", "create_token", "share_project", "offer_place", "act_for_user"} <= found
