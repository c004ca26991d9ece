"""The fake against PixVerse's own pages: their requests, as written there, get the answers written there.

PixVerse ships no SDK that could be the referee; these documented pairs are, sent without our client.
"""

import http.client
import json
import time
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from reelwright.testing.fakes.media import clip, picture
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.pixverse import FakePixVerse

SIGNED = {"API-KEY": "your-api-key"}


@pytest.fixture
def service():
    fake = FakePixVerse(work_s=0.0)
    with fake.served() as url:
        yield fake, url


def ask(url, method, path, body=None, headers=SIGNED, trace=None):
    """One request as curl would send it: the status and what came."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    try:
        sent = {"Ai-trace-id": trace or str(uuid4())} | headers
        content = body
        if isinstance(body, dict):
            content = json.dumps(body)
            sent |= {"Content-Type": "application/json"}
        connection.request(method, path, content, sent)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def upload(url, path, field, name, media_type, content):
    """A form with one file, byte by byte."""
    head = (
        f'--edge\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        f"Content-Type: {media_type}\r\n\r\n"
    )
    body = head.encode() + content + b"\r\n--edge--\r\n"
    headers = SIGNED | {"Content-Type": "multipart/form-data; boundary=edge"}
    return ask(url, "POST", path, body, headers)


TEXT = {"aspect_ratio": "16:9", "duration": 5, "model": "v6", "prompt": "fog", "quality": "540p", "seed": 0}  # fmt: skip


def test_words_become_a_shot(service):
    _, url = service
    status, made = ask(url, "POST", "/openapi/v2/video/text/generate", TEXT)
    assert (status, made["ErrCode"], made["Resp"].keys()) == (200, 0, {"video_id"})
    video_id = made["Resp"]["video_id"]
    status, result = ask(url, "GET", f"/openapi/v2/video/result/{video_id}")
    assert status == 200
    assert result["Resp"].keys() == {
        "create_time", "id", "modify_time", "negative_prompt", "outputHeight", "outputWidth",
        "prompt", "resolution_ratio", "seed", "size", "status", "style", "url",
    }  # fmt: skip
    assert (result["Resp"]["id"], result["Resp"]["status"]) == (video_id, 1)


def test_pictures_are_handed_over_and_become_shots(service):
    fake, url = service
    status, given = upload(
        url, "/openapi/v2/image/upload", "image", "a.png", "image/png", picture()
    )
    assert (status, given["ErrCode"], given["Resp"].keys()) == (200, 0, {"img_id", "img_url"})
    number = given["Resp"]["img_id"]
    assert fake.files[number] == picture()
    shot = {"duration": 5, "model": "v6", "prompt": "fog", "quality": "540p", "seed": 0}
    for kind, ids in {
        "img": {"img_id": number},
        "transition": {"first_frame_img": number, "last_frame_img": number},
    }.items():
        _, made = ask(url, "POST", f"/openapi/v2/video/{kind}/generate", shot | ids)
        assert made["ErrMsg"] == "success"
    _, refused = ask(url, "POST", "/openapi/v2/video/img/generate", shot | {"img_id": 1})
    assert refused["ErrCode"] == 400017


def test_a_shot_is_handed_over_and_goes_on(service):
    _, url = service
    _, given = upload(url, "/openapi/v2/media/upload", "file", "a.mp4", "video/mp4", clip(1.0))
    assert given["Resp"].keys() == {"media_id", "media_type", "url"}
    assert given["Resp"]["media_type"] == "video"
    more = {
        "video_media_id": given["Resp"]["media_id"],
        "prompt": "across the universe",
        "seed": 123123,
        "quality": "540p",
        "duration": 5,
        "model": "v6",
    }
    _, made = ask(url, "POST", "/openapi/v2/video/extend/generate", more)
    assert made["ErrCode"] == 0
    del more["seed"]
    _, refused = ask(url, "POST", "/openapi/v2/video/extend/generate", more)
    assert refused["ErrCode"] == 400017


def test_one_trace_id_is_one_shot(service):
    fake, url = service
    trace = str(uuid4())
    first = ask(url, "POST", "/openapi/v2/video/text/generate", TEXT, trace=trace)
    assert ask(url, "POST", "/openapi/v2/video/text/generate", TEXT, trace=trace) == first
    assert len(fake.charges) == 1


def test_the_balance_is_that_of_the_month_and_what_was_bought(service):
    _, url = service
    status, balance = ask(url, "GET", "/openapi/v2/account/balance")
    assert status == 200
    assert balance["Resp"].keys() == {"account_id", "credit_monthly", "credit_package"}


def test_troubles_come_with_status_200_and_a_code(service):
    fake, url = service
    fake.keys = {"another"}
    assert ask(url, "GET", "/openapi/v2/account/balance")[0] == 200
    assert ask(url, "GET", "/openapi/v2/account/balance")[1]["ErrCode"] == 400012
    fake.keys = set()
    for mood, code in ((Mood.NO_CREDITS, 500090), (Mood.RATE_LIMIT, 500044)):
        fake.moods.next.append(mood)
        status, refused = ask(url, "POST", "/openapi/v2/video/text/generate", TEXT)
        assert (status, refused["ErrCode"]) == (200, code)
    wrong = TEXT | {"duration": "5"}
    assert ask(url, "POST", "/openapi/v2/video/text/generate", wrong)[1]["ErrCode"] == 400013


def test_an_unfit_picture_comes_with_status_500_in_small_letters(service):
    fake, url = service
    fake.strict_pictures = True
    status, refused = upload(
        url, "/openapi/v2/image/upload", "image", "a.png", "image/png", picture()
    )
    assert (status, refused["err_code"]) == (500, 500052)


def test_a_shot_that_is_being_made_has_no_address_yet(service):
    fake, url = service
    fake.work_s = 60.0
    _, made = ask(url, "POST", "/openapi/v2/video/text/generate", TEXT)
    work = fake.works[str(made["Resp"]["video_id"])]
    path = f"/openapi/v2/video/result/{work.remote_id}"
    assert ask(url, "GET", path)[1]["Resp"]["status"] == 5
    work.done_at = time.monotonic()
    for mood, status in ((Mood.REFUSE_LATER, 7), (Mood.FAIL_LATER, 8), (Mood.WORK, 1)):
        work.mood = mood
        assert ask(url, "GET", path)[1]["Resp"]["status"] == status
