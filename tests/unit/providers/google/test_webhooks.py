"""A webhook is believed when it bears the account's signature, and is of now."""

import base64
import json
from datetime import UTC, datetime

import anyio.to_thread
import httpx2
import pytest

from reelwright.providers.contract import Access, Ticket
from reelwright.providers.errors import BadKeyError, UnknownOutcomeError
from reelwright.providers.google.webhooks import ring_of
from reelwright.providers.prompts import VideoRequest
from reelwright.testing.fakes.google import signed
from reelwright.testing.fakes.moods import Mood
from support.vendors import bell

pytestmark = pytest.mark.anyio
SECRET = "whsec_" + base64.b64encode(b"a secret of a test").decode()
ACCOUNT = Access("key", more={"webhook_secret": SECRET})
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
AT = int(NOW.timestamp())
BODY = json.dumps(
    {
        "type": "interaction.completed",
        "version": "v1",
        "timestamp": "2026-11-20T12:00:00Z",
        "data": {"id": "int-1"},
        "user_metadata": {"reference": "sub_1"},
    }
).encode()


def test_what_is_signed_names_the_call():
    ring = ring_of(signed(BODY, SECRET, "msg-1", AT), BODY, ACCOUNT, NOW)
    assert (ring.reference, ring.remote_id) == ("sub_1", "int-1")


def test_while_a_secret_is_replaced_either_signature_will_do():
    headers = signed(BODY, SECRET, "msg-1", AT)
    headers["webhook-signature"] = f"v1,AAAA {headers['webhook-signature']} v1a,BBBB"
    assert ring_of(headers, BODY, ACCOUNT, NOW).remote_id == "int-1"


@pytest.mark.parametrize(
    ("headers", "body", "account"),
    [
        ({}, BODY, ACCOUNT),
        (signed(BODY, SECRET, "msg-1", AT), BODY + b" ", ACCOUNT),
        (signed(BODY, SECRET, "msg-1", AT - 301), BODY, ACCOUNT),
        (signed(BODY, SECRET, "msg-1", AT + 301), BODY, ACCOUNT),
        (signed(BODY, SECRET, "msg-1", AT) | {"webhook-id": "msg-2"}, BODY, ACCOUNT),
        (signed(BODY, SECRET, "msg-1", AT) | {"webhook-timestamp": "soon"}, BODY, ACCOUNT),
        (signed(BODY, SECRET, "msg-1", AT) | {"webhook-signature": "v1,ä"}, BODY, ACCOUNT),
        (signed(BODY, "whsec_b3RoZXI=", "msg-1", AT), BODY, ACCOUNT),
        (signed(BODY, SECRET, "msg-1", AT), BODY, Access("key")),
        (signed(BODY, SECRET, "msg-1", AT), BODY, Access("key", more={"webhook_secret": "?"})),
        (signed(b"[]", SECRET, "msg-1", AT), b"[]", ACCOUNT),
    ],
)
def test_anything_else_is_not_believed(headers, body, account):
    with pytest.raises(BadKeyError):
        ring_of(headers, body, account, NOW)


async def test_a_call_whose_answer_was_lost_is_known_by_its_ring(desk):
    with bell() as door:
        answer = httpx2.post(
            f"{desk.access.base_url}/v1/webhooks",
            json={"uri": door.url, "subscribed_events": ["interaction.completed"]},
            trust_env=False,
        )
        secret = answer.json()["new_signing_secret"]
        call = desk.call(
            "gemini-omni-1.1-flash/text-to-video", VideoRequest("a pier", 4), webhook_secret=secret
        )
        desk.fake.moods.next.append(Mood.LOSE_REPLY)
        with pytest.raises(UnknownOutcomeError):
            await desk.google.submit(call)
        headers, body = await anyio.to_thread.run_sync(door.wait)
    ring = await desk.google.answer(headers, body, call.access, datetime.now(UTC))
    assert ring.reference == "sub_1"
    assert ring.remote_id == desk.fake.charges[0].remote_id
    ticket = Ticket("google", call.model.id, ring.remote_id, call.model.operation)
    assert (await desk.google.fetch(ticket, desk.folder, desk.access)).products
