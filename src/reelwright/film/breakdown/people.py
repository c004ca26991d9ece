"""Who is in the film: names from cues and introductions, and where a text names them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

EXTENSION = re.compile(r"\s*\([^)]*\)\s*|\s*\^\s*$")
TOGETHER = re.compile(r"\s*(?:&|\+|/|,|\bAND\b|\bET\b|\bUND\b)\s*")
CHORUS = frozenset(("ALL", "BOTH", "EVERYONE", "EVERYBODY", "TOGETHER", "THE OTHERS", "OTHERS"))
VOICE_OF = re.compile(r"^(?:(?:THE )?VOICE OF (?P<of>.+)|(?P<whose>.+?)['’]S VOICE)$")
UNSEEN = re.compile(
    r"\bV\.?\s?O\b|\bVOICE|\bO\.?\s?S\b|\bO\.?\s?C\b|\bOFF\b|\bFILTER|\bPHONE|\bRADIO"
)
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
BODY = (
    "arm back body breath cheek chest ear eye eyes eyelid face feet fingers finger fist foot gaze hair "
    "hand hands head heart knees leg legs lips mouth shoulder shoulders smile tears thumb voice"
)
BODY_PARTS = frozenset(BODY.split())
ROLES = frozenset(
    "man woman boy girl child kid baby lady gentleman guy stranger husband wife mother father mom dad "
    "sister brother son daughter grandmother grandfather grandma grandpa uncle aunt old young officer "
    "cop policeman policewoman detective sergeant captain soldier guard nurse doctor surgeon priest "
    "nun monk waiter waitress bartender barman barmaid driver teacher student clerk cashier judge "
    "lawyer reporter king queen prince princess knight sailor fisherman farmer cook chef maid butler "
    "keeper porter conductor pilot secretary boss worker thief killer hunter mayor agent host hostess "
    "neighbor neighbour customer passenger postman mailman shopkeeper landlord landlady bouncer "
    "musician singer dancer the a first second third tall short thin fat little big blonde "
    "police security".split()
)
PERSON = frozenset(ROLES - set("the a first second third tall short thin fat little big blonde old "
    "young police security".split()))  # fmt: skip
NO_NAMES = frozenset(
    "will may june april august grace hope faith joy mark bill rich rob rose art dawn sky summer "
    "autumn king queen dean grant chase hunter page pat drew sue guy jack ray van".split()
)
INTRODUCTION = re.compile(
    r"(?<![\w'’])(?P<name>[^\W\d_a-z][^\W\d_a-z'’.-]+(?:\s+#?[^\W_a-z][^\W_a-z'’.-]*){0,3})"
    r"(?P<more>\s*\((?P<in>[^)]{1,80})\)|,\s*(?:an?\s|in\s|mid|late|early|\d)[^.;]{2,80})?"
)
AGE = re.compile(
    r"\b\d{1,2}(?:['’]?s)?\b|\b(?:teens?|twenties|thirties|forties|fifties|sixties|seventies|eighties)\b",
    re.IGNORECASE,
)


def clean_name(cue: str) -> str:
    """A cue without its extensions, in one spelling: `John (V.O.)` is `JOHN`."""
    name = " ".join(EXTENSION.sub(" ", cue).upper().split()).strip(" :^")
    if voice := VOICE_OF.match(name):
        return voice["of"] or voice["whose"]
    return name or cue.strip().upper()


def is_unseen(cue: str, extension: str | None) -> bool:
    """Whether a speaker is heard but not in frame: V.O., O.S., on the telephone."""
    return bool(UNSEEN.search((extension or "").upper())) or bool(VOICE_OF.match(cue.upper()))


def split_names(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The people of a cue such as `JOHN & MARY`; one name where it is not made of known ones."""
    parts = tuple(part for part in TOGETHER.split(name) if part)
    return parts if len(parts) > 1 and set(parts) <= set(known) else (name,)


