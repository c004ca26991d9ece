"""fal's words of trouble, as our types."""

import json

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
    UnknownOutcomeError,
    UnknownTicketError,
)
from reelwright.providers.fal.errors import complaint_of, error_of, submit_error
from reelwright.providers.fal.results import Progress, verdict


def answered(status, body, **headers):
    content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, "https://queue.fal.run/fal-ai/flux/dev", told, content)


def of_model(kind, *where, words="no"):
    return {"detail": [{"loc": ["body", *where], "msg": words, "type": kind, "url": "x"}]}


def of_platform(kind, words="no"):
    return {"detail": words, "error_type": kind}


LOCKED = "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai."
TOLD = [
    (401, {"detail": "No user found for Key ID and Secret"}, BadKeyError),
    (402, {"detail": "Payment required"}, OutOfCreditsError),
    (403, {"detail": LOCKED}, OutOfCreditsError),
    (403, {"detail": "Forbidden"}, BadKeyError),
    (403, {"error": {"type": "authorization_error", "message": "Admins only"}}, BadKeyError),
    (404, {"detail": "Application not found"}, ModelGoneError),
    (410, {"detail": "Gone"}, ModelGoneError),
    (429, of_platform("concurrent_requests_limit"), RateLimitedError),
    (504, of_platform("request_timeout"), UnavailableError),
    (503, of_platform("runner_scheduling_failure"), UnavailableError),
    (500, of_platform("internal_error"), UnavailableError),
    (400, of_model("downstream_service_error"), UnavailableError),
    (422, of_model("generation_timeout"), UnavailableError),
    (422, of_model("content_policy_violation", "prompt"), RefusedError),
    (422, of_model("no_media_generated"), RefusedError),
    (422, of_model("image_too_small", "image_url"), BadInputError),
    (422, of_model("missing", "prompt"), BadInputError),
    (400, of_platform("bad_request"), BadInputError),
    (499, of_platform("client_cancelled"), ProviderError),
    (503, "<html>nginx</html>", UnavailableError),
]


@pytest.mark.parametrize(("status", "body", "kind"), TOLD)
def test_an_error_is_known_by_its_type_and_status(status, body, kind):
    answer = answered(status, body)
    assert type(error_of(complaint_of(answer))) is kind
    assert type(submit_error(answer)) is kind


def test_the_platforms_type_may_stand_in_a_header_alone():
    answer = answered(500, {"detail": "no"}, x_fal_error_type="runner_disconnected")
    assert complaint_of(answer).kind == "runner_disconnected"


def test_a_rate_limit_says_how_long_to_wait():
    error = error_of(complaint_of(answered(429, of_platform("x"), retry_after="7")))
    assert isinstance(error, RateLimitedError)
    assert error.retry_after_s == 7


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_gateway_that_gave_up_on_a_submit_leaves_it_unknown(status):
    assert isinstance(submit_error(answered(status, "<html>nginx</html>")), UnknownOutcomeError)


@pytest.mark.parametrize(
    ("kind", "field", "stage", "paid"),
    [
        ("content_policy_violation", "prompt", "prompt", False),
        ("content_policy_violation", "image_url", "input", False),
        ("no_media_generated", "prompt", "output", True),
    ],
)
def test_a_refusal_says_where_it_was_seen(kind, field, stage, paid):
    error = error_of(complaint_of(answered(422, of_model(kind, field))))
    assert isinstance(error, RefusedError)
    assert (error.stage, error.paid) == (stage, paid)


def test_a_bad_parameter_is_named():
    body = of_model("greater_than", "image_size", 0, "width")
    error = error_of(complaint_of(answered(422, body)))
    assert isinstance(error, BadInputError)
    assert error.field == "width"


def test_an_address_is_told_without_what_signs_it():
    body = of_model("file_download_error", words="No file at 'https://x.org/a.png?sig=secret'.")
    error = error_of(complaint_of(answered(422, body)))
    assert "https://x.org/a.png" in str(error)
    assert "secret" not in str(error)


DONE = Progress(status="COMPLETED")
FAILED = Progress(status="COMPLETED", error="Runner failed", error_type="runner_server_error")


def test_a_request_that_failed_has_failed_whatever_stands_in_its_results_place():
    for answer in (answered(200, {}), answered(502, "nginx"), answered(500, of_platform("x"))):
        assert isinstance(verdict(answer, FAILED), UnavailableError)


def test_a_path_that_a_models_app_no_longer_has_is_a_model_that_is_gone():
    failed = Progress(status="COMPLETED", error="Invalid status code: 404")
    found = verdict(answered(404, {"detail": "Path /new not found"}), failed)
    assert isinstance(found, ModelGoneError)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (answered(502, "nginx"), UnavailableError),
        (answered(429, of_platform("concurrent_requests_limit")), RateLimitedError),
        (answered(403, {"detail": LOCKED}), OutOfCreditsError),
        (answered(404, {"detail": "Request not found"}), UnknownTicketError),
    ],
)
def test_what_says_nothing_of_the_request_is_no_verdict(answer, kind):
    with pytest.raises(kind):
        verdict(answer, DONE)


def test_a_result_without_any_file_is_none():
    assert type(verdict(answered(200, {"images": []}), DONE)) is ProviderError


def test_a_picture_the_model_blackened_is_not_shown_and_all_of_them_are_a_refusal():
    images = [{"url": "https://f/1"}, {"url": "https://f/2"}]
    one = verdict(answered(200, {"images": images, "has_nsfw_concepts": [True, False]}), DONE)
    assert not isinstance(one, ProviderError)
    assert [file.url for file in one.files()] == ["https://f/2"]
    both = verdict(answered(200, {"images": images, "has_nsfw_concepts": [True, True]}), DONE)
    assert isinstance(both, RefusedError)
    assert (both.stage, both.paid) == ("output", True)
