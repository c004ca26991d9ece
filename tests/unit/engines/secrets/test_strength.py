"""Weak secrets are known for what they are."""

import secrets

import pytest

from reelwright.engines.secrets.strength import check_secret


@pytest.mark.parametrize(
    "text",
    [
        "",
        "short",
        "changeme-changeme",
        "PasswordPasswordPassword",
        "secret-secret-secret-key",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "abababababababababababab",
        "123456789012345",
        "your-secret-changeme-test",
    ],
)
def test_what_everyone_tries_is_weak(text):
    problem = check_secret(text)
    assert problem
    assert not text or text not in problem


def test_made_secrets_are_fit():
    for _ in range(200):
        assert check_secret(secrets.token_urlsafe(24)) is None
        assert check_secret(secrets.token_hex(16)) is None
    assert check_secret("correct horse battery staple wagon") is None
