"""What all storage promises, held on disk, in memory, and against an S3 server."""

import asyncio
import os
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest

from reelwright.engines.storage.objects import (
    ObjectMissingError,
    RangeError,
    StorageFullError,
    StorageUnavailableError,
)
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.objects_open import open_objects, signed_urls
from reelwright.engines.storage.objects_remote import RemoteObjects
from reelwright.engines.storage.settings import StorageSettings
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import EnvironmentFailedError, InvalidInputError
from reelwright.ground.transactions import InsideTransactionError, transaction_mark

pytestmark = pytest.mark.anyio
KEY = "ws_1/2026-11/image/picture-0a1b.png"
BIG = bytes(range(256)) * 4096 * 20  # 20 MiB: several parts


@pytest.fixture(scope="module")
def s3():
    """An S3 server of its own on loopback, with a bucket."""
    server = pytest.importorskip("moto.server", reason="moto is not installed: S3 is not tested")
    running = server.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    url = f"http://{host}:{port}"
    put = urllib.request.Request(f"{url}/films", method="PUT")  # noqa: S310 - loopback
    with urllib.request.urlopen(put):  # noqa: S310 - loopback
        pass
    yield url
    running.stop()


@pytest.fixture(params=["disk", "memory", "s3"])
def settings(request, tmp_path):
    if request.param == "disk":
        return StorageSettings(folder=tmp_path / "objects")
    if request.param == "memory":
        return StorageSettings(url="memory:///")
    return s3_settings(request.getfixturevalue("s3"), f"s3://films/{tmp_path.name}")


def s3_settings(endpoint, url, **more):
    return StorageSettings(
        url=url,
        endpoint=endpoint,
        region="us-east-1",
        access_key="key",
        secret_key="secret",  # noqa: S106 - of a server that takes any
        allow_http=True,
        **more,
    )


@pytest.fixture
def objects(settings, tmp_path):
    urls = signed_urls(settings, b"s" * 32, SystemClock())
    return open_objects(settings, tmp_path, urls)


def read(url):
    with urllib.request.urlopen(url) as answer:  # noqa: S310 - loopback
        return answer.read(), answer.headers


async def keys(objects, prefix=""):
    return sorted([one.key async for one in objects.list(prefix)])


async def test_bytes_are_put_and_got(objects):
    await objects.put(KEY, b"picture", media_type="image/png")
    assert await objects.get(KEY) == b"picture"
    assert await objects.exists(KEY)
    await objects.put(KEY, b"another", media_type="image/png")
    assert await objects.get(KEY) == b"another"


async def test_empty_objects_are_objects(objects):
    await objects.put(KEY, b"", media_type="text/plain")
    assert await objects.get(KEY) == b""
    assert [one async for one in objects.stream(KEY)] in ([], [b""])


async def test_what_is_not_there_is_missing(objects, tmp_path):
    assert not await objects.exists(KEY)
    with pytest.raises(ObjectMissingError):
        await objects.get(KEY)
    with pytest.raises(ObjectMissingError):
        await objects.open_range(KEY)
    with pytest.raises(ObjectMissingError):
        await objects.fetch(KEY, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    await objects.delete([KEY])


async def test_a_folder_is_no_object(objects):
    await objects.put(KEY, b"picture", media_type="image/png")
    folder = KEY.rpartition("/")[0]
    assert not await objects.exists(folder)
    with pytest.raises(ObjectMissingError):
        await objects.get(folder)
    await objects.delete([folder])
    assert await objects.exists(KEY)


async def test_large_files_go_in_and_come_out_in_parts(objects, tmp_path):
    source, told = tmp_path / "film.mp4", []
    source.write_bytes(BIG)
    await objects.put_file(KEY, source, media_type="video/mp4", name="Dusk.mp4", told=told.append)
    assert sum(told) == len(BIG)
    assert b"".join([chunk async for chunk in objects.stream(KEY)]) == BIG
    await objects.fetch(KEY, tmp_path / "out" / "film.mp4")
    assert (tmp_path / "out" / "film.mp4").read_bytes() == BIG


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 3, b"012"), (7, None, b"789"), (-2, None, b"89"), (4, 400, b"456789"), (-400, 2, b"01")],
)
async def test_a_range_gives_exactly_its_bytes(objects, start, end, expected):
    await objects.put(KEY, b"0123456789", media_type="text/plain")
    opened = await objects.open_range(KEY, start, end)
    assert b"".join([chunk async for chunk in opened.chunks]) == expected
    assert (opened.size, opened.end - opened.start) == (10, len(expected))


