"""What every artist promises (a provider that is given the film itself), asked of each one that is installed."""

import asyncio
import hashlib
import pickle
import re
import subprocess
import sys
import wave
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from reelwright.film.timeline import Rate
from reelwright.providers.contract import Call, Request, State, Ticket
from reelwright.providers.drawings import (
    AmbienceRequest,
    MotionRequest,
    ScoreRequest,
    SoundCue,
    StillRequest,
)
from reelwright.providers.errors import UnknownTicketError, UnsupportedError
from reelwright.providers.loader import load_provider, model_for, provider_names
from reelwright.providers.operations import DRAWN, Operation
from reelwright.studio.direction import Director
from support.scripts import breakdown

FILM = breakdown(
    "EXT. HARBOUR - NIGHT", "", "MARA (30s) waits by the boats. A BELL RINGS.", "",
    "MARA", "(softly)", "Nobody is coming. I told you so.",
)  # fmt: skip
SCENE = FILM.scenes[0]
DIRECTOR = Director(FILM, 192, 128)
PICTURE = DIRECTOR.picture(SCENE, SCENE.shots[0])
SPEECH = next(speech for shot in SCENE.shots for speech in shot.dialogue)
MOTION = MotionRequest(PICTURE, 10, Rate(24000, 1001), handles=3, keys=(4,))
AMBIENCE = AmbienceRequest(PICTURE.place, 1.234567, (SoundCue("bell", 0.2),))
SCORE = ScoreRequest("tense", 2.345678, themes=("MARA",))
REQUESTS: dict[Operation, Request] = {
    Operation.STILL: StillRequest(PICTURE),
    Operation.MOTION: MOTION,
    Operation.VOICE: DIRECTOR.voice(SCENE, SPEECH),
    Operation.AMBIENCE: AMBIENCE,
    Operation.SCORE: SCORE,
}
MEDIA_TYPES = {
    Operation.STILL: "image/jpeg", Operation.MOTION: "video/mp4", Operation.VOICE: "audio/wav",
    Operation.AMBIENCE: "audio/wav", Operation.SCORE: "audio/wav",
}  # fmt: skip
OFFERS = [
    (name, operation)
    for name in provider_names()
    for operation in Operation
    if operation in DRAWN
    if any(model.operation is operation for model in load_provider(name).models())
]
ARTISTS = tuple(dict.fromkeys(name for name, _ in OFFERS))
every_offer = pytest.mark.parametrize(("name", "operation"), OFFERS)
every_artist = pytest.mark.parametrize("name", ARTISTS)


def _call(provider, request, folder, operation=None):
    return Call(model_for(provider, operation or request.operation), request, "sub_1", folder)


async def _make(provider, request, folder):
    ticket = (await provider.submit(_call(provider, request, folder))).ticket
    while (await provider.poll(ticket)).state is not State.DONE:  # noqa: ASYNC110 - the contract
        await asyncio.sleep(0.1)
    return ticket, (await provider.fetch(ticket, folder)).product


