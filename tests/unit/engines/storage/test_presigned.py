"""URLs of S3 with words on the answer: signed only by who signs them as they were signed."""

import pytest

from reelwright.engines.storage.presigned import signed_with

# The example of Amazon's own documentation ("Authenticating Requests: Using Query Parameters").
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"  # noqa: S105 - printed there
URL = (
    "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
    "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
    "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
)


def test_the_same_url_has_the_same_signature_and_more_words_have_another():
    assert signed_with(URL, SECRET, {}) == URL
    named = signed_with(URL, SECRET, {"response-content-type": "video/mp4"})
    assert named is not None
    assert "&response-content-type=video%2Fmp4&X-Amz-Signature=" in named
    assert named.rpartition("=")[2] != URL.rpartition("=")[2]


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        (URL, "another"),
        (URL.replace("SignedHeaders=host", "SignedHeaders=host%3Bx-amz-y"), SECRET),
        (URL.partition("?")[0], SECRET),
    ],
)
def test_what_we_would_have_signed_otherwise_is_not_signed(url, secret):
    assert signed_with(url, secret, {"response-content-type": "video/mp4"}) is None
