"""What was promised to people is kept by whoever comes after a process that was killed over it."""

import asyncio
import io
import random
import secrets
import sys
import time
import zipfile

import pytest

from reelwright.client import Client
from reelwright.client.failures import NoAnswerError
from reelwright.client.shapes import ScriptText, SignUp
from support.service import Service, kill

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(sys.platform != "linux", reason="kills whole sessions"),
]

WORDS = "Ada by the water 7"
SCRIPT = "INT. HALL - NIGHT\n\nADA waits.\n"


class House:
    """The server, killed and started again at its old address, and Ada, who has signed up."""

    def __init__(self, service):
        self.service = service
        self.process = service.api(command="serve")
        self.port = int(service.base.rsplit(":", 1)[1])
        self.session = ""

    async def die(self):
        kill(self.process)
        self.process = await asyncio.to_thread(self.service.api, "serve", self.port)

    def client(self):
        return Client(self.service.base, token=self.session or None, attempts=9)


@pytest.fixture
async def house(tmp_path):
    told = {"DURABLE__LEASE_S": "3", "IDENTITY__SIGN_UP": "open", "PROJECTS__DEBOUNCE_S": "0.15"}
    given = {f"REELWRIGHT_{name}": value for name, value in told.items()}
    with Service(tmp_path / "home", **given) as service:
        house = House(service)
        async with house.client() as stranger:
            ada = SignUp(email="ada@example.com", password=WORDS, name="Ada", keep="text")
            house.session = (await stranger.signing_in.sign_up(ada)).session or ""
        yield house


async def test_an_edit_that_was_answered_is_kept_and_one_that_was_not_may_be_sent_again(house):
    moments = random.Random(7)
    answered: dict[str, int] = {}
    async with house.client() as ada:
        project = await ada.projects.create_project(ScriptText(name="Hall", script=SCRIPT))
        for turn in range(3):
            wanted = {f"{turn}-{number}": number for number in range(60)}
            editing = [
                asyncio.create_task(edit(ada, project.id, name, number, number * 0.02))
                for name, number in wanted.items()
            ]
            await asyncio.sleep(moments.uniform(0.4, 1.2))
            await house.die()
            kept = [name for name in await asyncio.gather(*editing) if name is not None]
            answered |= {name: wanted[name] for name in kept}
            assert len(kept) < len(wanted), "it was killed too late"
            there = (await ada.states.get_state(project.id)).state.get("data", {})
            assert answered.items() <= there.items()
            # Whoever was not answered sends it again: patches done twice change nothing more.
            again = [edit(ada, project.id, name, wanted[name], 0) for name in wanted.keys() - kept]
            assert None not in await asyncio.gather(*again)
            answered |= wanted
        state = await ada.states.get_state(project.id)
        assert state.state["data"] == answered
        versions = [one.version async for one in ada.states.list_state_versions(project.id)]
        assert versions == list(range(state.version, 0, -1))


async def edit(client, project, name, number, after_s):
    """The edit's name when it was answered, None when nobody knows."""
    await asyncio.sleep(after_s)
    try:
        found = await client.states.edit_state(project, {"data": {name: number}})
    except NoAnswerError:
        return None
    assert found.state["data"][name] == number
    return name


async def test_an_export_outlives_the_processes_that_are_killed_over_it_and_is_made_once(house):
    films = [secrets.token_bytes(40 * 2**20) for _ in range(3)]
    async with house.client() as ada:
        for film in films:
            await bring(ada, film)
        job = await ada.people.export_me()
        seen = set()
        for _ in range(2):
            seen.add(await being_written(house, seen))
            await house.die()
        until = time.monotonic() + 120
        while (job := await ada.jobs.get_job(job.id)).state not in {"completed", "failed"}:
            assert time.monotonic() < until, job
            await asyncio.sleep(0.3)
        assert job.state == "completed", job.error
        exports = [one async for one in ada.assets.list_assets(media="application/zip")]
        assert [one.id for one in exports] == [job.result["asset_id"]]
        path = house.service.home / "taken.zip"
        await ada.download_asset(exports[0].id, path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as file:
        assert file.testzip() is None
        held = {file.read(name) for name in file.namelist() if "/files/" in name}
    assert held == set(films)


async def bring(client, data):
    """An upload of one piece."""
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(data))}
    headers |= {"Content-Type": "application/offset+octet-stream"}
    headers |= {"Upload-Metadata": "filename YS5iaW4=,project_type ZmlsbQ=="}
    async with client.wire.opened(
        "POST", "/api/v1/uploads", headers=headers, data=io.BytesIO(data)
    ):
        pass


async def being_written(house, but):
    """A draft of an export that is in the middle of being written."""
    until = time.monotonic() + 60
    while True:
        for one in house.service.home.rglob(".drafts/*.zip"):
            if one not in but and one.stat().st_size > 2**20:
                return one
        assert time.monotonic() < until
        await asyncio.sleep(0.02)


async def test_whoever_has_left_is_kept_out_though_the_process_was_killed_in_that_moment(house):
    async with house.client() as ada:
        await ada.projects.create_project(ScriptText(name="Hall", script=SCRIPT))
        await ada.people.leave()
        await house.die()
        for _ in range(2):
            with pytest.raises(Exception, match="token") as refused:
                await ada.people.get_me()
            assert getattr(refused.value, "status", None) == 401