async def test_a_range_behind_the_end_is_refused_with_the_size(objects):
    await objects.put(KEY, b"0123456789", media_type="text/plain")
    with pytest.raises(RangeError) as refused:
        await objects.open_range(KEY, 10)
    assert refused.value.size == 10


async def test_a_list_shows_what_lies_in_a_folder_and_nothing_beside_it(objects, tmp_path):
    source = tmp_path / "a"
    source.write_bytes(b"a")
    await objects.put_files([(f"ws_1/x/{n}", source, "text/plain") for n in range(5)])
    await objects.put("ws_1/xy", b"beside", media_type="text/plain")
    assert await keys(objects, "ws_1/x") == [f"ws_1/x/{n}" for n in range(5)]
    assert len(await keys(objects)) == 6
    assert await keys(objects, "nobody") == []
    now = datetime.now(UTC)
    async for one in objects.list():
        assert abs(now - one.at) < timedelta(seconds=10)


async def test_a_deleted_object_is_gone(objects):
    for n in range(3):
        await objects.put(f"ws_1/{n}", b"a", media_type="text/plain")
    await objects.delete(["ws_1/0", "ws_1/2", "ws_1/7"])
    assert await keys(objects) == ["ws_1/1"]


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/etc/passwd",
        "../a",
        "a/../b",
        "a//b",
        "a/.hidden",
        "a\\b",
        "a\0b",
        "ä",
        "a/",
        "x" * 600,
    ],
)
async def test_no_key_leads_out_of_the_storage(objects, key):
    for act in (
        objects.get(key),
        objects.put(key, b"x", media_type="text/plain"),
        objects.exists(key),
        objects.delete([key]),
        objects.url(key, media_type="text/plain"),
    ):
        with pytest.raises(InvalidInputError):
            await act


async def test_nothing_is_done_inside_a_transaction(objects, tmp_path):
    with transaction_mark():
        for act in (
            objects.get(KEY),
            objects.put(KEY, b"x", media_type="text/plain"),
            objects.put_files([(KEY, tmp_path / "x", "text/plain")]),
            objects.exists(KEY),
            objects.delete([KEY]),
            objects.open_range(KEY),
            objects.fetch(KEY, tmp_path / "out"),
        ):
            with pytest.raises(InsideTransactionError):
                await act
        with pytest.raises(InsideTransactionError):
            await keys(objects)


async def test_a_source_that_is_not_there_leaves_nothing(objects, tmp_path):
    with pytest.raises(EnvironmentFailedError):
        await objects.put_file(KEY, tmp_path / "nothing", media_type="text/plain")
    assert await keys(objects) == []


async def test_a_bucket_signs_its_own_urls_which_anyone_can_read(s3, tmp_path):
    settings = s3_settings(s3, "s3://films/signed")
    objects = open_objects(settings, tmp_path, signed_urls(settings, b"s" * 32, SystemClock()))
    source = tmp_path / "dusk.mp4"
    source.write_bytes(b"film")
    await objects.put_file(KEY, source, media_type="video/mp4", name="Dusk é.mp4")
    url = await objects.url(KEY, media_type="video/mp4", expires=60)
    assert "X-Amz-Signature" in url
    body, headers = await asyncio.to_thread(read, url)
    assert body == b"film"
    assert headers["content-type"] == "video/mp4"
    assert headers["cache-control"].endswith("immutable")
    assert headers["content-disposition"] == "inline; filename*=UTF-8''Dusk%20%C3%A9.mp4"


async def test_what_a_bucket_signs_is_saved_under_the_name_and_type_that_are_wanted(s3, tmp_path):
    settings = s3_settings(s3, "s3://films/named")
    objects = open_objects(settings, tmp_path, signed_urls(settings, b"s" * 32, SystemClock()))
    await objects.put(KEY, b"<p>", media_type="video/mp4")
    url = await objects.url(KEY, media_type="text/html", name='Abend + Tür & "so".html', expires=60)
    assert url.startswith(f"{s3}/films/named/{KEY}?")
    body, headers = await asyncio.to_thread(read, url)
    assert body == b"<p>"
    assert headers["content-type"].startswith("text/html")
    saved = "Abend%20%2B%20T%C3%BCr%20%26%20%22so%22.html"
    assert headers["content-disposition"] == f"attachment; filename*=UTF-8''{saved}"


