"""What servers like OpenAI's are asked, what becomes of their answers, and models that no row knows."""

import base64
import json
import wave
from dataclasses import replace

import pytest

from contract.vendors.compatible import CASE
from reelwright.engines.http.client import Answer, Http
from reelwright.providers import errors
from reelwright.providers.compatible.chat import ChatReader
from reelwright.providers.compatible.errors import error_of
from reelwright.providers.compatible.provider import Compatible
from reelwright.providers.compatible.speech import _decoded, body_of
from reelwright.providers.contract import Access, Call, Hosts, Probes
from reelwright.providers.events import Event
from reelwright.providers.prices import Unit
from reelwright.providers.prompts import Message, SpeechRequest, TextRequest
from support.texts import SCRIPT, Breakdown
from support.vendors import KEY, image_of, open_vendor

ROWS = {model.id: model for model in Compatible(Http()).models()}
OMNI = ROWS["compatible/qwen3.8-omni-flash"]
TALKING = ROWS["compatible/qwen3.5-omni-flash/speech"]

pytestmark = pytest.mark.anyio


async def ask(model, request, folder, spoil=None, key=KEY):
    """The outcome, and what was asked."""
    async with open_vendor(CASE) as (provider, fake, access):
        if spoil:
            spoil(fake)
        call = Call(model, request, "sub_1", folder, replace(access, key=key))
        receipt = await provider.submit(call)
        assert receipt.outcome is not None
        assert fake.charges[0].key == key
        return receipt.outcome, fake.works[fake.charges[0].remote_id].asked


async def test_a_model_that_no_row_knows_is_asked_by_the_name_its_account_gives(tmp_path):
    provider = Compatible(Http())
    assert isinstance(provider, Hosts)
    access = Access(more={"models": "qwen3:32b, meta-llama/Llama-4-Scout\nqwen3:32b"})
    small, large = provider.own_models(access)
    assert (small.id, small.endpoint) == ("compatible/qwen3:32b", "qwen3:32b")
    assert (large.id, large.provider) == ("compatible/meta-llama/Llama-4-Scout", "compatible")
    assert not small.price.known
    outcome, asked = await ask(small, SCRIPT, tmp_path, key="")  # a server of one's own has no key
    assert (asked["model"], asked["max_tokens"]) == ("qwen3:32b", 8192)
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert Breakdown.model_validate_json(outcome.product.path.read_bytes())
    assert outcome.used[Unit.OUTPUT_TOKEN] == 30


async def test_a_key_is_sent_nowhere_when_nobody_said_where(tmp_path):
    provider = Compatible(Http())
    access = Access(KEY, more={"models": "qwen3:32b"})
    call = Call(provider.own_models(access)[0], SCRIPT, "sub_1", tmp_path, access)
    with pytest.raises(errors.UnsupportedError) as caught:
        await provider.submit(call)
    assert caught.value.field == "base_url"
    ours = provider.letter(replace(call, model=OMNI), SCRIPT)
    assert ours.url.startswith("https://dashscope-intl")


async def test_json_that_does_not_fit_comes_back_with_the_error_and_is_not_asked_for_again(
    tmp_path,
):
    fakes = []

    def spoil(fake):
        fake.ignores_schema = True
        fakes.append(fake)

    with pytest.raises(errors.MisshapenError, match="it is no JSON") as caught:
        await ask(OMNI, SCRIPT, tmp_path, spoil)
    assert caught.value.text.startswith("Mara shuts the café")
    assert caught.value.used[Unit.INPUT_TOKEN] == 120
    assert len(fakes[0].charges) == 1
    assert not list(tmp_path.iterdir())


async def test_pictures_are_seen_with_the_words(tmp_path):
    seen = TextRequest((Message("user", "Who is this?", (image_of(tmp_path),)),))
    _, asked = await ask(OMNI, seen, tmp_path)
    assert asked["messages"][0]["content"][0]["image_url"]["url"].startswith("data:image/png;")
    assert (asked["modalities"], asked["stream"]) == (["text"], True)


async def test_bare_samples_become_a_file_of_sound_and_what_was_said_is_kept(tmp_path):
    outcome, asked = await ask(TALKING, SpeechRequest("Come in."), tmp_path)
    assert asked["audio"] == {"voice": "Tina", "format": "wav"}
    assert [turn["role"] for turn in asked["messages"]] == ["user"]
    with wave.open(str(outcome.product.path), "rb") as sound:
        assert (sound.getframerate(), sound.getnframes()) == (24_000, 12_000)
    assert outcome.product.facts["transcript"]


def test_a_voice_and_directions_are_asked_for(tmp_path):
    request = SpeechRequest("Come in.", voice="Ethan", directions="softly")
    body = body_of(Call(TALKING, request, "sub_1", tmp_path), request)
    assert body["audio"]["voice"] == "Ethan"
    assert "softly" in body["messages"][0]["content"]
    assert TALKING.defaults["audio"]["voice"] == "Tina"


def chunk(**delta):
    return Event("message", json.dumps({"id": "c", "choices": [{"delta": delta}]}))


def test_sound_is_heard_whether_each_piece_is_padded_or_only_the_last():
    samples = bytes(range(100))
    whole = base64.b64encode(samples).decode()
    padded = [base64.b64encode(samples[at : at + 10]).decode() for at in range(0, 100, 10)]
    for pieces in ([whole], [whole[:33], whole[33:]], padded):
        reader = ChatReader()
        said = [reader.read(chunk(audio={"data": one, "transcript": "a"})) for one in pieces]
        assert _decoded(reader.sound) == samples
        assert "".join(said) == "a" * len(pieces)


def test_trouble_in_the_midst_is_told_also_when_it_is_words_alone():
    for error in ({"message": "boom", "code": 500}, "boom"):
        with pytest.raises(errors.ProviderError, match="boom"):
            ChatReader().read(Event("message", json.dumps({"error": error})))
    unfit = {"error": {"code": "data_inspection_failed", "message": "m"}}
    with pytest.raises(errors.RefusedError) as caught:
        ChatReader().read(Event("message", json.dumps(unfit)))
    assert caught.value.stage == "output"


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (400, {"code": "Arrearage"}, errors.OutOfCreditsError),
        (429, {"code": "insufficient_quota"}, errors.OutOfCreditsError),
        (429, {"code": "Throttling.AllocationQuota"}, errors.RateLimitedError),
        (400, {"code": "data_inspection_failed"}, errors.RefusedError),
        (400, {"code": "DataInspectionFailed"}, errors.RefusedError),
        (403, {"code": "access_denied"}, errors.BadKeyError),
        (404, {"type": "not_found_error", "code": None}, errors.ModelGoneError),  # Ollama
        (503, {"code": 503, "type": "unavailable_error"}, errors.UnavailableError),  # llama.cpp
        (400, {"code": 400, "type": "BadRequestError"}, errors.BadInputError),  # vLLM
    ],
)
def test_codes_of_many_servers_are_our_errors(status, error, kind):
    answer = Answer(status, "http://v/x", {}, json.dumps({"error": error}).encode())
    assert type(error_of(answer)) is kind


async def test_a_server_without_a_list_of_models_cannot_tell_whether_a_key_is_good():
    async with open_vendor(CASE) as (provider, _, access):
        assert isinstance(provider, Probes)
        nowhere = replace(access, base_url=access.base_url.replace("/v1", "/v2"))
        assert "not known" in (await provider.probe(nowhere)).note
