"""The vault opens what it sealed, in its own place, with its own keys, and nothing else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.engines.secrets.keyring import GivenKeys, UnknownKeyError
from reelwright.engines.secrets.vault import SealBrokenError, Vault
from reelwright.ground.errors import ConflictError

PLACE = "ws_1:accounts:key:acc_1"
OLD, NEW = b"o" * 32, b"n" * 32


@given(st.binary(max_size=500), st.text(min_size=1, max_size=60))
def test_what_was_sealed_opens_in_its_place(plain, place):
    vault = Vault(GivenKeys([OLD]))
    assert vault.open(vault.seal(plain, place), place) == plain


@given(st.data())
def test_no_changed_sign_opens(data):
    vault = Vault(GivenKeys([OLD]))
    sealed = vault.seal(b"sk-secret", PLACE)
    at = data.draw(st.integers(0, len(sealed) - 1))
    sign = data.draw(st.sampled_from("AB|-0z"))
    changed = sealed[:at] + sign + sealed[at + 1 :]
    try:
        opened = vault.open(changed, PLACE)
    except (SealBrokenError, UnknownKeyError):
        return
    assert opened == b"sk-secret"  # the last signs of base64 hold spare bits


@given(st.text(max_size=200))
def test_whatever_else_is_given_does_not_open(text):
    with pytest.raises((SealBrokenError, UnknownKeyError)):
        Vault(GivenKeys([OLD])).open(text, PLACE)


def test_a_value_copied_to_another_row_does_not_open():
    vault = Vault(GivenKeys([OLD]))
    sealed = vault.seal(b"sk-secret", PLACE)
    with pytest.raises(SealBrokenError):
        vault.open(sealed, "ws_2:accounts:key:acc_1")


def test_equal_values_are_sealed_differently_and_tell_nothing():
    vault = Vault(GivenKeys([OLD]))
    first, second = vault.seal(b"sk-secret", PLACE), vault.seal(b"sk-secret", PLACE)
    assert first != second
    assert first.startswith("v1|k")
    assert base64.b64encode(b"sk-secret").decode() not in first


def test_old_values_open_under_a_new_key_and_are_wrapped_anew_without_being_opened():
    sealed = Vault(GivenKeys([OLD])).seal(b"sk-secret", PLACE)
    vault = Vault(GivenKeys([NEW, OLD]))
    assert vault.open(sealed, PLACE) == b"sk-secret"
    assert not vault.is_current(sealed)
    again = vault.rewrap(sealed)
    assert vault.is_current(again)
    assert again.split("|")[3:] == sealed.split("|")[3:]
    assert vault.rewrap(again) == again
    assert Vault(GivenKeys([NEW])).open(again, PLACE) == b"sk-secret"


def test_a_key_that_is_gone_is_named():
    sealed = Vault(GivenKeys([OLD])).seal(b"sk-secret", PLACE)
    with pytest.raises(UnknownKeyError, match=sealed.split("|")[1]):
        Vault(GivenKeys([NEW])).open(sealed, PLACE)


def test_keys_from_the_settings_are_rotated_there():
    with pytest.raises(ConflictError):
        Vault(GivenKeys([OLD])).rotate()
    with pytest.raises(ConflictError):
        Vault(GivenKeys([OLD])).retire("k0")


def test_keys_show_their_names_only():
    assert "6f6f" not in repr(GivenKeys([OLD]).current())
    assert "ooo" not in repr(GivenKeys([OLD]).current())
