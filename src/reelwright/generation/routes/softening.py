"""Wording a refused prompt more carefully: what often trips a filter is said plainly, and nothing else."""

import re
from collections.abc import Mapping
from typing import Any

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
        changed["prompt"] = _FRAME + _WORDS.sub(
            lambda m: _PLAINER[m.group().lower()], changed["prompt"]
        )
    return changed
