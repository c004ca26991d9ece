"""Where a text names the cast."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reelwright.film.breakdown.people import PERSON, RELATIONS, ROLES

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
BODY_PARTS = frozenset(
    "arm arms back body breath cheek cheeks chest ear ears eye eyes eyelids face feet finger fingers "
    "fist fists foot gaze hair hand hands head heart knee knees leg legs lips mouth shoulder shoulders "
    "smile tears thumb voice".split()
)
ASKING = frozenset("he she it they you we i there".split())
VERBAL = frozenset("will may mark grace hope faith joy chance".split())
ARTICLES = frozenset(("the", "a", "an"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A character named in a text, from sign to sign; `owned` says that only a thing of theirs is there."""

    name: str
    start: int
    end: int
    owned: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text without its possessive mark."""

    text: str
    owns: bool
    start: int
    end: int

    @property
    def key(self) -> str:
        return self.text.casefold()


class Roster:
    """Finds the cast in a text, in time that grows with the text and not with the cast.

    A name counts in capitals and with a capital letter (`MARA`, `Mara`); a part of it when it
    belongs to no other (`Vance` of `MARA VANCE`); a role also in small letters (`the waiter`, and
    `the mayor` for `MAYOR VANCE`).
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._ways: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        owners: dict[str, set[str]] = {}
        for name in sorted(names):
            keys = _keys(name)
            self._learn(keys, name)
            for key in keys if len(keys) > 1 else ():
                owners.setdefault(key, set()).add(name)
        for key, belongs in owners.items():
            taken = any(way == (key,) for way, _ in self._ways.get(key, ()))
            dull = key in ROLES or len(key) < 3 or not key.isalpha()
            trade = key in PERSON and key not in RELATIONS
            if len(belongs) == 1 and not taken and (trade or not dull):
                self._learn((key,), min(belongs))
        for ways in self._ways.values():
            ways.sort(key=lambda way: -len(way[0]))

    def _learn(self, keys: tuple[str, ...], name: str) -> None:
        if keys:
            self._ways.setdefault(keys[0], []).append((keys, name))

    def find(self, text: str) -> Iterator[Mention]:
        """All mentions in the text, in order, none inside another."""
        words = [_Word(*_possessive(hit[0]), hit.start(), hit.end()) for hit in WORD.finditer(text)]
        place = 0
        while place < len(words):
            name, taken = self._at(words, place)
            if not name:
                place += 1
                continue
            while self._goes_on(words, place + taken, text):
                taken += 1
            last = words[place + taken - 1]
            after = words[place + taken].key if place + taken < len(words) else ""
            yield Mention(name, words[place].start, last.end, last.owns and after not in BODY_PARTS)
            place += taken

    def names_in(self, text: str) -> tuple[str, ...]:
        """Who is there in the text, in order; the owners of things only if nobody else is."""
        found = list(self.find(text))
        there = [one.name for one in found if not one.owned] or [one.name for one in found]
        return tuple(dict.fromkeys(there))

    def _at(self, words: Sequence[_Word], place: int) -> tuple[str, int]:
        for way, name in self._ways.get(words[place].key, ()):
            run = words[place : place + len(way)]
            if tuple(word.key for word in run) == way and _meant(words, place, len(way)):
                return name, len(way)
        return "", 0

    def _goes_on(self, words: Sequence[_Word], place: int, text: str) -> bool:
        """Whether the next word is a surname of the one before: `ZACKY` goes on in `ZACKY PRICE`."""
        if place >= len(words) or words[place - 1].owns:
            return False
        word, between = words[place], text[words[place - 1].end : words[place].start]
        return between == " " and word.text[:1].isupper() and word.key in self._ways


def _meant(words: Sequence[_Word], place: int, length: int) -> bool:
    """Whether words that spell a name are meant as one.

    A role in small letters is, after `the` or with its adjective; a relation never is, for it may
    be anyone's; a name that is also a verb is not when a question begins with it.
    """
    run = words[place : place + length]
    capital = all(word.text[:1].isupper() or not word.text[:1].isalpha() for word in run)
    if not capital:
        if not all(word.key in ROLES or word.key.isdigit() for word in run):
            return False
        before = words[place - 1].key if place else ""
        return not (length == 1 and (run[0].key in RELATIONS or before != "the"))
    following = words[place + length].key if place + length < len(words) else ""
    asks = length == 1 and run[0].key in VERBAL and following in ASKING
    return not (asks and not run[0].text.isupper())


def _keys(name: str) -> tuple[str, ...]:
    """A name's words as they are compared: without article, possessive marks and final dots."""
    keys = [_possessive(hit[0])[0].casefold() for hit in WORD.finditer(name)]
    return tuple(keys[1:] if len(keys) > 1 and keys[0] in ARTICLES else keys)


def _possessive(word: str) -> tuple[str, bool]:
    for mark in ("'s", "’s", "'S", "’S"):
        if word.endswith(mark):
            return word[:-2], True
    return word.rstrip("."), False
