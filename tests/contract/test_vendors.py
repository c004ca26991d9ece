"""What every vendor's adapter promises, asked of each one against its vendor's fake server."""

import importlib
import io
import json
import pkgutil
from dataclasses import replace
from datetime import timedelta

import av
import pytest
from PIL import Image

from contract import vendors
from reelwright.engines.http.client import Http
from reelwright.ground.clock import SystemClock
from reelwright.providers.catalogue import Recall, Standing
from reelwright.providers.contract import (
    Call,
    LooksUp,
    Outcome,
    Probes,
    Rings,
    State,
    Streams,
)
from reelwright.providers.errors import (
    BadInputError,
    BadKeyError,
    ModelGoneError,
    NotSentError,
    OutOfCreditsError,
    ProviderError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
    UnknownOutcomeError,
    UnsupportedError,
)
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import SearchRequest, SoundEffectRequest
from reelwright.testing.fakes.moods import Mood
from support.vendors import IMPATIENT, KEY, bell, finished, open_vendor, settled

pytestmark = pytest.mark.anyio

CASES = {
    module.name: importlib.import_module(f"contract.vendors.{module.name}").CASE
    for module in pkgutil.iter_modules(vendors.__path__)
}


def _params(chosen):
    return [pytest.param(case, model, id=model.id) for case, model in chosen]


# A vendor that is no server has no fake: its promises are kept in tests of its own.
SERVED = {name: case for name, case in CASES.items() if case.fake is not None}
ALL = [(case, model) for case in SERVED.values() for model in case.models()]
# One model of each family is enough where the wire is what matters.
FAMILY = [
    (case, model)
    for case in SERVED.values()
    for model in {(m.operation, m.recall): m for m in reversed(case.models())}.values()
]
MODELS, FAMILIES = _params(ALL), _params(FAMILY)
STREAMING = _params((case, model) for case, model in ALL if model.limits.streams)
RINGING = _params(
    (case, model)
    for case, model in FAMILY
    if model.recall is not Recall.NONE and isinstance(case.make(Http()), Rings)
)
TROUBLES = {
    Mood.BUSY: UnavailableError,
    Mood.RATE_LIMIT: RateLimitedError,
    Mood.REFUSE: RefusedError,
    Mood.BAD_KEY: BadKeyError,
    Mood.BAD_INPUT: BadInputError,
    Mood.NO_CREDITS: OutOfCreditsError,
    Mood.MODEL_GONE: ModelGoneError,
}
every_vendor = pytest.mark.parametrize("case", [pytest.param(c, id=n) for n, c in CASES.items()])
every_served = pytest.mark.parametrize("case", [pytest.param(c, id=n) for n, c in SERVED.items()])
every_model = pytest.mark.parametrize(("case", "model"), MODELS)
every_family = pytest.mark.parametrize(("case", "model"), FAMILIES)


@pytest.fixture
async def vendor(case):
    async with open_vendor(case) as opened:
        yield opened


@pytest.fixture
def call(case, model, vendor, tmp_path):
    """A call of the model under test, with an account of the fake."""
    inputs, folder = tmp_path / "inputs", tmp_path / "made"
    inputs.mkdir()
    folder.mkdir()
    return Call(model, case.request(model, inputs), "sub_01k9abc", folder, vendor[2])


@every_vendor
def test_every_row_says_what_it_costs_since_when_and_who_says_so(case):
    models = case.make(None).models() or case.models()
    assert len({model.id for model in models}) == len(models) > 0
    for model in models:
        assert all((model.title, model.version, model.endpoint)), model.id
        assert not model.price.known or (model.price.as_of and model.price.source), model.id
        assert {model.quality, model.speed} <= set(range(1, 6)), model.id
        if model.standing is not Standing.ACTIVE:
            assert model.replacement or model.note, f"{model.id} leaves its users alone"
        known = {one.id for one in models}
        assert model.replacement is None or "/" in model.replacement
        own = model.replacement and model.replacement.startswith(f"{model.provider}/")
        assert not own or model.replacement in known, model.id


