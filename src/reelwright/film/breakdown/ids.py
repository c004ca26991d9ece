"""Names for scenes and shots that outlive revisions: they come from what is written, not from where.

A shot is named after its own words, a scene after the pair of words of its action that a digest
happens to rank lowest. So a new scene renames nothing, even under a heading that exists already; a
changed speech renames its own shot alone; and a changed paragraph renames its scene only when it
touches that one pair of words. Nothing is remembered between two runs.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from zlib import crc32

from reelwright.ground.digests import draw

SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 10
WORD = re.compile(r"\w+")
SMALL_WORD = 3


def name(prefix: str, *parts: object) -> str:
    """A prefixed name of ten signs for a value; equal values have equal names."""
    number = draw(*parts)
    return prefix + "".join(SIGNS[number >> (5 * place) & 31] for place in range(LENGTH))


def fingerprint(paragraphs: Iterable[str], cast: Sequence[str]) -> str:
    """What tells a scene from others under its heading: one pair of words, else who speaks."""
    pairs: set[str] = set()
    for text in paragraphs:
        words = [word for word in WORD.findall(text.casefold()) if len(word) > SMALL_WORD]
        pairs.update(" ".join(pair) for pair in pairwise(words))
        pairs.update(words if len(words) == 1 else ())
    return min(
        pairs, key=lambda pair: (crc32(pair.encode()), pair), default=" ".join(sorted(set(cast)))
    )


class Namer:
    """Gives names in script order; what is written twice alike is told apart by counting."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[object, ...]] = Counter()

    def scene(self, key: str, mark: str) -> str:
        """A scene's name from its heading (or its own number) and its fingerprint."""
        return name("sc_", "scene", key, mark, self._turn("scene", key, mark))

    def shot(self, heading: str, role: str, text: str, part: str) -> str:
        """A shot's name from its scene's heading, what it is for, the words it shows, and its part."""
        return name("sh_", "shot", heading, role, text, part, self._turn(heading, role, text, part))

    def _turn(self, *key: object) -> int:
        self._seen[key] += 1
        return self._seen[key] - 1
