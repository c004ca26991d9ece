"""Wording a refused prompt more carefully: what often trips a filter is said plainly, and nothing else."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reelwright.providers.prompts import TextRequest

# Film is full of harmless scenes that filters take for the harmful kind. Whole words only.
_PLAINER = {
    "blood": "red paint",
    "bloody": "stained",
    "corpse": "still figure",
    "dead body": "still figure",
    "gun": "prop",
    "guns": "props",
    "kill": "defeat",
    "killed": "defeated",
    "killing": "defeating",
    "knife": "prop",
    "murder": "crime",
    "naked": "draped",
    "nude": "draped",
    "shoots": "confronts",
    "shooting": "confronting",
    "stabs": "confronts",
    "strangles": "confronts",
    "suicide": "despair",
    "torture": "interrogation",
    "weapon": "prop",
}
_WORDS = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, _PLAINER), key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)
_FRAME = "A scene of a fictional film, suitable for a general audience: "


def soften(request: Mapping[str, Any]) -> dict[str, Any]:
    """The request with its prompt softened; the same words always give the same."""
    changed = dict(request)
    if isinstance(changed.get("prompt"), str):
        changed["prompt"] = _plainer(changed["prompt"])
    return changed


def soften_text(request: TextRequest) -> TextRequest:
    """The same for a conversation: what its people have said is worded more carefully."""
    messages = tuple(
        replace(one, text=_plainer(one.text)) if one.role == "user" else one
        for one in request.messages
    )
    return replace(request, messages=messages)


def _plainer(words: str) -> str:
    return _FRAME + _WORDS.sub(lambda m: _PLAINER[m.group().lower()], words)
