"""JSON as the database can hold it."""

import json

import pytest

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.texts import json_text


@pytest.mark.parametrize("text", ["\0", "a\0b", "\\\0", "\\\\\0"])
def test_a_nul_is_refused_whatever_stands_before_it(text):
    with pytest.raises(InvalidInputError, match="NUL"):
        json_text({"a": text}, "it")


@pytest.mark.parametrize("text", ["\\u0000", "\\\\u0000", "u0000", "\\\\\\u0000 in JSON"])
def test_a_nul_that_is_only_written_about_is_kept(text):
    assert json.loads(json_text({"a": text}, "it")) == {"a": text}


@pytest.mark.parametrize("value", [float("nan"), "\ud800", object()])
def test_what_json_cannot_say_is_refused(value):
    with pytest.raises(InvalidInputError):
        json_text({"a": value}, "it")
