"""The client against the real service, over a real socket; and against one that is not well."""

import asyncio
import inspect
import json
import os
import re
import signal
import subprocess
import sys
import threading
import wave
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import JSONResponse, Response, StreamingResponse

from reelwright.client import ApiError, BlockingClient, Client, NoAnswerError
from reelwright.client.events import EventLines, ServerEvent
from reelwright.client.failures import ApiExhaustedError
from reelwright.client.shapes import ScriptText, TextOrder, WorkspaceNames, WrittenView
from reelwright.client.waiting import Line
from reelwright.client.wire import Wire
from reelwright.faces.web.serving import serve_app
from reelwright.faces.web.streams import Streams
from reelwright.ground.errors import ExhaustedError, InvalidInputError, UnauthenticatedError
from support.api import whole_api

pytestmark = pytest.mark.anyio
DOC = Path(__file__).parents[2] / "docs" / "client.md"


@asynccontextmanager
async def served(app):
    stop, heard = asyncio.Event(), asyncio.get_running_loop().create_future()
    serving = asyncio.ensure_future(
        serve_app(app, "127.0.0.1", 0, stop=stop, announce=heard.set_result)
    )
    try:
        yield await asyncio.wait_for(heard, 10)
    finally:
        stop.set()
        await asyncio.wait_for(serving, 10)


async def test_the_documented_program_runs_as_it_is_written(database_url, tmp_path):
    programs(tmp_path)
    (tmp_path / "kitchen.fountain").write_text("INT. HALL - DAY\n\nMARA waits.\n")
    home = tmp_path / "home"
    home.mkdir()
    async with whole_api(database_url, home) as api, served(api.app) as address:
        said = await run("program-0.py", tmp_path, address, api.token)
        assert said[0].startswith("job film ")
        assert said[1].startswith("event ")
        assert said[2] == "brought note.txt"
        assert said[3] == "saved 29 bytes"
        assert said[4].startswith("missing: there is no such job")
        assert re.fullmatch(r"4\d\d \w+", said[5])
        assert (tmp_path / "again.fountain").read_bytes() == (
            tmp_path / "kitchen.fountain"
        ).read_bytes()
        await _pages_and_refusals(address, api.token)
        (tmp_path / "again.fountain").unlink()
        said = await run("program-1.py", tmp_path, address, api.token)
        assert said == ["project Early", "project Late", "event project:created"]
        assert (tmp_path / "again.fountain").is_file()


def programs(folder):
    """Lay the documented programs into a folder."""
    found = re.findall(r"```python\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    for number, program in enumerate(found):
        (folder / f"program-{number}.py").write_text(program, encoding="utf-8")


async def run(program, folder, address, token):
    """What a program says."""
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, program],
        cwd=folder,
        env=os.environ | {"API": address, "TOKEN": token},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


async def _pages_and_refusals(address, token):
    async with Client(address, token=token) as client:
        names = [f"place {number}" for number in range(3)]
        for name in names:
            made = await client.workspaces.create_workspace(WorkspaceNames(name=name), key=name)
            again = await client.workspaces.create_workspace(WorkspaceNames(name=name), key=name)
            assert made == again
        with pytest.raises(InvalidInputError) as refused:
            await client.workspaces.create_workspace(WorkspaceNames(name=""))
        assert isinstance(refused.value, ApiError)
        assert refused.value.errors[0]["where"] == "body.name"
        threads = [
            await client.wire.ask("POST", "/api/v1/threads", body={"title": name}) for name in names
        ]
        assert len(threads) == 3
        listed = [one.title async for one in client.threads.list_threads(limit=1)]
        assert listed == names[::-1]
    async with Client(address, token="nobody") as client:  # noqa: S106
        with pytest.raises(UnauthenticatedError):
            await client.workspaces.list_workspaces()


