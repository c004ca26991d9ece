"""Tokens as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.ground.errors import UnauthenticatedError
from reelwright.ground.ids import TokenId
from reelwright.identity.secrets import SecretText


def test_a_token_reads_back_as_itself():
    token = SecretText.new(TokenId)
    assert SecretText.parse(token.reveal() + "\n", TokenId) == token


def test_a_token_does_not_show_its_secret():
    token = SecretText.new(TokenId)
    assert token.secret not in repr(token)
    assert token.secret not in token.hash()


@given(st.text())
def test_no_other_text_is_a_token_and_no_answer_repeats_it(text):
    with pytest.raises(UnauthenticatedError) as caught:
        SecretText.parse(f"rw_{text}", TokenId)
    assert len(text) < 4 or text not in str(caught.value)