def make(name, request, folder):
    return asyncio.run(_make(load_provider(name), request, folder))[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Products by provider and operation, each made once."""
    products = {}

    def get(name, operation):
        if (name, operation) not in products:
            folder = tmp_path_factory.mktemp("made")
            products[name, operation] = make(name, REQUESTS[operation], folder)
        return products[name, operation]

    return get


def _sound(path):
    with wave.open(str(path)) as file:
        assert file.getframerate() == 48_000
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        assert np.abs(samples).max() > 100, "silence"
        return file.getnchannels(), file.getnframes()


@every_artist
def test_every_model_has_a_name_of_its_own_a_version_and_a_price(name):
    models = load_provider(name).models()
    assert len({model.id for model in models}) == len(models) > 0
    for model in models:
        assert model.version
        assert model.title
        assert all(part.amount >= 0 for part in model.price.parts)
        assert (
            not model.price.known or model.price.free or (model.price.as_of and model.price.source)
        )


def test_the_built_in_artist_is_free_and_does_everything():
    models = load_provider("sketch").models()
    assert {model.operation for model in models} == DRAWN
    assert all(model.price.free for model in models)


@every_offer
def test_a_product_is_a_new_file_in_the_folder_with_the_promised_type(name, operation, made):
    product = made(name, operation)
    assert product.path.is_file()
    assert product.media_type == MEDIA_TYPES[operation]
    assert list(product.path.parent.iterdir()) == [product.path]


@every_artist
def test_a_still_has_the_size_asked_for(name, made):
    with Image.open(made(name, Operation.STILL).path) as picture:
        assert (picture.format, picture.size) == ("JPEG", (192, 128))


@every_artist
def test_motion_has_the_frames_handles_and_keys_asked_for_and_no_sound(name, made):
    product = made(name, Operation.MOTION)
    with av.open(str(product.path)) as media:
        assert [stream.type for stream in media.streams] == ["video"]
        video = media.streams.video[0]
        assert (video.width, video.height) == (192, 128)
        assert video.average_rate == Fraction(24000, 1001)
        frames = list(media.decode(video))
    keys = [number for number, frame in enumerate(frames) if frame.key_frame]
    assert len(frames) == product.facts["frames"] == 16
    assert {0, 3, 7} <= set(keys)
    assert {(frame.colorspace, frame.color_range) for frame in frames} == {(1, 1)}


@every_artist
def test_a_voice_is_mono_with_its_length_its_words_and_its_mouths(name, made):
    product = made(name, Operation.VOICE)
    channels, samples = _sound(product.path)
    facts = product.facts
    assert channels == 1
    assert abs(samples / 48_000 - facts["seconds"]) < 1 / 48_000
    assert [word for _, word in facts["words"]] == re.findall(r"\w+", SPEECH.text)
    for times in ([at for at, _ in facts["words"]], [at for at, _ in facts["mouths"]]):
        assert times == sorted(times)
        assert 0 <= times[0] <= times[-1] <= facts["seconds"]


@pytest.mark.parametrize("request_", [AMBIENCE, SCORE], ids=["ambience", "score"])
@every_artist
def test_ambience_and_score_are_stereo_and_last_to_the_sample(name, request_, made):
    channels, samples = _sound(made(name, request_.operation).path)
    assert channels == 2
    assert samples == round(request_.seconds * 48_000)


@every_offer
def test_the_same_request_gives_the_same_bytes_in_another_process(name, operation, made, tmp_path):
    code = (
        "import asyncio, pickle, sys; from pathlib import Path\n"
        "from reelwright.providers.loader import load_provider\n"
        "name, call = pickle.load(sys.stdin.buffer)\n"
        "async def make(provider):\n"
        "    ticket = (await provider.submit(call)).ticket\n"
        "    while (await provider.poll(ticket)).state != 'done': await asyncio.sleep(0.1)\n"
        "    return (await provider.fetch(ticket, call.folder)).product.path\n"
        "print(asyncio.run(make(load_provider(name))))"
    )
    message = pickle.dumps((name, _call(load_provider(name), REQUESTS[operation], tmp_path)))
    run = subprocess.run(
        [sys.executable, "-c", code], input=message, capture_output=True, check=True
    )
    digests = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (Path(run.stdout.decode().strip()), made(name, operation).path)
    }
    assert len(digests) == 1


@every_offer
def test_a_finished_request_may_be_fetched_again(name, operation, tmp_path):
    async def twice():
        provider = load_provider(name)
        ticket, first = await _make(provider, REQUESTS[operation], tmp_path)
        content = first.path.read_bytes()
        return content, (await provider.fetch(ticket, tmp_path)).product.path.read_bytes()

    one, other = asyncio.run(twice())

    assert one == other


@every_offer
def test_a_model_refuses_what_another_is_for(name, operation, tmp_path):
    provider = load_provider(name)
    wrong = next(one for one in REQUESTS if one is not operation)
    with pytest.raises(UnsupportedError):
        asyncio.run(provider.submit(_call(provider, REQUESTS[wrong], tmp_path, operation)))


@pytest.mark.parametrize(
    "request_",
    [
        StillRequest(replace(PICTURE, width=193)),
        StillRequest(replace(PICTURE, height=0)),
        StillRequest(replace(PICTURE, width=1_000_000)),
        replace(MOTION, picture=replace(PICTURE, height=127)),
        replace(MOTION, frames=0),
        replace(MOTION, handles=-1),
        replace(AMBIENCE, seconds=0.0),
        replace(SCORE, seconds=-1.0),
        replace(SCORE, seconds=float("nan")),
    ],
    ids=lambda request: type(request).__name__,
)
@every_artist
def test_what_cannot_be_made_is_refused_before_any_work(name, request_, tmp_path):
    provider = load_provider(name)
    with pytest.raises(UnsupportedError):
        asyncio.run(provider.submit(_call(provider, request_, tmp_path)))


@every_artist
def test_an_unknown_ticket_is_told_by_its_type_and_may_be_cancelled(name, tmp_path):
    provider = load_provider(name)
    ticket = Ticket(name, model_for(provider, Operation.STILL).id, "0" * 64, Operation.STILL)
    with pytest.raises(UnknownTicketError):
        asyncio.run(provider.poll(ticket))
    with pytest.raises(UnknownTicketError):
        asyncio.run(provider.fetch(ticket, tmp_path))
    asyncio.run(provider.cancel(ticket))
    assert list(tmp_path.iterdir()) == []


@every_artist
def test_cancelling_is_harmless_before_and_after_and_twice(name, tmp_path):
    async def cancel():
        provider = load_provider(name)
        ticket, product = await _make(provider, REQUESTS[Operation.STILL], tmp_path)
        await provider.cancel(ticket)
        await provider.cancel(ticket)
        return product

    assert asyncio.run(cancel()).path.is_file()
