"""Logs name the request and the job, keep secrets, and say as much as each area was told to."""

import asyncio
import io
import json
import logging
from typing import Any

import pytest
import structlog

from reelwright.engines.telemetry.logs import bound, configure
from reelwright.engines.telemetry.settings import Level, LogSettings


@pytest.fixture
def lines():
    stream = io.StringIO()
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    level = root.level

    def configured(**settings):
        told: dict[str, Any] = {"format": "json", "level": Level.INFO} | settings
        configure(LogSettings(**told), stream)
        return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]

    yield configured
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()
    for name in ("reelwright.jobs", "reelwright.library", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_both_kinds_of_logger_write_data_with_their_request(lines):
    read = lines()
    with bound(request_id="req_1", job_id="job_1", nothing=None):
        logging.getLogger("reelwright.jobs").warning("%d done", 3, extra={"fields": {"n": 3}})
        structlog.get_logger("reelwright.jobs").info("more", n=4)
    logging.getLogger("reelwright.jobs").info("after")
    first, second, third = read()
    assert (first["event"], first["n"], first["level"]) == ("3 done", 3, "warning")
    assert (second["event"], second["n"]) == ("more", 4)
    for one in (first, second):
        assert (one["request_id"], one["job_id"]) == ("req_1", "job_1")
    assert "request_id" not in third
    assert "nothing" not in first


def test_tasks_begun_inside_inherit_the_names(lines):
    read = lines()

    async def work():
        logging.getLogger("reelwright.jobs").info("inside")

    async def main():
        with bound(job_id="job_7"):
            task = asyncio.create_task(work())
        await task

    asyncio.run(main())
    assert next(one for one in read() if one["event"] == "inside")["job_id"] == "job_7"


def test_secrets_are_blackened_wherever_they_stand(lines):
    read = lines()
    log = structlog.get_logger("reelwright.jobs")
    log.info(
        "Authorization: Bearer abcdefgh12345678", api_key="K123", inner={"password": "hunter2"}
    )
    try:
        int("postgresql://me:hunter2@db/x")
    except ValueError:
        logging.getLogger("reelwright.jobs").exception("failed")
    text = json.dumps(read())
    for secret in ("abcdefgh12345678", "K123", "hunter2"):
        assert secret not in text
    assert "ValueError" in text


def test_each_area_has_its_level(lines):
    read = lines(level=Level.WARNING, levels={"jobs": Level.DEBUG, "uvicorn.access": Level.ERROR})
    logging.getLogger("reelwright.jobs.creating").debug("seen")
    logging.getLogger("reelwright.library").info("not seen")
    logging.getLogger("uvicorn.access").warning("not seen")
    assert [one["event"] for one in read()] == ["seen"]


def test_clients_that_write_whole_urls_are_quiet(lines):
    read = lines(level=Level.DEBUG)
    logging.getLogger("aiohttp.client").info("GET https://x/?token=abc")
    assert read() == []


def test_a_library_that_would_write_to_the_console_itself_writes_through_ours(lines):
    library = logging.getLogger("dbos")
    before, propagates, level = library.handlers[:], library.propagate, library.level
    try:
        library.handlers[:] = [logging.StreamHandler(io.StringIO())]
        library.propagate = False
        read = lines()
        library.warning("tried again")
        library.info("polled")
        assert [one["event"] for one in read()] == ["tried again"]
        assert not any(type(one) is logging.StreamHandler for one in library.handlers)
    finally:
        library.handlers[:], library.propagate = before, propagates
        library.setLevel(level)