@dataclass(frozen=True, slots=True)
class Mention:
    """A character named in a text, at a sign; `owned` says that only a thing of theirs is there."""

    name: str
    start: int
    end: int
    owned: bool = False


class Roster:
    """Finds the cast in a text, in time that grows with the text and not with the cast.

    A name counts in capitals and with a capital letter (`MARA`, `Mara`); a part of it when it
    belongs to no other (`Vance` of `MARA VANCE`); a role also in small letters (`the waiter`).
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._ways: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        names = sorted(names)
        for name in names:
            self._learn(name.split(), name)
        whole = {name.casefold() for name in names}
        owners: dict[str, set[str]] = {}
        for name in names:
            for word in name.split() if " " in name else ():
                owners.setdefault(word, set()).add(name)
        for word, belongs in owners.items():
            plain = word.casefold().strip(".#")
            dull = plain in ROLES or plain in whole or len(plain) < 3 or not plain.isalpha()
            if len(belongs) == 1 and not dull:
                self._learn([word], min(belongs))

    def _learn(self, words: list[str], name: str) -> None:
        key = tuple(word.casefold().strip(".") for word in words)
        self._ways.setdefault(key[0], []).append((key, name))
        self._ways[key[0]].sort(key=lambda way: -len(way[0]))

    def find(self, text: str) -> Iterator[Mention]:
        """All mentions in the text, in order, none inside another."""
        words = [(hit, *_possessive(hit[0])) for hit in WORD.finditer(text)]
        place = 0
        while place < len(words):
            hit, word, owns = words[place]
            taken = 1
            for way, name in self._ways.get(word.casefold(), ()):
                run = words[place : place + len(way)]
                plain = tuple(one[1].casefold() for one in run)
                if plain == way and self._meant([one[1] for one in run], text, hit.start()):
                    taken = len(way)
                    owns = run[-1][2]
                    after = words[place + taken][1] if place + taken < len(words) else ""
                    owned = owns and after.casefold() not in BODY_PARTS
                    yield Mention(name, hit.start(), run[-1][0].end(), owned)
                    break
            place += taken

    def names_in(self, text: str) -> tuple[str, ...]:
        """Who is there in the text, in order; the owners of things only if nobody else is."""
        found = list(self.find(text))
        there = [one.name for one in found if not one.owned] or [one.name for one in found]
        return tuple(dict.fromkeys(there))

    @staticmethod
    def _meant(words: list[str], text: str, start: int) -> bool:
        """Whether words that spell a name are meant as one."""
        low = [word.casefold() for word in words]
        if all(word in ROLES or word.isdigit() for word in low):
            return True
        if not all(word[:1].isupper() or not word[:1].isalpha() for word in words):
            return False
        opening = start == 0 or text[:start].rstrip()[-1:] in ".!?\"'"
        common = len(words) == 1 and low[0] in NO_NAMES and not words[0].isupper()
        return not (common and opening)


def _possessive(word: str) -> tuple[str, bool]:
    for mark in ("'s", "’s", "'S", "’S"):
        if word.endswith(mark):
            return word[:-2], True
    return word.rstrip("."), False


def introductions(text: str) -> Iterator[tuple[str, str]]:
    """People brought in by capitals: (name, what is said of them); things and sounds are left out.

    `THE KEEPER (70s), bearded` is one; `a POLICE OFFICER` is one by its last word; `a RED PHONE` is none.
    """
    for hit in INTRODUCTION.finditer(text):
        name = re.sub(r"^(?:THE|AN?|TWO|THREE|SEVERAL)\s+", "", hit["name"].strip(" .'’-"))
        more = hit["in"] or hit["more"] or ""
        words = name.split()
        aged = bool(AGE.search(more))
        role = bool(words) and words[-1].casefold().strip("#") in PERSON
        numbered = len(words) > 1 and words[-1].strip("#").isdigit()
        role = role or (numbered and words[-2].casefold() in PERSON)
        if words and len(name) > 1 and (aged or role):
            yield name, " ".join(more.strip(" ,").split())
