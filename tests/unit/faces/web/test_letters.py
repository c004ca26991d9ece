"""The page behind the links of letters: for every kind of letter, without the code, and strict."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from reelwright.identity.mail_codes import NOTICES, Purpose

pytestmark = pytest.mark.anyio
KINDS = [*(one.value for one in Purpose if one not in NOTICES), "invitation"]


@pytest.mark.parametrize("kind", KINDS)
async def test_every_letters_link_opens_a_page_that_knows_what_to_do(house, kind):
    async with house.client(headers={}) as client:
        answer = await client.get(f"/letters/{kind}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    ways = answer.text.partition("const ways = {")[2].partition("\n};")[0]
    assert re.search(rf"^  {kind}: ", ways, re.MULTILINE)


async def test_nothing_runs_in_the_page_but_what_stands_in_it(house):
    async with house.client(headers={}) as client:
        answer = await client.get("/letters/reset")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for part in ("style", "script"):
        (inside,) = re.findall(rf"<{part}>(.*?)</{part}>", answer.text, re.DOTALL)
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{part}-src 'sha256-{digest}'" in policy
    assert not re.search(r"\son\w+=|https?://|innerHTML", answer.text)
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_there_is_no_page_for_other_words(house):
    async with house.client(headers={}) as client:
        assert (await client.get("/letters/nothing")).status_code == 404