@every_model
async def test_a_call_is_billed_once_and_its_products_open(case, model, vendor, call):
    provider, fake, _ = vendor
    _, outcome = await finished(provider, call)
    assert len(fake.charges) == 1
    assert outcome.products
    for product in outcome.products:
        assert product.path.parent == call.folder
        _open(model.operation, product)
    assert len(outcome.products) >= getattr(call.request, "count", 1) or (
        model.operation is Operation.SEARCH_IMAGES
    )


def _open(operation, product):
    content = product.path.read_bytes()
    assert content
    kind = product.media_type.partition("/")[0]
    if operation is Operation.TEXT:
        assert content.decode("utf-8")
    elif operation is Operation.SEARCH_IMAGES:
        found = json.loads(content)
        assert {"title", "page", "thumbnail", "image"} <= found[0].keys()
    elif kind == "image":
        assert Image.open(io.BytesIO(content)).size > (1, 1)
    elif kind in ("video", "audio"):
        with av.open(io.BytesIO(content), "r") as media:
            assert media.duration
    else:
        assert operation in (Operation.WORLD, Operation.TRAIN_LORA), product.media_type


@every_family
@pytest.mark.parametrize("mood", TROUBLES)
async def test_each_trouble_is_told_by_its_type_and_nothing_is_sent_twice(
    case, model, vendor, call, mood
):
    if mood in case.wordless:
        pytest.skip("this vendor has no word for it")
    provider, fake, _ = vendor
    fake.moods.next.append(mood)
    with pytest.raises(TROUBLES[mood]) as caught:
        await finished(provider, call)
    assert type(caught.value) is TROUBLES[mood]
    assert KEY not in str(caught.value)
    assert fake.charges == []


@every_family
@pytest.mark.parametrize("mood", [Mood.LOSE_REPLY, Mood.DROP, Mood.HANG])
async def test_a_lost_answer_is_an_unknown_outcome_and_the_request_is_not_repeated(
    case, model, call, mood, monkeypatch
):
    monkeypatch.setattr("reelwright.providers.wire.PATIENCE_S", 0.3)
    async with open_vendor(case, IMPATIENT) as (provider, fake, access):
        fake.hang_s = 5.0
        fake.moods.next.append(mood)
        with pytest.raises(UnknownOutcomeError):
            await provider.submit(replace(call, access=access))
        assert len(fake.charges) == (0 if mood is Mood.DROP else 1)
        assert not fake.moods.next


@every_family
async def test_what_never_left_may_be_sent_as_if_for_the_first_time(case, model, vendor, call):
    nowhere = replace(call.access, base_url="http://127.0.0.1:9")
    with pytest.raises(NotSentError):
        await vendor[0].submit(replace(call, access=nowhere))


@every_family
async def test_a_call_whose_answer_was_lost_is_found_again(case, model, vendor, call):
    provider, fake, _ = vendor
    begun = SystemClock().now() - timedelta(minutes=1)
    if model.recall is Recall.KEY:
        fake.moods.next.append(Mood.LOSE_REPLY)
        with pytest.raises(UnknownOutcomeError):
            await provider.submit(call)
        again = await provider.submit(call)
        assert [charge.remote_id for charge in fake.charges] == [again.ticket.remote_id]
    elif model.recall is Recall.LOOK_UP:
        assert isinstance(provider, LooksUp)
        desk: LooksUp = provider
        assert await desk.look_up(call, begun) is None
        fake.moods.next.append(Mood.LOSE_REPLY)
        with pytest.raises(UnknownOutcomeError):
            await vendor[0].submit(call)
        ticket = await desk.look_up(call, begun)
        assert ticket is not None
        assert [charge.remote_id for charge in fake.charges] == [ticket.remote_id]
        assert (await settled(vendor[0], ticket, call.access)).state is State.DONE
        assert (await vendor[0].fetch(ticket, call.folder, call.access)).products
        assert await desk.look_up(replace(call, reference="sub_other"), begun) is None
    else:
        assert not isinstance(provider, LooksUp) or model.recall is Recall.NONE


