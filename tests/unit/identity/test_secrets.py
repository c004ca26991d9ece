"""Tokens as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.ground.errors import UnauthenticatedError
from reelwright.identity.secrets import TokenText


def test_a_token_reads_back_as_itself():
    token = TokenText.new()
    assert TokenText.parse(token.reveal() + "\n") == token


def test_a_token_does_not_show_its_secret():
    token = TokenText.new()
    assert token.secret not in repr(token)
    assert token.secret not in token.hash()


@given(st.text())
def test_no_other_text_is_a_token_and_no_answer_repeats_it(text):
    with pytest.raises(UnauthenticatedError) as caught:
        TokenText.parse(f"rw_{text}")
    assert len(text) < 4 or text not in str(caught.value)