async def test_where_we_have_not_the_bucket_s_secret_what_has_a_name_is_served_by_us(
    s3, tmp_path, monkeypatch
):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    plain = s3_settings(s3, "s3://films/lent", public_url="https://films.example")
    settings = plain.model_copy(update={"access_key": None, "secret_key": None})
    objects = open_objects(settings, tmp_path, signed_urls(settings, b"s" * 32, SystemClock()))
    named = await objects.url(KEY, media_type="video/mp4", name="dusk.mp4")
    assert named.startswith(f"https://films.example/media/{KEY}?")
    assert "X-Amz-Signature" in await objects.url(KEY, media_type="video/mp4")


async def test_behind_a_cdn_all_urls_are_ours(s3, tmp_path):
    settings = s3_settings(s3, "s3://films/cdn", cdn_url="https://cdn.example")
    objects = open_objects(settings, tmp_path, signed_urls(settings, b"s" * 32, SystemClock()))
    url = await objects.url(KEY, media_type="video/mp4")
    assert url.startswith(f"https://cdn.example/media/{KEY}?")


async def test_a_bucket_that_does_not_answer_is_unavailable(tmp_path):
    settings = s3_settings("http://127.0.0.1:9", "s3://films", retries=0, connect_timeout_s=1)
    objects = open_objects(settings, tmp_path, signed_urls(settings, b"s" * 32, SystemClock()))
    with pytest.raises(StorageUnavailableError) as unavailable:
        await objects.get(KEY)
    assert "secret" not in str(unavailable.value)


@pytest.mark.parametrize("url", ["ftp://host/x", "films", "file:///etc", "https://example.com/x"])
def test_a_url_that_is_no_bucket_is_refused(url, tmp_path):
    settings = StorageSettings(url=url)
    with pytest.raises(InvalidInputError):
        open_objects(settings, tmp_path, signed_urls(settings, b"s" * 32, SystemClock()))


@pytest.fixture
def disk(tmp_path):
    settings = StorageSettings()
    made = open_objects(settings, tmp_path, signed_urls(settings, b"s" * 32, SystemClock()))
    assert isinstance(made, DiskObjects)
    return made


async def test_a_file_of_the_same_disk_is_linked_and_fetched_as_a_link(disk, tmp_path):
    source = tmp_path / "made.png"
    source.write_bytes(b"picture")
    await disk.put_file(KEY, source, media_type="image/png")
    await disk.put_file(KEY, source, media_type="image/png")  # again: the very same file
    await disk.fetch(KEY, tmp_path / "linked.png")
    await disk.fetch(KEY, tmp_path / "own.png", own=True)
    assert source.samefile(disk.root / KEY)
    assert source.samefile(tmp_path / "linked.png")
    assert not source.samefile(tmp_path / "own.png")
    assert list(disk.drafts.iterdir()) == []


async def test_a_linked_file_counts_as_new_however_old_its_content_is(disk, tmp_path):
    source = tmp_path / "made.png"
    source.write_bytes(b"picture")
    os.utime(source, (1_000_000_000, 1_000_000_000))
    await disk.put_file(KEY, source, media_type="image/png")
    (one,) = [one async for one in disk.list()]
    assert datetime.now(UTC) - one.at < timedelta(minutes=1)


async def test_a_full_disk_is_named_and_leaves_nothing(disk, tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFullError):
        await disk.put(KEY, b"picture", media_type="image/png")
    assert list(disk.drafts.iterdir()) == []
    assert not (disk.root / KEY).exists()


async def test_drafts_of_killed_processes_are_swept_when_they_are_old(objects):
    (objects.drafts / "left").write_bytes(b"half")
    (objects.drafts / "folder").mkdir()
    (objects.drafts / "folder" / "part").write_bytes(b"half")
    assert await objects.sweep_drafts(timedelta(hours=1)) == 0
    assert await objects.sweep_drafts(timedelta(seconds=-5)) == 2
    assert list(objects.drafts.iterdir()) == []


async def test_processes_of_one_machine_share_their_drafts_in_its_home(settings, tmp_path):
    urls = signed_urls(settings, b"s" * 32, SystemClock())
    one, other = (open_objects(settings, tmp_path, urls) for _ in range(2))
    (one.drafts / "begun").write_bytes(b"half")
    assert (other.drafts / "begun").read_bytes() == b"half"
    assert tmp_path in one.drafts.parents


async def test_who_fetches_is_told_of_all_bytes_that_came(objects, tmp_path):
    await objects.put(KEY, BIG, media_type="image/png")
    told = []
    await objects.fetch(KEY, tmp_path / "there", told=told.append)
    assert sum(told) == len(BIG)


def test_memory_and_buckets_are_remote(tmp_path):
    settings = StorageSettings(url="memory:///")
    made = open_objects(settings, tmp_path, signed_urls(settings, b"s" * 32, SystemClock()))
    assert isinstance(made, RemoteObjects)