@every_family
async def test_what_fails_at_the_vendor_is_told_by_its_type(case, model, vendor, call):
    provider, fake, _ = vendor
    for mood, wanted in ((Mood.FAIL_LATER, ProviderError), (Mood.REFUSE_LATER, RefusedError)):
        fake.moods.next.append(mood)
        error = await _error_of(provider, replace(call, reference=f"sub_{mood}"))
        if error is None:  # it answers at once, and has no word for this
            assert mood in case.wordless, mood
        else:
            assert isinstance(error, wanted)


async def _error_of(provider, call):
    """What went wrong with a call the vendor has taken: in its answer, or told by a poll."""
    try:
        receipt = await provider.submit(call)
    except ProviderError as error:
        return error
    if receipt.outcome is not None:
        return None
    status = await settled(provider, receipt.ticket, call.access)
    assert status.state is State.FAILED
    return status.error


@every_family
async def test_a_finished_call_may_be_fetched_again_and_cancelled_without_harm(
    case, model, vendor, call
):
    provider = vendor[0]
    ticket, outcome = await finished(provider, call)
    await provider.cancel(ticket, call.access)
    await provider.cancel(ticket, call.access)
    if (await provider.submit(replace(call, reference="sub_2"))).outcome is None:
        again = await provider.fetch(ticket, call.folder, call.access)
        first = [one.path.read_bytes() for one in outcome.products]
        assert [one.path.read_bytes() for one in again.products] == first


@every_family
async def test_what_the_model_cannot_do_is_refused_before_anything_is_sent(
    case, model, vendor, call
):
    provider, fake, _ = vendor
    others = (SoundEffectRequest("rain on tin"), SearchRequest("a pier in the fog"))
    other = next(one for one in others if one.operation is not model.operation)
    with pytest.raises(UnsupportedError):
        await provider.submit(replace(call, request=other))
    assert fake.requests == []


@every_served
async def test_a_key_is_tried_without_paying(case, vendor):
    provider, fake, access = vendor
    if not isinstance(provider, Probes):
        pytest.skip("this vendor's keys cannot be tried for nothing")
    await provider.probe(access)
    fake.keys = {"another"}
    with pytest.raises(BadKeyError):
        await provider.probe(access)
    assert fake.charges == []


@pytest.mark.parametrize(("case", "model"), RINGING)
async def test_a_ring_is_believed_only_when_the_vendor_signed_it(case, model, vendor, call):
    provider, _, access = vendor
    assert isinstance(provider, Rings)
    with bell() as one:
        receipt = await vendor[0].submit(replace(call, webhook=one.url))
        headers, body = one.wait()
    now = SystemClock().now()
    ring = await provider.answer(headers, body, access, now)
    assert (ring.remote_id or receipt.ticket.remote_id) == receipt.ticket.remote_id
    assert ring.remote_id or ring.reference
    for bad in ((headers, body + b" "), ({}, body)):
        with pytest.raises(BadKeyError):
            await provider.answer(*bad, access, now)
    with pytest.raises(BadKeyError):  # an old one, sent again
        await provider.answer(headers, body, access, now + timedelta(hours=1))


@pytest.mark.parametrize(("case", "model"), STREAMING)
async def test_text_can_be_read_while_it_is_written(case, model, vendor, call):
    provider, fake, _ = vendor
    assert isinstance(provider, Streams)
    pieces = [piece async for piece in provider.stream(call)]
    words, outcome = [one for one in pieces if isinstance(one, str)], pieces[-1]
    text = "".join(words)
    assert len(words) > 1
    assert isinstance(outcome, Outcome)
    assert outcome.product.path.read_text(encoding="utf-8") == text
    assert len(fake.charges) == 1
