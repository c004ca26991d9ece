"""Errors are logged once, counted, mapped, blackened, and reported when nobody foresaw them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from reelwright.ground.errors import Kind, MissingError
from reelwright.services.context import ErrorContext, service_context
from reelwright.services.errors import CentralizedErrorHandler, ErrorHandlingContext, kind_of
from reelwright.services.redaction import redact, redact_fields
from reelwright.services.sentry import SentryReporter

pytestmark = pytest.mark.anyio


class Heard:
    def __init__(self):
        self.errors = []

    def report(self, error, told):
        self.errors.append((error, told))


async def test_an_error_is_logged_and_counted_once_however_often_it_is_handed_on(caplog):
    heard = Heard()
    handler = CentralizedErrorHandler(heard)
    error = ValueError("broken")
    with caplog.at_level("INFO"):
        first = await handler.handle_error(error, ErrorContext("cut", "join", user_id="usr_1"))
        second = await handler.handle_error(error, ErrorContext("outer", "call"))
    assert first is second
    assert handler.counts() == {("cut", "join", "ValueError"): 1}
    assert len(caplog.records) == 1
    assert caplog.records[0].name == "reelwright.service.cut"
    assert caplog.records[0].fields["user_id"] == "usr_1"
    assert "Traceback" in caplog.records[0].fields["trace"] or "ValueError" in caplog.text
    assert [told["code"] for _, told in heard.errors] == ["ValueError"]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (MissingError("no"), Kind.MISSING),
        (TimeoutError(), Kind.UNAVAILABLE),
        (ConnectionResetError(), Kind.UNAVAILABLE),
        (OSError(28, "full"), Kind.UNAVAILABLE),
        (ValueError(), Kind.FAULT),
        (KeyError("safety"), Kind.FAULT),
    ],
)
def test_the_kind_follows_the_type_never_the_text(error, kind):
    assert kind_of(error) is kind


async def test_only_the_unforeseen_is_reported_and_traced(caplog):
    heard = Heard()
    handler = CentralizedErrorHandler(heard)
    with caplog.at_level("INFO"):
        await handler.handle_error(MissingError("no such film"), ErrorContext("films", "get"))
    assert heard.errors == []
    assert caplog.records[0].levelname == "INFO"
    assert "Traceback" not in caplog.text


async def test_a_block_hands_its_error_on_unless_told_to_swallow_it():
    handler = CentralizedErrorHandler()
    with pytest.raises(ValueError, match="no"):
        async with ErrorHandlingContext("cut", "join", handler=handler):
            raise ValueError("no")
    with service_context(request_id="req_1"):
        async with ErrorHandlingContext("cut", "mix", handler=handler, swallow=True) as block:
            raise ValueError("no")
    assert block.handled is not None
    assert block.handled.context.request_id == "req_1"
    assert handler.counts() == {
        ("cut", "join", "ValueError"): 1,
        ("cut", "mix", "ValueError"): 1,
    }


SECRETS = [
    "password=hunter2x",
    'api_key: "hunter2x"',
    "'client_secret': 'hunter2x and more'",
    "Authorization: Bearer hunter2xhunter2x",
    "postgresql+psycopg://owner:hunter2x@localhost/film",
    "redis://:hunter2x@localhost",
    "https://cdn.example/a?signature=hunter2x&expires=1",
    "sk-hunter2xhunter2x",
    "rw_tok_hunter2xhunter2x",
    "eyJhbGciOi.hunter2x.hunter2x",
    "-----BEGIN PRIVATE KEY-----\nhunter2x\n-----END PRIVATE KEY-----",
    "Cookie: hunter2x=1",
    "FAL_KEY=hunter2x",
]


@pytest.mark.parametrize("text", SECRETS)
def test_what_looks_like_a_secret_is_blackened(text):
    assert "hunter2x" not in redact(f"it said {text}, and went")


def test_ordinary_text_stays_as_it_is():
    text = "shot 12 of scene s_01: the keeper turns the key; https://example.org/a?b=1"
    assert redact(text) == text


def test_fields_with_secret_names_are_blackened_at_any_depth():
    told = redact_fields({"a": [{"apiKey": "x"}, {"user": "u"}], "n": 1, "password": None})
    assert told == {"a": [{"apiKey": "***"}, {"user": "u"}], "n": 1, "password": "***"}
    deep = {}
    inner = deep
    for _ in range(50):
        inner["x"] = {}
        inner = inner["x"]
    assert "…" in str(redact_fields(deep))


@given(st.text(max_size=300))
def test_any_text_can_be_blackened_twice_to_the_same_effect(text):
    assert redact(redact(text)) == redact(text)


def test_sentry_gets_the_unforeseen_without_secrets_or_local_variables():
    from sentry_sdk.transport import Transport  # noqa: PLC0415 - only this test needs it

    sent = []

    class Kept(Transport):
        def capture_envelope(self, envelope):
            sent.append(envelope.get_event())

    reporter = SentryReporter(
        SecretStr("https://public@127.0.0.1/1"), environment="test", release="1", transport=Kept
    )
    handler = CentralizedErrorHandler(reporter)

    def fail(hidden):
        raise RuntimeError(f"password={hidden}")

    try:
        fail("hunter2" + "x")
    except RuntimeError as error:
        handler.handle(error, ErrorContext("cut", "join", extra={"token": "hunter2x"}))
    reporter.close()
    assert len(sent) == 1
    assert sent[0]["contexts"]["reelwright"]["service"] == "cut"
    assert sent[0]["exception"]["values"][0]["type"] == "RuntimeError"
    assert "hunter2x" not in str(sent[0])
