"""What nobody foresaw is told to whoever is set, once; all else is not."""

import logging

import pytest
from pydantic import SecretStr

from reelwright.app.reporting import ReportedRecords, error_handler
from reelwright.app.settings import Settings
from reelwright.ground.errors import EnvironmentFailedError
from reelwright.services.context import ErrorContext

pytestmark = pytest.mark.anyio


class Heard:
    def __init__(self):
        self.all = []

    def report(self, error, told):
        self.all.append((error, dict(told)))


def test_faults_with_their_traceback_are_reported_and_nothing_else():
    heard = Heard()
    log, records = logging.getLogger("reelwright.reported"), ReportedRecords(heard)
    log.addHandler(records)
    fault = ZeroDivisionError()
    log.error("incident inc_1", exc_info=fault, extra={"incident": "inc_1"})
    log.error("said only")
    log.warning("a stream broke off", exc_info=fault)
    log.removeHandler(records)
    assert heard.all == [(fault, {"logger": "reelwright.reported", "incident": "inc_1"})]


async def test_without_a_dsn_errors_are_handled_all_the_same(tmp_path):
    async with error_handler(Settings(home=tmp_path)) as errors:
        errors.handle(ValueError("odd"), ErrorContext("cut", "join"))
        assert errors.counts() == {("cut", "join", "ValueError"): 1}


async def test_a_dsn_without_its_client_is_said_at_the_start(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "sentry_sdk", None)
    settings = Settings(home=tmp_path, sentry_dsn=SecretStr("https://k@sentry.example/1"))
    with pytest.raises(EnvironmentFailedError, match=r"reelwright\[sentry\]"):
        async with error_handler(settings):
            pass
    assert not [
        one for one in logging.getLogger("reelwright").handlers if isinstance(one, ReportedRecords)
    ]