class Unwell:
    """Answers what it is told to, and keeps what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []
        self.state = type("State", (), {"streams": Streams()})()

    async def __call__(self, scope, receive, send):
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.asked.append((scope["method"], scope["path"], headers))
        await self.answers.pop(0)(scope, receive, send)


def busy(status=503):
    return JSONResponse({"code": "busy"}, status, {"Retry-After": "0"})


async def test_reads_and_writes_with_a_key_are_asked_again_and_other_writes_are_not():
    good = JSONResponse({"id": "x"})
    service = Unwell(busy(), busy(429), good, busy(502), good, busy(), busy(), busy(), busy())
    async with served(service) as address, Wire(address, token="t") as wire:  # noqa: S106
        assert (await wire.ask("GET", "/a")).body == b'{"id":"x"}'
        assert (await wire.ask("POST", "/b", body={}, key="k")).status == 200
        with pytest.raises(ApiError) as refused:
            await wire.ask("POST", "/c", body={})
        assert refused.value.status == 503
        with pytest.raises(ApiError):
            await wire.ask("GET", "/d")
    paths = [path for _, path, _ in service.asked]
    assert paths == ["/a"] * 3 + ["/b"] * 2 + ["/c"] + ["/d"] * 3
    assert service.asked[3][2]["idempotency-key"] == service.asked[4][2]["idempotency-key"] == "k"
    assert service.asked[0][2]["authorization"] == "Bearer t"


async def test_refusals_that_are_no_problems_are_errors_all_the_same():
    service = Unwell(Response("<html>", 418), JSONResponse([1], 429))
    async with served(service) as address, Wire(address, attempts=1) as wire:
        with pytest.raises(ApiError) as refused:
            await wire.ask("GET", "/")
        assert refused.value.status == 418
        with pytest.raises(ExhaustedError):
            await wire.ask("GET", "/")
    async with Wire(address, attempts=1) as wire:
        with pytest.raises(NoAnswerError):
            await wire.ask("GET", "/")


async def test_a_token_goes_to_its_own_service_only_also_when_that_leads_elsewhere(tmp_path):
    other = Unwell(Response(b"bytes"))
    async with served(other) as elsewhere:
        own = Unwell(Response(status_code=307, headers={"Location": f"{elsewhere}/file"}))
        async with served(own) as address, Client(address, token="t") as client:  # noqa: S106
            assert await client.download("/picture", tmp_path / "file") == 5
    assert own.asked[0][2]["authorization"] == "Bearer t"
    assert "authorization" not in other.asked[0][2]


async def test_a_download_that_breaks_off_leaves_nothing(tmp_path):
    async def half():
        yield b"x" * 10
        raise ConnectionError

    broken = StreamingResponse(half(), headers={"Content-Length": "100"})
    async with served(Unwell(broken)) as address, Client(address) as client:
        with pytest.raises(NoAnswerError):
            await client.download(f"{address}/file", tmp_path / "file")
    assert not list(tmp_path.iterdir())


async def test_texts_come_as_they_lie_there_however_long_they_are(database_url, tmp_path):
    async with (
        whole_api(database_url, tmp_path) as api,
        served(api.app) as address,
        Client(address, token=api.token) as client,
    ):
        for size in (2_000, 60_000, 200_000):
            script = tmp_path / "long.fountain"
            script.write_text(("INT. HALL - DAY\n\nMARA waits.\n\n" * size)[:size])
            project = await client.upload_project(script, name="Long", key=f"k{size}")
            again = await client.upload_project(script, name="Long", key=f"k{size}")
            assert again.id == project.id
            got = await client.download_asset(
                project.head.files["long.fountain"], tmp_path / "again.fountain"
            )
            assert got == size
            assert (tmp_path / "again.fountain").read_bytes() == script.read_bytes()


async def test_a_file_is_brought_over_broken_lines_and_is_the_projects(database_url, tmp_path):
    tone, heard = tmp_path / "tone.wav", []
    with wave.open(str(tone), "wb") as sound:
        sound.setparams((1, 2, 48_000, 0, "NONE", ""))
        sound.writeframes(bytes(i % 251 for i in range(400_000)))
    async with (
        whole_api(database_url, tmp_path) as api,
        served(api.app) as whole,
        cut_off(whole, after=100_000, times=3) as address,
        Client(address, token=api.token, attempts=2) as client,
    ):
        order = ScriptText(name="Sound", type="audio-edit")
        project = await client.projects.create_project(order)
        asset = await client.upload_asset(
            tone, project_id=project.id, progress=lambda sent, of: heard.append((sent, of))
        )
        assert (asset.name, asset.media_type) == ("tone.wav", "audio/wav")
        assert (asset.size, asset.project_id) == (tone.stat().st_size, project.id)
        assert heard[-1] == (asset.size, asset.size)
        await client.download_asset(asset.id, tmp_path / "again.wav")
        assert (tmp_path / "again.wav").read_bytes() == tone.read_bytes()
        note = tmp_path / "note.txt"
        note.write_text("no sound")
        with pytest.raises(ApiError) as refused:
            await client.upload_asset(note, project_id=project.id)
        assert refused.value.code == "file_refused"


async def test_a_service_that_is_busy_for_long_is_not_waited_for():
    long = JSONResponse({"code": "quota_exhausted"}, 429, {"Retry-After": "36000"})
    service = Unwell(long)
    async with served(service) as address, Wire(address) as wire:
        with pytest.raises(ApiExhaustedError) as refused:
            await wire.ask("GET", "/")
    assert refused.value.retry_after == 36000
    assert len(service.asked) == 1


async def test_a_text_comes_piece_by_piece_and_whole_at_last():
    def events(*told):
        text = "".join(f"event: {kind}\ndata: {json.dumps(data)}\n\n" for kind, data in told)
        return Response(text, media_type="text/event-stream")

    pieces = [("piece", {"text": "A "}), ("piece", {"text": "hall."})]
    error = {"code": "call_refused", "message": "no more", "way_out": "ask for less"}
    whole = {"text": "A hall.", "model": "m", "data": None, "submission": None, "currency": "USD"}
    whole |= {"cost_micros": 1, "attempts": 1, "found": False, "cut": False}
    service = Unwell(events(*pieces, ("written", whole)), events(pieces[0], ("error", error)))
    service.answers.append(events(pieces[0]))
    order = TextOrder(prompt="Where?")
    async with served(service) as address, Client(address) as client:
        *said, last = [one async for one in client.stream_text(order)]
        assert said == ["A ", "hall."]
        assert isinstance(last, WrittenView)
        assert last.text == "A hall."
        with pytest.raises(ApiError, match="no more"):
            [one async for one in client.stream_text(order)]
        with pytest.raises(NoAnswerError):
            [one async for one in client.stream_text(order)]
        with pytest.raises(InvalidInputError, match="waits for the whole"):
            await client.texts.write_text(TextOrder(prompt="Where?", stream=True))
    assert len(service.asked) == 3


@asynccontextmanager
async def cut_off(address, *, after, times):
    """Another address of a service: so many connections break when so many bytes have gone there."""
    host, port = address.removeprefix("http://").split(":")
    left = times

    async def pass_on(reader, writer):
        there, back = await asyncio.open_connection(host, int(port))
        answering = asyncio.ensure_future(_copy(there, writer))
        sent = 0
        while piece := await reader.read(16_384):
            nonlocal left
            sent += len(piece)
            if left and sent > after:
                left -= 1
                break
            back.write(piece)
            await back.drain()
        back.close()
        writer.close()
        await asyncio.wait([answering])

    server = await asyncio.start_server(pass_on, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    assert left == 0


async def _copy(reader, writer):
    with suppress(ConnectionError):
        while piece := await reader.read(16_384):
            writer.write(piece)


async def test_events_go_on_after_the_last_one_that_was_seen():
    def events(*numbers):
        text = "".join(f"id: {one}\nevent: tick\ndata: {one}\n\n" for one in numbers)
        return Response(text, media_type="text/event-stream")

    service = Unwell(events(1, 2), busy(), events(3))
    found = []
    async with served(service) as address, Client(address) as client:
        async for event in client.follow(subject="job_1"):
            found.append(event)
            if event.data == 3:
                break
    assert found == [ServerEvent(str(one), "tick", one) for one in (1, 2, 3)]
    assert [asked[2].get("last-event-id") for asked in service.asked] == [None, "2", "2"]


async def test_without_a_loop_the_same_calls_are_waited_for_and_refusals_are_raised(
    database_url, tmp_path
):
    def ask(address, token):
        with BlockingClient(address, token=token) as client:
            for number in range(3):
                client.workspaces.create_workspace(WorkspaceNames(name=f"place {number}"))
            with pytest.raises(InvalidInputError):
                client.workspaces.create_workspace(WorkspaceNames(name=""))
            with ThreadPoolExecutor(4) as several:
                mine = list(several.map(lambda _: client.people.get_me().id, range(8)))
            assert client.costs.export_costs(by=["model"]) == "model,currency,calls,held,spent\n"
            rows = client.follow()  # begun, and left
            listed = [one.name for one in client.workspaces.list_workspaces().items]
            assert iter(rows) is rows
        client.close()
        with pytest.raises(RuntimeError):
            client.people.get_me()
        return mine, listed

    async with whole_api(database_url, tmp_path) as api, served(api.app) as address:
        mine, listed = await asyncio.to_thread(ask, address, api.token)
        assert len(set(mine)) == 1
        assert {"place 0", "place 1", "place 2"} <= set(listed)
    assert [one for one in threading.enumerate() if one.name == "reelwright client"] == []


BY_HAND = {
    "create_upload": "upload_asset",
    "continue_upload": "upload_asset",
    "follow_events": "follow",
    "show_strip": "download",
    "show_thumbnail": "download",
    "show_waveform": "download",
}
"""Operations that no noun has, and what the client has in their place."""


def test_every_operation_is_a_call_of_its_noun_or_one_of_the_client_itself():
    paths = json.loads((DOC.parent / "openapi.json").read_text(encoding="utf-8"))["paths"]
    operations = {one["operationId"] for path in paths.values() for one in path.values()}
    nouns = vars(Client()).values()
    calls = {name for noun in nouns for name in vars(type(noun)) if not name.startswith("_")}
    assert operations - calls == set(BY_HAND)
    assert all(hasattr(Client, name) for name in BY_HAND.values())


def test_every_call_can_be_waited_for_by_the_same_name():
    client, waits = Client(), BlockingClient()
    for noun, calls in vars(client).items():
        if noun == "wire":
            continue
        names = {name for name in vars(type(calls)) if not name.startswith("_")}
        there = {name for name in vars(type(getattr(waits, noun))) if not name.startswith("_")}
        assert names == there, noun
    assert inspect.signature(waits.jobs.get_job).parameters.keys() == {"self", "job_id"}
    waits.close()


def test_whoever_interrupts_the_waiting_calls_it_off():
    line, ended = Line(), threading.Event()

    async def long():
        try:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            await asyncio.sleep(60)
        finally:
            ended.set()

    with pytest.raises(KeyboardInterrupt):
        line.wait(long())
    assert ended.wait(10)
    line.close()


TEXT = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(TEXT.filter(bool), st.lists(TEXT, min_size=1, max_size=3))))
def test_whatever_is_written_as_events_is_read_as_them(given):
    lines, found = EventLines(), []
    for number, (kind, data) in enumerate(given):
        told = [f"id: {number}", ": a sign of life", f"event: {kind}"]
        told += [f"data: {line}" for line in data]
        found += [event for line in [*told, ""] if (event := lines.take(line)) is not None]
    assert [(one.id, one.kind) for one in found] == [
        (str(number), kind) for number, (kind, _) in enumerate(given)
    ]
