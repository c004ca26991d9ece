"""Models of this machine, for true: tiny pipelines of random numbers, loaded from folders as anybody's are."""

import io
import os
import signal
import subprocess
import sys
from dataclasses import replace

import anyio
import av
import pytest
from PIL import Image

from reelwright.engines.http.client import Http
from reelwright.providers.contract import Access, Call, State
from reelwright.providers.errors import BadInputError, UnavailableError, UnsupportedError
from reelwright.providers.local.errors import StoppedError
from reelwright.providers.local.provider import Local
from reelwright.providers.prompts import ImageRequest, Lora, LoraRequest, VideoRequest
from support import tiny_pipelines
from support.vendors import finished, image_of, settled

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
_WITHIN_S = 240.0  # importing torch takes its time on a small machine
PIER = ImageRequest("a pier in the fog", width=64, height=64, seed=7)


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """Where the tiny pipelines lie."""
    folder = tmp_path_factory.mktemp("models")
    subprocess.run([sys.executable, tiny_pipelines.__file__, folder], check=True)
    return folder


@pytest.fixture(scope="module")
def provider():
    """One for all: its helper process loads torch once."""
    local = Local(Http())
    yield local
    local.close()


@pytest.fixture
def access(models):
    return Access(
        more={
            "text-to-image": str(models / "tiny-sd"),
            "image-to-video": str(models / "tiny-svd"),
            "steps": "3",
            "size": "64",
            "device": "cpu",
        }
    )


def call_of(provider, operation, request, folder, access, reference="sub_1"):
    model = next(one for one in provider.models() if one.endpoint == operation)
    folder.mkdir(exist_ok=True)
    return Call(model, request, reference, folder, access)


async def made(provider, call):
    return (await finished(provider, call, within_s=_WITHIN_S))[1]


async def test_pictures_come_from_words_and_the_same_seed_gives_the_same(
    provider, access, tmp_path
):
    ask = call_of(provider, "text-to-image", replace(PIER, count=2), tmp_path / "one", access)
    outcome = await made(provider, ask)
    first, second = (one.path.read_bytes() for one in outcome.products)
    assert Image.open(io.BytesIO(first)).size == (64, 64)
    assert first != second
    assert [one.facts["seed"] for one in outcome.products] == [7, 8]
    again = call_of(provider, "text-to-image", PIER, tmp_path / "two", access, "sub_2")
    assert (await made(provider, again)).product.path.read_bytes() == first
    other = replace(again, request=replace(PIER, seed=9), reference="sub_3")
    assert (await made(provider, other)).product.path.read_bytes() != first


async def test_the_same_call_is_the_same_work_and_is_fetched_as_often_as_one_likes(
    provider, access, tmp_path
):
    ask = call_of(
        provider, "text-to-image", replace(PIER, seed=None), tmp_path / "a", access, "sub_k"
    )
    ticket, first = await finished(provider, ask, within_s=_WITHIN_S)
    again = await provider.submit(ask)
    assert again.ticket == ticket
    (tmp_path / "b").mkdir()
    second = await provider.fetch(ticket, tmp_path / "b")
    assert second.product.path.read_bytes() == first.product.path.read_bytes()
    await provider.cancel(ticket)
    assert (await provider.poll(ticket)).state is State.DONE


async def test_a_picture_is_made_after_a_picture(provider, access, tmp_path):
    request = replace(PIER, references=(image_of(tmp_path),))
    ask = call_of(provider, "image-to-image", request, tmp_path / "made", access, "sub_i")
    product = (await made(provider, ask)).product
    assert Image.open(io.BytesIO(product.path.read_bytes())).size == (64, 64)


async def test_a_shot_moves_from_its_picture_for_as_long_as_was_asked(provider, access, tmp_path):
    request = VideoRequest("the fog drifts", 1.0, first=image_of(tmp_path), seed=1)
    ask = call_of(provider, "image-to-video", request, tmp_path / "made", access, "sub_v")
    product = (await made(provider, ask)).product
    with av.open(str(product.path), "r") as clip:
        assert len(list(clip.decode(video=0))) == product.facts["frames"] == 7
        assert clip.streams.video[0].codec_context.name == "h264"
    assert product.facts["seconds"] == 1.0


