"""fal's own client takes our fake for fal."""

import fal_client
import fal_client.client as wire
import pytest

from reelwright.testing.fakes.fal import FakeFal
from reelwright.testing.fakes.moods import Mood

PROMPT = {"prompt": "a pier in the fog", "image_size": {"width": 64, "height": 36}}
THROUGH = {"interval": 0.01}


@pytest.fixture
def fal(monkeypatch):
    """The fake, served, with the client's hosts pointed at it and its pauses cut short."""
    fake = FakeFal(work_s=0.02, hang_s=1.0)
    with fake.served() as url:
        for host in ("QUEUE_URL_FORMAT", "RUN_URL_FORMAT"):
            monkeypatch.setattr(wire, host, f"{url}/")
        for host in ("REST_URL", "CDN_URL"):
            monkeypatch.setattr(wire, host, url)
        monkeypatch.setattr(wire, "BASE_DELAY", 0.001)
        yield fake


@pytest.fixture
def client(fal):
    """The official client, with a short patience."""
    with_key = fal_client.SyncClient(key="id:secret", default_timeout=0.3)
    yield with_key
    with_key._client.close()


def posts(fake):
    return sum(method == "POST" for method, _ in fake.requests)


@pytest.mark.parametrize(
    ("endpoint", "asked", "made"),
    [
        ("fal-ai/flux/dev", PROMPT, lambda told: told["images"][0]),
        ("fal-ai/veo3.1/image-to-video", {"prompt": "x", "duration": "4s"}, lambda t: t["video"]),
        ("fal-ai/elevenlabs/music", {"prompt": "x", "music_length_ms": 3000}, lambda t: t["audio"]),
        ("fal-ai/hunyuan_world/image-to-world", {"classes": "outdoor"}, lambda t: t["world_file"]),
        (
            "fal-ai/flux-lora-fast-training",
            {"trigger_word": "zoe"},
            lambda t: t["diffusers_lora_file"],
        ),
    ],
)
def test_a_call_is_made_from_beginning_to_end(client, fal, endpoint, asked, made):
    seen = []
    told = client.subscribe(endpoint, asked, on_queue_update=seen.append, **THROUGH)
    file = made(told)
    assert file["url"].startswith(fal.url)
    assert file["file_size"] == len(fal.stored[file["url"].removeprefix(f"{fal.url}/files/")][0])
    assert isinstance(seen[-1], fal_client.Completed)
    assert len(fal.charges) == 1


# The client leaves the connection of an upload open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_files_are_uploaded_by_both_of_its_ways(client, fal):
    ways = [
        client.upload(b"a picture", "image/png", file_name="one.png", repository=way)
        for way in ("fal_v3", "fal")
    ]
    assert [fal.stored[url.removeprefix(f"{fal.url}/files/")][0] for url in ways] == [
        b"a picture",
        b"a picture",
    ]


def test_a_request_is_cancelled_while_it_waits_and_no_longer_when_it_is_done(client, fal):
    fal.work_s = 30
    handle = client.submit("fal-ai/flux/dev", PROMPT)
    assert isinstance(handle.status(with_logs=True), fal_client.InProgress)
    handle.cancel()
    status = handle.status()
    assert (status.error_type, type(status)) == ("client_cancelled", fal_client.Completed)
    with pytest.raises(wire.FalClientHTTPError) as caught:
        handle.cancel()
    assert caught.value.status_code == 400


@pytest.mark.parametrize(
    ("mood", "status", "kind"),
    [
        (Mood.NO_CREDITS, 403, None),
        (Mood.BAD_KEY, 401, None),
        (Mood.MODEL_GONE, 404, None),
        (Mood.REFUSE, 422, "content_policy_violation"),
        (Mood.BAD_INPUT, 422, "less_than_equal"),
        (Mood.FAIL_LATER, 500, "runner_server_error"),
    ],
)
def test_errors_are_typed_as_the_client_types_them(client, fal, mood, status, kind):
    fal.moods.next.append(mood)
    with pytest.raises(wire.FalClientHTTPError) as caught:
        client.subscribe("fal-ai/flux/dev", PROMPT, **THROUGH)
    error = caught.value
    # The client leaves the type of a model's own error where it stands.
    told = error.error_type or (isinstance(error.message, list) and error.message[0]["type"])
    assert (error.status_code, told or None) == (status, kind)
    assert fal.charges == [] or mood is Mood.FAIL_LATER


@pytest.mark.parametrize(
    ("mood", "billed"),
    [(Mood.LOSE_REPLY, 4), (Mood.DROP, 1), (Mood.HANG, 4), (Mood.BUSY, 1), (Mood.RATE_LIMIT, 1)],
)
def test_the_client_posts_again_what_may_have_been_billed(client, fal, mood, billed):
    """Why the product does not use it: of one submit, fal sees four."""
    fal.moods.next.extend([mood] * 3)
    client.submit("fal-ai/flux/dev", PROMPT)
    assert posts(fal) == 4
    assert len(fal.charges) == billed
