"""From the word a script uses for a sound to the row that makes it."""

import re
from functools import cache

from reelwright.providers.sketch.ambience.foley import FOLEY


def named(cue: str) -> str | None:
    """The foley row a cue means; None when nobody knows that sound.

    Later words win (`PHONE BUZZES` buzzes, `DOOR SLAMS` slams).
    """
    for word in reversed(re.findall(r"[a-z]+", cue.lower())):
        for form in _plain(word):
            if form in _rows():
                return _rows()[form]
    return None


@cache
def _rows() -> dict[str, str]:
    return {word: name for name, row in FOLEY.items() for word in (name, *row.words.split())}


def _plain(word: str) -> list[str]:
    """The word and what may be its plain form: rings, ringing, slammed, cries."""
    forms = [word]
    if word.endswith("ies"):
        forms.append(word.removesuffix("ies") + "y")
    for ending in ("s", "es", "ed", "d", "ing", "er"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            forms += [stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem]
    return forms
