"""Bytes by signed URL: whole, in ranges, unchanged, and for nobody who changed the link."""

import pytest

from reelwright.engines.storage.objects import OpenRange
from reelwright.engines.storage.objects_disk import DiskObjects

pytestmark = pytest.mark.anyio

DATA = bytes(range(256)) * 40
KEY = "blobs/aa/film.mp4"


class Elsewhere(DiskObjects):
    """Objects that lie on no disk of this machine."""

    async def open_range(self, key, start=0, end=None):
        part = await super().open_range(key, start, end)
        return OpenRange(part.size, part.start, part.end, part.chunks, None)


@pytest.fixture(params=["here", "elsewhere"])
async def url(house, request):
    if request.param == "elsewhere":
        house.objects.__class__ = Elsewhere
    await house.objects.put(KEY, DATA, media_type="video/mp4")
    return await house.objects.url(KEY, media_type="video/mp4", name="My film é.mp4")


async def test_a_signed_url_gives_the_bytes_to_anyone(house, url):
    async with house.client(headers={}) as client:
        answer = await client.get(url)
        assert (answer.status_code, answer.content) == (200, DATA)
        head = await client.head(url)
    assert answer.headers["content-type"] == "video/mp4"
    assert (
        answer.headers["content-disposition"] == "inline; filename*=UTF-8''My%20film%20%C3%A9.mp4"
    )
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["accept-ranges"] == "bytes"
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(DATA))
    assert head.headers["etag"] == answer.headers["etag"]


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-299", 100, 300),
        ("bytes=10000-", 10000, None),
        ("bytes=-7", -7, None),
        ("bytes=10200-99999", 10200, None),
    ],
)
async def test_a_range_gives_that_part(house, url, asked, start, end):
    async with house.client(headers={}) as client:
        answer = await client.get(url, headers={"Range": asked})
    part = DATA[start:end]
    assert (answer.status_code, answer.content) == (206, part)
    begin = start if start >= 0 else len(DATA) + start
    expected = f"bytes {begin}-{begin + len(part) - 1}/{len(DATA)}"
    assert answer.headers["content-range"] == expected
    assert answer.headers["content-length"] == str(len(part))


async def test_a_range_behind_the_end_is_416(house, url):
    async with house.client(headers={}) as client:
        answer = await client.get(url, headers={"Range": "bytes=99999-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(DATA)}"


@pytest.mark.parametrize(
    ("asked", "part"),
    [("bytes=10000-{}", DATA[10000:]), ("bytes=-{}", DATA), ("bytes={}1-2", None)],
)
async def test_numbers_of_five_thousand_digits_are_numbers_behind_the_end(house, asked, part):
    house.objects.__class__ = Elsewhere
    await house.objects.put(KEY, DATA, media_type="video/mp4")
    url = await house.objects.url(KEY, media_type="video/mp4")
    async with house.client(headers={}) as client:
        answer = await client.get(url, headers={"Range": asked.format("9" * 5000)})
        zeros = await client.get(url, headers={"Range": f"bytes={'0' * 5000}7-8"})
    assert answer.status_code == (416 if part is None else 206)
    assert part is None or answer.content == part
    assert zeros.content == DATA[7:9]


async def test_a_range_of_another_version_gives_the_whole(house, url):
    async with house.client(headers={}) as client:
        tag = (await client.head(url)).headers["etag"]
        asked = {"Range": "bytes=0-9", "If-Range": tag}
        assert (await client.get(url, headers=asked)).status_code == 206
        asked = {"Range": "bytes=0-9", "If-Range": '"other"'}
        answer = await client.get(url, headers=asked)
        assert (answer.status_code, answer.content) == (200, DATA)


async def test_what_the_caller_has_is_not_sent_again(house, url):
    async with house.client(headers={}) as client:
        tag = (await client.head(url)).headers["etag"]
        answer = await client.get(url, headers={"If-None-Match": f'"x", {tag}'})
    assert (answer.status_code, answer.content) == (304, b"")


async def test_a_changed_link_opens_nothing(house, url):
    async with house.client(headers={}) as client:
        for wrong in (
            url.replace("film.mp4?", "film.mov?"),
            url.replace("video%2Fmp4", "text%2Fhtml"),
            url.split("?")[0],
            url[:-1] + ("A" if url[-1] != "A" else "B"),
        ):
            answer = await client.get(wrong)
            assert answer.status_code == 403
            assert answer.headers["content-type"] == "application/problem+json"


async def test_what_is_gone_is_missing(house, url):
    await house.objects.delete([KEY])
    async with house.client(headers={}) as client:
        assert (await client.get(url)).status_code == 404


async def test_what_a_browser_might_run_is_only_for_saving(house):
    await house.objects.put("blobs/x", b"<script>", media_type="text/html")
    signed = await house.objects.url("blobs/x", media_type="text/html", name="a.html")
    async with house.client(headers={}) as client:
        answer = await client.get(signed)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
