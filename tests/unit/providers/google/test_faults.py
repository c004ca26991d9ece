"""What Google says no with is told by its status, and repeats no key."""

import json
from decimal import Decimal

import pytest

from reelwright.engines.http.client import Answer
from reelwright.providers.errors import (
    BadInputError,
    BadKeyError,
    ModelGoneError,
    OutOfCreditsError,
    ProviderError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
)
from reelwright.providers.google.faults import error_of, error_of_rpc
from reelwright.providers.google.refusals import CUT, blocked, end_error, refusal_in
from reelwright.providers.prices import Unit

SPENT = "Your prepayment credits are depleted. Please go to AI Studio."


def _answer(code, status, message="", details=(), headers=None):
    told = {"error": {"code": code, "status": status, "message": message, "details": details}}
    return Answer(code, "https://x.example/v1", headers or {}, json.dumps(told).encode())


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (_answer(400, "INVALID_ARGUMENT"), BadInputError),
        (_answer(400, "FAILED_PRECONDITION"), BadKeyError),
        (_answer(401, "UNAUTHENTICATED"), BadKeyError),
        (_answer(403, "PERMISSION_DENIED"), BadKeyError),
        (_answer(404, "NOT_FOUND"), ModelGoneError),
        (_answer(402, "RESOURCE_EXHAUSTED", SPENT), OutOfCreditsError),
        (_answer(429, "RESOURCE_EXHAUSTED", SPENT), OutOfCreditsError),
        (_answer(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota."), RateLimitedError),
        (_answer(500, "INTERNAL"), UnavailableError),
        (_answer(503, "UNAVAILABLE"), UnavailableError),
        (_answer(504, "DEADLINE_EXCEEDED"), UnavailableError),
        (_answer(409, "ABORTED"), ProviderError),
        (Answer(502, "https://x.example", {}, b"<html>Bad Gateway</html>"), UnavailableError),
        (Answer(429, "https://x.example", {}, b""), RateLimitedError),
        (Answer(418, "https://x.example", {}, b"[]"), ProviderError),
    ],
)
def test_each_status_has_its_type(answer, kind):
    assert type(error_of(answer)) is kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [(3, BadInputError), (5, ModelGoneError), (7, BadKeyError), (8, RateLimitedError),
     (13, UnavailableError), (14, UnavailableError), (2, ProviderError)],
)  # fmt: skip
def test_each_number_inside_a_result_has_its_type(code, kind):
    assert type(error_of_rpc(code, "why")) is kind


def test_how_long_to_wait_is_read_from_the_body_else_from_a_header():
    told = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "17.5s"}]
    headers = {"retry-after": "3"}
    for details, wanted in ((told, 17.5), ([], 3.0)):
        error = error_of(_answer(429, "RESOURCE_EXHAUSTED", "", details, headers))
        assert isinstance(error, RateLimitedError)
        assert error.retry_after_s == wanted


def test_the_field_that_is_wrong_is_named():
    details = [{"fieldViolations": [{"field": "generation_config.seed"}]}]
    error = error_of(_answer(400, "INVALID_ARGUMENT", "no seed", details))
    assert isinstance(error, BadInputError)
    assert error.field == "generation_config.seed"


@pytest.mark.parametrize("status", ["PERMISSION_DENIED", "INVALID_ARGUMENT", "INTERNAL", "NEW"])
def test_no_key_is_repeated(status):
    key = "AIzaSyA-0123456789_abcdefghij"
    said = f"Consumer 'api_key:{key}' has been suspended, so has ya29.a0AfH6SM-x."
    shown = str(error_of(_answer(400, status, said)))
    assert key not in shown
    assert "a0AfH6SM" not in shown


@pytest.mark.parametrize(
    "reason",
    "SAFETY RECITATION BLOCKLIST PROHIBITED_CONTENT SPII IMAGE_SAFETY IMAGE_PROHIBITED_CONTENT "
    "IMAGE_RECITATION MODEL_ARMOR ESCALATION".split(),
)
def test_ends_of_policy_are_refusals_and_say_what_is_billed(reason):
    billed = {Unit.OUTPUT_TOKEN: Decimal(20)}
    error = end_error(reason, billed)
    assert isinstance(error, RefusedError)
    assert (error.stage, error.paid, error.used) == ("output", True, billed)
    unbilled = end_error(reason, {})
    assert isinstance(unbilled, RefusedError)
    assert not unbilled.paid


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("NO_IMAGE", UnavailableError),
        ("IMAGE_OTHER", UnavailableError),
        ("OTHER", UnavailableError),
        ("MALFORMED_RESPONSE", UnavailableError),
        ("PUP_LIMITED_DISABLED", BadKeyError),
        ("LANGUAGE", BadInputError),
        ("UNEXPECTED_TOOL_CALL", ProviderError),
        ("A_REASON_TO_COME", ProviderError),
    ],
)
def test_other_ends_have_their_types(reason, kind):
    assert type(end_error(reason, {})) is kind


def test_an_answer_that_ends_well_or_is_cut_is_an_answer():
    assert [end_error(one, {}) for one in ("", "STOP", *CUT)] == [None] * (2 + len(CUT))


def test_a_blocked_prompt_says_whether_a_picture_was_to_blame():
    assert blocked("PROHIBITED_CONTENT").stage == "prompt"
    assert blocked("IMAGE_SAFETY").stage == "input"


@pytest.mark.parametrize(
    ("told", "stage", "what"),
    [
        ("It violates the guidelines. Support codes: 58061214", "prompt", "children"),
        ("because the input image violates ... Support codes: 17301594", "input", "children"),
        ("could not generate. Support codes: 56562880, 12345678", "output", "violence"),
        ("could not generate. Support codes: 99999999", "output", "a new category"),
    ],
)
def test_support_codes_name_a_category_and_a_stage(told, stage, what):
    error = refusal_in(told)
    assert error is not None
    assert error.stage == stage
    assert what in error.message


def test_a_sentence_without_support_codes_is_no_refusal():
    assert refusal_in("Internal error 12345678.") is None
