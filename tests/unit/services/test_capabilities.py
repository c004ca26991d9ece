"""What the bases and the mixins give."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from pydantic import BaseModel

from reelwright.ground.errors import EnvironmentFailedError, InvalidInputError, MissingError
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.ground.transactions import InsideTransactionError, transaction_mark
from reelwright.services.bases import (
    AsyncService,
    CommonServiceBase,
    DatabaseService,
    ExternalService,
)
from reelwright.services.capabilities import AsyncOperationMixin, ServiceInitializationMixin
from reelwright.services.filing import FileOperationMixin
from reelwright.services.house import House
from reelwright.services.validation import ValidationMixin

pytestmark = pytest.mark.anyio
WHO = Principal(UserId.new(), WorkspaceId.new())


class Doors:
    def __init__(self):
        self.opened = []
        self.closed = False

    @asynccontextmanager
    async def transaction(self, who):
        self.opened.append("write")
        yield "tx"

    @asynccontextmanager
    async def read(self, who):
        if self.closed:
            raise ConnectionError("no database")
        self.opened.append("read")
        yield "tx"


async def test_a_database_service_works_in_transactions_and_is_well_when_it_can_open_one():
    doors = Doors()
    service = DatabaseService(doors)

    async def work(tx):
        return f"in {tx}"

    assert await service.in_transaction(WHO, work) == "in tx"
    assert await service.in_read(WHO, work) == "in tx"
    assert doors.opened == ["write", "read"]
    assert (await service.health_check())["status"] == "healthy"
    doors.closed = True
    assert (await service.health_check())["status"] == "unhealthy"
    with pytest.raises(EnvironmentFailedError, match="has no database"):
        await DatabaseService().in_read(WHO, work)


async def test_an_outside_call_is_timed_bounded_and_never_made_in_a_transaction():
    class Client:
        async def get(self, path):
            if path == "/slow":
                await asyncio.sleep(60)
            return path

    service = ExternalService(Client())
    assert await service.call("get", "/film") == "/film"
    with pytest.raises(TimeoutError):
        await service.call("get", "/slow", seconds=0.01)
    with transaction_mark(), pytest.raises(InsideTransactionError):
        await service.call("get", "/film")
    figures = service.metrics.snapshot()["methods"]["call_get"]
    assert (figures["successes"], figures["errors"]) == (1, {"TimeoutError": 1})


async def test_work_in_the_background_ends_with_the_service_and_its_failures_are_handled(caplog):
    class Busy(AsyncService):
        pass

    house = House()
    house.registry.register(Busy)
    busy = house.container.get(Busy)
    ended = []

    async def long():
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(1)

    async def broken():
        raise RuntimeError("torn")

    task = busy.spawn(long())
    busy.spawn(broken())
    await asyncio.sleep(0.01)
    await busy.stop()
    assert task.cancelled()
    assert ended == [1]
    assert sum(house.errors.counts().values()) == 1


async def test_initialising_happens_once_and_again_after_a_failure():
    class Slow(ServiceInitializationMixin):
        times = 0

        async def _initialize(self):
            self.times += 1
            await asyncio.sleep(0)
            if self.times == 1:
                raise ConnectionError

    slow = Slow()
    with pytest.raises(ConnectionError):
        await slow.initialize()
    await asyncio.gather(*(slow.initialize() for _ in range(5)))
    assert slow.times == 2
    assert slow.initialized


async def test_everything_at_once_starts_by_initialising(monkeypatch):
    class All(CommonServiceBase):
        async def _initialize(self):
            self.size = self.get_config("cut.size", 3)

    monkeypatch.setenv("REELWRIGHT_CUT__SIZE", "4")
    everything = All()
    await everything.start()
    assert everything.size == 4
    everything.record_metric("cut", "success", 0.5)
    assert everything.get_metrics()["avg_response_time"] == 500


def test_validation_names_every_problem_and_never_shows_the_input():
    class Take(BaseModel):
        number: int
        scene: str

    checks = ValidationMixin()
    assert checks.validate(Take, {"number": "2", "scene": "a"}).number == 2
    with pytest.raises(InvalidInputError, match=r"number: .*; scene: ") as refused:
        checks.validate(Take, {"number": "hunter2", "scene": None})
    assert "hunter2" not in str(refused.value)
    with pytest.raises(InvalidInputError):
        checks.require_fields({}, ["scene"])


async def test_work_side_by_side_is_bounded_in_number_and_time():
    together = AsyncOperationMixin()
    under_way, most = 0, 0

    async def one(number):
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.001)
        under_way -= 1
        return number

    makers = [lambda n=n: one(n) for n in range(10)]
    assert await together.run_together(makers, at_once=3) == list(range(10))
    assert most == 3
    with pytest.raises(TimeoutError):
        await together.run_with_timeout(asyncio.sleep(60), 0.01)
    assert await together.run_blocking(sum, [1, 2]) == 3

    async def broken():
        raise KeyError("k")

    with pytest.raises(KeyError):
        await together.run_together([broken, *makers])


async def test_files_stay_in_their_folder_and_are_written_whole(tmp_path):
    class Keeper(FileOperationMixin):
        file_root = tmp_path / "root"

    keeper = Keeper()
    await keeper.save_file("a/take.txt", b"one")
    await keeper.save_file("a/take.txt", b"two")
    assert await keeper.load_file("a/take.txt") == b"two"
    assert await keeper.list_files() == ["a/take.txt"]
    for outside in ("../out.txt", "/etc/passwd", "", ".", "a\0b"):
        with pytest.raises(InvalidInputError):
            await keeper.save_file(outside, b"")
    (tmp_path / "root" / "link").symlink_to(tmp_path)
    with pytest.raises(InvalidInputError):
        await keeper.save_file("link/out.txt", b"")
    with transaction_mark(), pytest.raises(InsideTransactionError):
        await keeper.save_file("a/b.txt", b"")
    await keeper.delete_file("a/take.txt")
    await keeper.delete_file("a/take.txt")
    with pytest.raises(MissingError):
        await keeper.load_file("a/take.txt")


async def test_a_folder_that_cannot_be_written_leaves_no_half_file(tmp_path):
    class Keeper(FileOperationMixin):
        file_root = tmp_path

    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(EnvironmentFailedError):
        await Keeper().save_file("taken/take.txt", b"one")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken"]
