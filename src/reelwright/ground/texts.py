"""JSON from outside, brought into what the database can hold, or refused."""

import json
import re
from collections.abc import Mapping
from typing import Any

from reelwright.ground.errors import InvalidInputError

NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
"""A NUL as JSON writes it, and not a backslash that was written out."""


def json_text(value: Mapping[str, Any], what: str) -> str:
    """A JSON object as text; raises InvalidInputError for what JSON or the database cannot hold."""
    try:
        text = json.dumps(dict(value), allow_nan=False, ensure_ascii=False)
        text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInputError(f"{what} cannot be written as JSON") from error
    if NUL.search(text):
        raise InvalidInputError(f"{what} holds a NUL", way_out="take it out")
    return text
