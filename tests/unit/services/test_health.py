"""Health is asked for all at once, in time, and again."""

import asyncio
import time

import pytest

from reelwright.services.base import BaseService
from reelwright.services.blueprint import ServiceConfig
from reelwright.services.house import House

pytestmark = pytest.mark.anyio


class Checked(BaseService):
    def __init__(self, name="checked", interval=30.0):
        super().__init__(
            ServiceConfig(name, health_check_timeout=0.05, health_check_interval=interval)
        )
        self.asked = 0
        self.outcome: dict[str, object] | Exception = {"status": "healthy", "films": 3}

    async def _service_health_check(self):
        self.asked += 1
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def _with(*services):
    house = House()
    for service in services:
        house.registry.register(service)
    house.container.make_all()
    return house


async def test_every_way_to_answer_becomes_a_report():
    class Yes:
        def ping(self):
            return True

    class No:
        async def ping(self):
            return False

    class Word:
        def health_check(self):
            return "degraded"

    class Mute:
        pass

    house = _with(Checked(), Yes(), No(), Word(), Mute())
    reports = await house.monitor.check_all()
    assert {name: report["status"] for name, report in reports.items()} == {
        "checked": "healthy",
        "yes": "healthy",
        "no": "unhealthy",
        "word": "degraded",
        "mute": "healthy",
    }
    assert reports["checked"]["films"] == 3


async def test_a_service_that_was_not_made_is_not_made_for_a_check():
    house = House()
    house.registry.register(Checked)
    assert (await house.monitor.check_all())["checked"] == {"status": "not_started"}
    assert house.container.made() == {}


async def test_a_check_that_raises_says_unhealthy_without_its_secrets():
    checked = Checked()
    checked.outcome = RuntimeError("postgresql://owner:hunter2@db/film is gone")
    report = (await _with(checked).monitor.check_all())["checked"]
    assert report["status"] == "unhealthy"
    assert "is gone" in report["error"]
    assert "hunter2" not in report["error"]


async def test_checks_that_hang_cost_one_time_out_together_and_are_not_piled_up():
    class Hung:
        def __init__(self):
            self.config = ServiceConfig("hung", health_check_timeout=0.05)
            self.asked = 0

        async def ping(self):
            self.asked += 1
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                await asyncio.sleep(10)

    hung = [Hung() for _ in range(5)]
    house = House()
    for number, service in enumerate(hung):
        house.registry.register(service, f"hung{number}")
    house.container.make_all()
    begun = time.monotonic()
    reports = await house.monitor.check_all()
    again = await house.monitor.check_all()
    assert time.monotonic() - begun < 5
    assert all(report["error"] == "no answer within 0.05 s" for report in reports.values())
    assert all("has not come back" in report["error"] for report in again.values())
    assert [service.asked for service in hung] == [1] * 5
    await asyncio.sleep(0.35)


async def test_each_service_is_asked_again_at_its_own_interval_until_the_stop():
    often, seldom = Checked("often", 0.02), Checked("seldom", 60)
    house = _with(often, seldom)
    await house.start()
    while often.asked < 4:  # noqa: ASYNC110 - the test only looks on
        await asyncio.sleep(0.01)
    assert seldom.asked == 1
    await house.stop()
    asked = often.asked
    await asyncio.sleep(0.05)
    assert often.asked == asked


async def test_the_summary_counts_by_the_last_reports():
    well, ill = Checked("well"), Checked("ill")
    ill.outcome = RuntimeError("no")
    house = _with(well, ill)
    await house.start()
    house.registry.register(Checked, "later")
    summary = house.summary()
    assert (summary["total_services"], summary["healthy_services"]) == (3, 1)
    assert summary["unhealthy_services"] == 1
    assert summary["running_services"] == 2
    assert summary["services"] == {"ill": "unhealthy", "later": "not_started", "well": "healthy"}
    assert summary["metrics"]["later"]["calls"] == 0
    await house.stop()
