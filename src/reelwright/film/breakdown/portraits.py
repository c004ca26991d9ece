"""What a script says of each one's looks, out of the paragraphs that bring them in."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reelwright.film.breakdown.beats import Beat, Chapter
from reelwright.film.breakdown.people import AGE
from reelwright.film.breakdown.roster import Mention, Roster
from reelwright.film.breakdown.sentences import split_sentences

OWNER = re.compile(r"\b(?:an?|the|his|her|their|my|our|its|with|and|as|by)\s+", re.IGNORECASE)
GOES_ON = re.compile(r"(?:He|She|His|Her|They)\b")
PRONOUN = re.compile(r"(He|His|She|Her)\b")
LEAD_WORDS = 6
MOST_SIGNS = 300


def portray(names: Sequence[str], chapters: Sequence[Chapter], roster: Roster) -> dict[str, str]:
    """A description of everyone, empty where the script says nothing.

    Somebody who is brought in again at another age keeps the one they have for the most lines.
    """
    sayings: dict[str, list[list]] = {name: [] for name in names}
    for chapter in chapters:
        for beat in chapter.beats:
            for speech in beat.speeches:
                if said := sayings.get(speech.character):
                    said[-1][1] += 1
            met: set[str] = set()
            for name, words in _portraits(beat.text, roster) if beat.role == "action" else ():
                if not sayings[name] or _is_aged(name, words):
                    sayings[name].append([words, 0])
                    met.add(name)
                elif name in met and GOES_ON.match(words):
                    sayings[name][-1][0] += f" {words}"
    return {name: _settled(said) for name, said in sayings.items()}


def hear_sexes(chapters: Sequence[Chapter], roster: Roster) -> dict[str, str]:
    """Men and women by pronoun: action that goes on with `He` is mostly about who spoke, or acted alone."""
    heard: dict[str, Counter[str]] = {}
    for chapter in chapters:
        for one, other in pairwise(chapter.beats):
            said = PRONOUN.match(other.text) if other.role == "action" else None
            meant = _last_alone(one, roster) if said else None
            if said and meant:
                sex = "man" if said[1] in {"He", "His"} else "woman"
                heard.setdefault(meant, Counter())[sex] += 1
    return {name: max(sorted(votes), key=votes.__getitem__) for name, votes in heard.items()}


def _last_alone(beat: Beat, roster: Roster) -> str | None:
    """Who a beat ends with, if it is one person."""
    if beat.speeches:
        return beat.speeches[-1].character
    people = roster.names_in(beat.text)
    return people[0] if len(people) == 1 else None


def _settled(said: Sequence[Sequence]) -> str:
    """The words that hold longest, followed by those of the first meeting."""
    if not said:
        return ""
    longest = max(said, key=lambda one: one[1])[0]
    first = said[0][0]
    return longest if longest == first else f"{longest} {AGE.sub('', first)}"


def _is_aged(name: str, words: str) -> bool:
    """Whether a later mention brings somebody in again: in capitals, with an age close by."""
    after = words.partition(name)[2] if name in words else ""
    return bool(AGE.search(after[:24]))


def _portraits(text: str, roster: Roster) -> Iterator[tuple[str, str]]:
    """Each person of a paragraph with the words around their name, up to the next person."""
    last: str | None = None
    for sentence in split_sentences(text):
        found = list(roster.find(sentence))
        if not found and last and GOES_ON.match(sentence):
            yield last, sentence.strip()
        for place, one in enumerate(found):
            before = found[place - 1].end if place else 0
            after = found[place + 1] if place + 1 < len(found) else None
            end = _lead(sentence, one.end, after) if after else len(sentence)
            words = sentence[_lead(sentence, before, one) : min(end, one.start + MOST_SIGNS)]
            if not one.owned:
                yield one.name, words.strip(" ,")
        if found:
            last = found[-1].name if len(found) == 1 else None


def _lead(sentence: str, start: int, mention: Mention) -> int:
    """Where the words that belong to a name begin: `red-headed ZACKY`, `a tall man named KARL`."""
    before = sentence[start : mention.start]
    few = before.split()[-LEAD_WORDS:]
    window = before.rfind(few[0]) if few else len(before)
    leads = [hit.end() for hit in OWNER.finditer(before, max(0, window))]
    if leads:
        return start + leads[-1]
    return start if start == 0 and len(before.split()) <= 2 else mention.start
