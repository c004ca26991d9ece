"""Errors are problems: one shape, no stack trace, nothing secret."""

import json
import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate

from reelwright.app.settings import WebSettings
from reelwright.faces.web.problems import STATUS
from reelwright.ground.errors import Kind, ReelwrightError
from support.api import OPEN
from support.web import House

pytestmark = pytest.mark.anyio


def error_of(kind_):
    class SomeError(ReelwrightError):
        code = "some_code"
        kind = kind_

    return SomeError("it went wrong", way_out="do it better")


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.FAULT])
async def test_each_kind_of_error_has_its_status(house, kind):
    house.jobs.error = error_of(kind)
    async with house.client() as client:
        answer = await client.post("/api/v1/jobs", json={"kind": "film"})
    assert answer.status_code == STATUS[kind]
    problem = answer.json()
    assert problem["code"] == "some_code"
    assert problem["detail"] == "it went wrong"
    assert problem["way_out"] == "do it better"
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("error", [RuntimeError("hunter2"), error_of(Kind.FAULT)])
async def test_what_nobody_foresaw_is_named_in_the_answer_and_told_in_the_log(house, caplog, error):
    house.jobs.error = error
    with caplog.at_level(logging.ERROR, "reelwright.web"):
        async with house.client() as client:
            answer = await client.post("/api/v1/jobs", json={"kind": "film"})
    assert answer.status_code == 500
    for secret in ("hunter2", "it went wrong", "Traceback", ".py"):
        assert secret not in answer.text
    incident = answer.json()["incident"]
    (record,) = [one for one in caplog.records if incident in one.getMessage()]
    assert record.exc_info
    assert record.exc_info[1] is error
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_wrong_body_is_told_field_by_field_without_its_values(house):
    async with house.client() as client:
        body = {"kind": "film", "priority": "hunter2", "colour": "red"}
        answer = await client.post("/api/v1/jobs", json=body)
    assert answer.status_code == 422
    assert {one["where"] for one in answer.json()["errors"]} == {"body.priority", "body.colour"}
    assert "hunter2" not in answer.text


async def test_a_body_that_is_no_json_is_malformed(house):
    async with house.client() as client:
        headers = {"Content-Type": "application/json"}
        answer = await client.post("/api/v1/jobs", content=b"{", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


async def test_a_body_over_the_limit_is_refused_whether_it_says_so_or_not(tmp_path):
    house = House(tmp_path, WebSettings(max_body=2000, max_upload=4000))

    async def pieces():
        for _ in range(30):
            yield b" " * 100

    headers = {"Content-Type": "application/json"}
    async with house.client() as client:
        for content in (b" " * 3000, pieces()):
            answer = await client.post("/api/v1/jobs", content=content, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
        for times, status in ((400, 201), (900, 413)):  # a file may be longer than a document
            script = "INT. HALL - DAY\n\nA hall.\n" + "Long. " * times
            files = {"script": ("a.fountain", script)}
            answer = await client.post("/api/v1/projects", files=files)
            assert answer.status_code == status
            told = await client.post("/api/v1/projects", json={"script": script})
            assert told.status_code == 413


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
BODIES = st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode())
TYPES = st.sampled_from(
    ["application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", ""]
)


def _is_openai(path):
    """The door for tools made for OpenAI: errors there are in OpenAI's shape."""
    return path.startswith("/v1/")


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
async def test_no_body_makes_any_operation_fail(house, data):
    body, kind = data.draw(BODIES), data.draw(TYPES)
    async with house.client() as client:
        for path, operations in house.app.openapi()["paths"].items():
            for method, operation in operations.items():
                if "requestBody" not in operation:
                    continue
                answer = await client.request(
                    method.upper(), path, content=body, headers={"Content-Type": kind}
                )
                if answer.status_code >= 400:
                    assert answer.status_code < 500, f"{method} {path} {body!r} {kind}"
                    if not _is_openai(path):
                        assert answer.headers["content-type"] == "application/problem+json"


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(st.sampled_from(["kind", "params", "name", "project_id", "depends_on"]), JSON)
)
async def test_no_order_of_a_job_makes_it_fail(house, order):
    async with house.client() as client:
        content = json.dumps({"kind": "film"} | order)
        answer = await client.post(
            "/api/v1/jobs", content=content, headers={"Content-Type": "application/json"}
        )
    assert answer.status_code in {201, 422}


async def test_the_openapi_document_declares_every_problem_it_answers(house):
    document = house.app.openapi()
    assert document["components"]["schemas"]["Problem"]
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            if path.startswith("/health") or _is_openai(path):
                continue
            for status in ("401", "500"):
                content = operation["responses"][status]["content"]
                assert "application/problem+json" in content
            for status, response in operation["responses"].items():
                if status >= "400":
                    assert set(response["content"]) == {"application/problem+json"}
            if operation["operationId"] not in OPEN:
                assert {"HTTPBearer": []} in operation["security"]


async def test_every_reference_of_the_openapi_document_leads_somewhere(house):
    validate(house.app.openapi())
