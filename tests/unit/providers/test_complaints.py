"""What a vendor's no means where no code says more than its status."""

import json

import pytest

from reelwright.engines.http.client import Answer
from reelwright.providers import errors
from reelwright.providers.complaints import by_status, complaint_of

OWN = {"error": {"message": "the key sk-1 is bad", "type": "t", "code": 7, "param": "size"}}


def answer(status, body, **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(
        status, "http://v/x", {k.replace("_", "-"): v for k, v in headers.items()}, content
    )


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, OWN, errors.BadInputError),
        (401, OWN, errors.BadKeyError),
        (402, OWN, errors.OutOfCreditsError),
        (403, b"<html>", errors.BadKeyError),
        (404, OWN, errors.ModelGoneError),
        (409, OWN, errors.UnavailableError),
        (413, b"<html>", errors.BadInputError),
        (429, OWN, errors.RateLimitedError),
        (500, OWN, errors.UnavailableError),
        (503, b"<html>", errors.UnavailableError),
        (504, OWN, errors.UnavailableError),
        (502, b"<html>", errors.UnknownOutcomeError),
        (504, b"<html>", errors.UnknownOutcomeError),
        (524, {"detail": "no"}, errors.UnknownOutcomeError),
        (302, b"", errors.ProviderError),
    ],
)
def test_a_status_is_one_of_our_errors(status, body, kind):
    error = by_status(complaint_of(answer(status, body)), "V")
    assert type(error) is kind
    assert kind is errors.BadInputError or "sk-1" not in str(error)


def test_a_complaint_keeps_the_field_and_the_wait():
    refused = by_status(complaint_of(answer(422, OWN)), "V")
    assert isinstance(refused, errors.BadInputError)
    assert refused.field == "size"
    limited = by_status(complaint_of(answer(429, OWN, retry_after="7")), "V")
    assert isinstance(limited, errors.RateLimitedError)
    assert limited.retry_after_s == 7