async def test_weights_are_trained_and_change_the_picture_by_as_much_as_is_wished(
    provider, access, tmp_path
):
    more = replace(access, more=dict(access.more) | {"rate": "0.1"})
    request = LoraRequest((image_of(tmp_path), image_of(tmp_path, 1)), "mara", steps=6)
    ask = call_of(provider, "train-lora", request, tmp_path / "weights", more, "sub_t")
    weights = (await made(provider, ask)).product
    assert weights.path.suffix == ".safetensors"
    assert weights.facts["loss"] > 0

    async def drawn(reference, *loras):
        asked = replace(PIER, loras=loras)
        one = call_of(
            provider, "text-to-image", asked, tmp_path / reference, access, f"sub{reference}"
        )
        return (await made(provider, one)).product.path.read_bytes()

    plain = await drawn("plain")
    trained = await drawn("trained", Lora(weights.facts["url"], 1.0))
    assert trained != plain
    assert await drawn("after") == plain, "the weights must not stay"
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "mara.safetensors").write_bytes(weights.path.read_bytes())
    shelved = replace(access, more=dict(access.more) | {"loras": str(shelf)})
    named = call_of(
        provider,
        "text-to-image",
        replace(PIER, loras=(Lora("mara.safetensors"),)),
        tmp_path / "named",
        shelved,
        "sub_n",
    )
    assert (await made(provider, named)).product.path.read_bytes() == trained


async def test_weights_outside_the_accounts_folder_are_not_read(provider, access, tmp_path):
    (tmp_path / "shelf").mkdir()
    (tmp_path / "secret.safetensors").write_bytes(b"0")
    shelved = replace(access, more=dict(access.more) | {"loras": str(tmp_path / "shelf")})
    for number, url in enumerate(("../secret.safetensors", str(tmp_path / "secret.safetensors"))):
        request = replace(PIER, loras=(Lora(url),))
        ask = call_of(provider, "text-to-image", request, tmp_path / "x", shelved, f"sub_o{number}")
        with pytest.raises(UnsupportedError, match="outside"):
            await provider.submit(ask)


async def test_progress_is_told_and_a_cancel_stops_it_between_two_steps(provider, access, tmp_path):
    slow = replace(access, more=dict(access.more) | {"steps": "200"})
    request = replace(PIER, width=512, height=512, count=8)
    ask = call_of(provider, "text-to-image", request, tmp_path / "slow", slow, "sub_c")
    ticket = (await provider.submit(ask)).ticket
    with anyio.fail_after(_WITHIN_S):
        while not 0 < ((await provider.poll(ticket)).fraction or 0.0) < 1:  # noqa: ASYNC110
            await anyio.sleep(0.02)
    await provider.cancel(ticket)
    status = await settled(provider, ticket, slow, within_s=_WITHIN_S)
    assert (status.state, type(status.error)) == (State.FAILED, StoppedError)


async def test_what_a_killed_process_left_is_made_by_the_next_who_looks(access, tmp_path):
    first, second = Local(Http()), Local(Http())
    try:
        ask = call_of(first, "text-to-image", PIER, tmp_path / "left", access, "sub_l")
        ticket = (await first.submit(ask)).ticket
        with anyio.fail_after(_WITHIN_S):
            while first._bench._child._process is None:  # noqa: ASYNC110
                await anyio.sleep(0.01)
        # As a machine that runs out of memory does: the helper is gone in the middle.
        os.kill(first._bench._child._process.pid, signal.SIGKILL)
        status = await settled(first, ticket, access, within_s=_WITHIN_S)
        assert (status.state, type(status.error)) == (State.FAILED, UnavailableError)
        again = call_of(second, "text-to-image", PIER, tmp_path / "left", access, "sub_m")
        assert (await made(second, again)).products
    finally:
        first.close()
        second.close()


async def test_what_is_no_pipeline_is_refused_with_a_way_out(provider, access, models, tmp_path):
    wrong = replace(access, more=dict(access.more) | {"image-to-video": str(models / "tiny-sd")})
    request = VideoRequest("the fog drifts", 1.0, first=image_of(tmp_path))
    ask = call_of(provider, "image-to-video", request, tmp_path / "w", wrong, "sub_w")
    ticket = (await provider.submit(ask)).ticket
    error = (await settled(provider, ticket, wrong, within_s=_WITHIN_S)).error
    assert isinstance(error, UnsupportedError)
    assert not isinstance(error, BadInputError)
    assert error.way_out


def test_asking_leaves_the_loop_free_and_imports_no_torch_here(provider):
    assert "torch" not in sys.modules
    assert provider.lacks() is None
