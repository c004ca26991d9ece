"""Texts and JSON from outside, brought into what the database can hold, or refused."""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from reelwright.ground.errors import InvalidInputError

_LONGEST_NAME = 255


def file_name(name: str) -> str:
    """A file's name as it is shown: no folders, no control signs, never empty, at most 255 signs."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cs"})
    return shown.strip()[-_LONGEST_NAME:] or "file"


def json_text(value: Mapping[str, Any], what: str) -> str:
    """A JSON object as text; raises InvalidInputError for what JSON or the database cannot hold."""
    try:
        text = json.dumps(dict(value), allow_nan=False, ensure_ascii=False)
        text.encode()
    except (TypeError, ValueError) as error:
        raise InvalidInputError(f"{what} cannot be written as JSON") from error
    if "\\u0000" in text:
        raise InvalidInputError(f"{what} holds a NUL", way_out="take it out")
    return text
