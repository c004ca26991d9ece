"""What Google answers becomes files, or a failure that says whether it was paid."""

import base64
import io
import json
import wave
from decimal import Decimal

import pytest
from starlette.responses import Response
from starlette.routing import Route

from reelwright.engines.http.client import Http
from reelwright.providers.contract import Access, State, Ticket
from reelwright.providers.errors import (
    MisshapenError,
    ProviderError,
    RefusedError,
    UnavailableError,
    UnknownOutcomeError,
    UnknownTicketError,
)
from reelwright.providers.events import Event
from reelwright.providers.google.answers import Answers, files_of
from reelwright.providers.google.provider import Google
from reelwright.providers.google.shapes import Generated
from reelwright.providers.operations import Operation
from reelwright.providers.prices import Unit
from reelwright.providers.prompts import (
    ImageRequest,
    Message,
    MusicRequest,
    SpeechRequest,
    TextRequest,
    VideoRequest,
)
from reelwright.testing.fakes.google import FakeGoogle
from reelwright.testing.fakes.google_troubles import fault
from reelwright.testing.fakes.moods import Mood
from support.vendors import LOOPBACK, VendorCase, finished, open_vendor, settled

pytestmark = pytest.mark.anyio
SHOT = ("gemini-omni-1.1-flash/text-to-video", VideoRequest("a pier", 4))
SPEECH = ("gemini-3.8-flash-tts", SpeechRequest("Nobody gets on."))
PICTURE = ("gemini-3.1-flash-image/text-to-image", ImageRequest("a pier"))
WORDS = TextRequest((Message("user", "Tell it."),))


def _generated(*parts, end="STOP"):
    candidate = {"content": {"parts": list(parts)}, "finishReason": end}
    return Generated.model_validate({"candidates": [candidate]})


def _inline(content, media_type):
    return {"inlineData": {"mimeType": media_type, "data": base64.b64encode(content).decode()}}


def _event(**told):
    return Event("message", json.dumps(told))


async def test_bare_samples_become_a_sound_that_opens(call):
    samples = b"\x01\x02" * 12_000
    answer = _generated(_inline(samples, "audio/L16;codec=pcm;rate=12000"))
    product = files_of(call(*SPEECH), answer).product
    assert product.media_type == "audio/wav"
    assert product.facts == {"seconds": 1.0}
    with wave.open(io.BytesIO(product.path.read_bytes())) as sound:
        assert (sound.getframerate(), sound.readframes(9999999)) == (12_000, samples)


async def test_a_picture_says_its_size_and_what_was_used(desk):
    receipt = await desk.google.submit(desk.call(*PICTURE))
    assert receipt.outcome is not None
    assert receipt.outcome.product.facts == {"width": 320, "height": 180}
    assert receipt.outcome.used == {
        Unit.IMAGE: Decimal(1),
        Unit.INPUT_TOKEN: Decimal(10),
        Unit.OUTPUT_TOKEN: Decimal(25),
    }


async def test_thoughts_are_not_what_was_asked_for(call):
    thought = {"thought": True} | _inline(b"no picture", "image/png")
    with pytest.raises(ProviderError, match="made nothing"):
        files_of(call(*PICTURE), _generated(thought))
    reader = Answers()
    said = {"candidates": [{"content": {"parts": [{"text": "hm", "thought": True}]}}]}
    assert not reader.read(_event(**said))


@pytest.mark.parametrize("blob", [_inline(b"x", "image/png"), _inline(b"x", "audio/wav")])
async def test_a_file_that_is_none_is_a_failure(call, blob):
    with pytest.raises(ProviderError, match="that is none"):
        files_of(call(*PICTURE), _generated(blob))


async def test_a_model_that_declines_is_quoted(call):
    with pytest.raises(ProviderError, match="I cannot draw that"):
        files_of(call(*PICTURE), _generated({"text": "I cannot draw that."}))


async def test_an_answer_that_ended_well_and_is_empty_is_not_to_be_asked_again(call):
    with pytest.raises(ProviderError) as caught:
        files_of(call(*PICTURE), _generated())
    assert not isinstance(caught.value, UnavailableError)
    assert "paid again" in str(caught.value)


def test_a_text_that_was_cut_says_so_and_is_not_gone_on_with():
    reader = Answers()
    for end in ("MAX_TOKENS", "CONTINUATION"):
        reader.read(_event(candidates=[{"content": {"parts": []}, "finishReason": end}]))
        assert (reader.ended, reader.cut) == (True, True)


def test_trouble_in_the_midst_of_a_stream_is_told_by_its_status():
    reader = Answers()
    fault = {"code": 503, "status": "UNAVAILABLE", "message": "overloaded"}
    with pytest.raises(UnavailableError):
        reader.read(_event(error=fault))
    with pytest.raises(UnknownOutcomeError):
        reader.read(Event("message", "no json"))


async def test_a_text_that_does_not_fit_its_schema_is_misshapen(desk):
    schema = {"type": "object", "properties": {"title": {"type": "null"}}, "required": ["title"]}
    request = TextRequest(WORDS.messages, schema=schema)
    with pytest.raises(MisshapenError) as caught:
        await desk.google.submit(desk.call("gemini-3.8-flash", request))
    assert caught.value.used[Unit.OUTPUT_TOKEN] == 25
    assert len(desk.fake.charges) == 1


async def test_a_withheld_text_may_be_billed_all_the_same(desk):
    desk.fake.moods.next.append(Mood.REFUSE_LATER)
    with pytest.raises(RefusedError) as caught:
        await desk.google.submit(desk.call("gemini-3.8-flash", WORDS))
    assert caught.value.paid


