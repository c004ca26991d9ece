"""OpenAI's own SDK takes our door for the real thing: whole, streamed, in a shape, refused."""

import openai
import pytest

from reelwright.testing.fakes.openai import FakeOpenAI
from support.command import reelwright
from support.service import Service
from support.texts import Breakdown

SCRIPT = [{"role": "user", "content": "INT. CAFE - NIGHT. Mara shuts the door."}]
LUNA = "gpt-6-luna"


@pytest.fixture
def sdk(tmp_path, monkeypatch):
    monkeypatch.setenv("REELWRIGHT_HTTP__PRIVATE", "true")
    home, fake = tmp_path / "home", FakeOpenAI()
    with fake.served() as url:
        account = ("accounts", "add", "openai", "--key-stdin", "--base-url", f"{url}/v1")
        keyed = reelwright(*account, home=home, given="key\n")
        assert keyed.returncode == 0, keyed.stderr
        with Service(home) as service:
            service.api()
            token = (home / "token").read_text(encoding="utf-8").strip()
            with openai.OpenAI(api_key=token, base_url=f"{service.base}/v1") as opened:
                yield opened.with_options(max_retries=0)
    assert len(fake.charges) == 3


def test_chats_are_answered_streamed_and_parsed_and_strangers_sent_away(sdk):
    whole = sdk.chat.completions.create(model=LUNA, messages=SCRIPT)
    assert whole.choices[0].message.content
    assert whole.usage.completion_tokens == 30
    options = {"include_usage": True}
    chunks = list(
        sdk.chat.completions.create(
            model=LUNA, messages=SCRIPT, stream=True, stream_options=options
        )
    )
    assert len([one for one in chunks if one.choices and one.choices[0].delta.content]) > 3
    assert chunks[-1].usage.total_tokens == 150
    parsed = sdk.chat.completions.parse(model=LUNA, messages=SCRIPT, response_format=Breakdown)
    assert isinstance(parsed.choices[0].message.parsed, Breakdown)
    assert f"openai/{LUNA}" in {one.id for one in sdk.models.list()}
    with pytest.raises(openai.BadRequestError):
        sdk.chat.completions.create(model="gpt-0", messages=SCRIPT)
    with pytest.raises(openai.AuthenticationError):
        sdk.with_options(api_key="no").models.list()