async def test_a_song_is_fetched_again_by_its_number(desk):
    receipt = await desk.google.submit(desk.call("lyria-3-clip", MusicRequest("a waltz", 30)))
    assert receipt.outcome is not None
    first = receipt.outcome.product.path.read_bytes()
    again = await desk.google.fetch(receipt.ticket, desk.folder, desk.access)
    assert again.product.path.read_bytes() == first
    assert again.product.media_type == "audio/mpeg"
    assert again.used[Unit.CALL] == 1


async def test_what_was_answered_at_once_cannot_be_asked_for_again(desk):
    receipt = await desk.google.submit(desk.call(*PICTURE))
    with pytest.raises(UnknownTicketError):
        await desk.google.poll(receipt.ticket, desk.access)


class _Completes(FakeGoogle):
    """Completes each interaction with what is in `content`, and shows it with `status`."""

    content: tuple[dict[str, str], ...] = ()
    status = "completed"

    def _told(self, work):
        step = {"type": "model_output", "content": list(self.content)}
        return {"id": work.remote_id, "status": self.status, "steps": [step]}


class TestInteractions:
    """Of interactions that ended in ways of their own."""

    @pytest.fixture
    def fake(self):
        return _Completes(work_s=0)

    @pytest.mark.parametrize("content", [(), ({"type": "text", "text": "I cannot."},)])
    async def test_one_that_completed_without_a_shot_has_failed_for_good(self, desk, content):
        desk.fake.content = content
        with pytest.raises(ProviderError, match="made nothing") as caught:
            await desk.google.submit(desk.call(*SHOT))
        assert type(caught.value) is ProviderError
        assert len(desk.fake.charges) == 1

    @pytest.mark.parametrize(
        "status",
        ["cancelled", "incomplete", "budget_exceeded", "requires_action", "requires_continuation"],
    )
    async def test_one_that_ended_otherwise_has_failed(self, desk, status):
        desk.fake.status = "in_progress"
        receipt = await desk.google.submit(desk.call(*SHOT))
        desk.fake.status = status
        ended = await settled(desk.google, receipt.ticket, desk.access)
        assert status in str(ended.error)
        with pytest.raises(ProviderError):
            await desk.google.fetch(receipt.ticket, desk.folder, desk.access)

    @pytest.mark.parametrize(
        ("status", "state"),
        [("queued", State.WAITING), ("in_progress", State.RUNNING), ("dreaming", State.RUNNING)],
    )
    async def test_one_that_has_not_ended_is_waited_for(self, desk, status, state):
        desk.fake.status = status
        receipt = await desk.google.submit(desk.call(*SHOT))
        assert (await desk.google.poll(receipt.ticket, desk.access)).state is state

    async def test_the_key_is_told_to_nobody_else_when_a_shot_lies_elsewhere(self, desk):
        given = []

        class Elsewhere(FakeGoogle):
            def routes(self):
                return [Route("/shot", self.show)]

            async def show(self, request):
                given.append(request.headers.get("x-goog-api-key"))
                return Response(b"a shot", media_type="video/mp4")

        with Elsewhere().served() as url:
            desk.fake.content = ({"type": "video", "uri": f"{url}/shot"},)
            _, outcome = await finished(desk.google, desk.call(*SHOT))
        assert outcome.product.path.read_bytes() == b"a shot"
        assert given == [None]

    async def test_a_shot_that_cannot_be_had_now_was_asked_for_all_the_same(self, desk):
        desk.fake.content = ({"type": "video", "uri": "http://127.0.0.1:9/shot"},)
        receipt = await desk.google.submit(desk.call(*SHOT))
        with pytest.raises(UnavailableError):
            await desk.google.fetch(receipt.ticket, desk.folder, desk.access)
        assert (await desk.google.poll(receipt.ticket, desk.access)).state is State.DONE
        assert len(desk.fake.charges) == 1


class _CannotShow(FakeGoogle):
    """Answers for ever as Google does of some finished interactions."""

    async def _interaction(self, request):
        return fault(400, "INVALID_ARGUMENT", "Unsupported file uri: blobstore:///x")


async def test_an_interaction_that_cannot_be_shown_has_failed(tmp_path):
    case = VendorCase(Google, _CannotShow, {}, access=lambda url: Access("key", url))
    async with open_vendor(case) as (google, _, access):
        ticket = Ticket("google", "google/x", "int-1", Operation.TEXT_TO_VIDEO)
        status = await google.poll(ticket, access)
    assert status.state is State.FAILED
    assert type(status.error) is ProviderError


async def test_a_shot_of_veos_may_be_larger_than_answers_are_allowed(desk):
    http = Http(LOOPBACK.model_copy(update={"max_body": 2000}))
    account = {"project": "p", "token": "ya29.x"}
    call = desk.call("veo-3.1-lite/text-to-video", VideoRequest("a pier", 4), **account)
    try:
        _, outcome = await finished(Google(http), call)
    finally:
        await http.close()
    assert outcome.product.path.stat().st_size > 2000


async def test_an_interaction_nobody_knows_is_an_unknown_ticket(desk):
    receipt = await desk.google.submit(desk.call(*SHOT))
    desk.fake.works.clear()
    with pytest.raises(UnknownTicketError):
        await desk.google.poll(receipt.ticket, desk.access)
    await desk.google.cancel(receipt.ticket, desk.access)


async def test_an_interaction_that_runs_is_cancelled(desk):
    desk.fake.work_s = 60
    receipt = await desk.google.submit(desk.call(*SHOT))
    assert (await desk.google.poll(receipt.ticket, desk.access)).state is State.RUNNING
    with pytest.raises(ProviderError, match="not finished"):
        await desk.google.fetch(receipt.ticket, desk.folder, desk.access)
    await desk.google.cancel(receipt.ticket, desk.access)
    assert (await desk.google.poll(receipt.ticket, desk.access)).state is State.FAILED
