"""Names as cues spell them, and people whom action brings in."""

import re
from collections.abc import Iterable, Iterator

EXTENSION = re.compile(r"\s*\([^)]*\)\s*|\s*\^\s*$")
TOGETHER = re.compile(r"\s*(?:&|\+|/|,|\bAND\b|\bET\b|\bUND\b)\s*")
CHORUS = frozenset(("ALL", "BOTH", "EVERYONE", "EVERYBODY", "TOGETHER", "THE OTHERS", "OTHERS"))
THRONG = re.compile(
    r"\b(?:CROWD|AUDIENCE|TOWNS?FOLK|TOWNSPEOPLE|VILLAGERS|PEOPLE|VOICES|CONGREGATION|MOB|CHOIR|CHORUS"
    r"|GUESTS|SOLDIERS|STUDENTS|CHILDREN|KIDS|WORKERS|PASSENGERS|REPORTERS|MEN|WOMEN|VARIOUS)\b"
)
VOICE_OF = re.compile(r"^(?:(?:THE )?VOICE OF (?P<of>.+)|(?P<whose>.+?)['’]S VOICE)$")
UNSEEN = re.compile(
    r"\bV\.?\s?O\b|\bVOICE|\bO\.?\s?S\b|\bO\.?\s?C\b|\bOFF\b|\bFILTER"
    r"|^(?!.*\bINTO\b).*(?:\bPHONE|\bRADIO|\bINTERCOM|\bTELEVISION|\bTV\b)"
)
RELATIONS = frozenset(
    "husband wife mother father mom dad mum sister brother son daughter grandmother grandfather "
    "grandma grandpa uncle aunt baby friend boss neighbor neighbour lover fiancé fiancée".split()
)
PERSON = RELATIONS | frozenset(
    "man woman boy girl child kid lady gentleman guy stranger officer cop policeman policewoman "
    "detective sergeant captain soldier guard nurse doctor surgeon priest nun monk waiter waitress "
    "bartender barman barmaid driver teacher student clerk cashier judge lawyer reporter king queen "
    "prince princess knight sailor fisherman farmer cook chef maid butler keeper porter conductor pilot "
    "secretary worker thief killer hunter mayor agent host hostess customer passenger postman mailman "
    "shopkeeper landlord landlady bouncer musician singer dancer emcee attendant principal clown".split()
)
ADJECTIVES = frozenset(
    "the a an first second third tall short thin fat little big blonde old young police security".split()
)
ROLES = PERSON | ADJECTIVES
INTRODUCTION = re.compile(
    r"(?<![\w'’])(?P<name>[^\W\d_a-z][^\W\d_a-z'’.-]+(?:\s+#?[^\W_a-z][^\W_a-z'’.-]*){0,3})"
    r"(?![\w'’])(?P<more>\s*\((?P<in>[^)]{1,80})\)|,\s*(?:an?\s|in\s|mid|late|early|\d)[^.;]{0,80})?"
)
AGE = re.compile(
    r"\b\d{1,2}(?:['’]?s)?\b|\b(?:teens?|twenties|thirties|forties|fifties|sixties|seventies|eighties)\b",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^(?:THE|AN?|TWO|THREE|FOUR|SEVERAL|SOME|BOTH)\s+")


def clean_name(cue: str) -> str:
    """A cue without its extensions, in one spelling: `John (V.O.)` is `JOHN`."""
    name = " ".join(EXTENSION.sub(" ", cue).upper().split()).strip(" :^")
    if voice := VOICE_OF.match(name):
        return voice["of"] or voice["whose"]
    return name or cue.strip().upper()


def is_unseen(extension: str | None) -> bool:
    """Whether a speaker is heard but not in frame: V.O., O.S., at the other end of a line."""
    return bool(UNSEEN.search((extension or "").upper()))


def is_voice(cue: str) -> bool:
    """Whether a cue names only a voice: `MARA'S VOICE`, `A DEEP VOICE`."""
    return bool(VOICE_OF.match(cue.upper())) or cue.upper().split()[-1:] == ["VOICE"]


def is_throng(name: str) -> bool:
    """Whether a cue stands for people nobody counts: `CROWD`, `VARIOUS TOWNSFOLK`."""
    return bool(THRONG.search(name))


def split_names(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The people of a cue such as `JOHN & MARY`; one name where it is not made of known ones."""
    parts = tuple(part for part in TOGETHER.split(name) if part)
    return parts if len(parts) > 1 and set(parts) <= set(known) else (name,)


def introductions(text: str) -> Iterator[str]:
    """Names of people brought in by capitals; things and sounds are left out.

    `THE KEEPER (70s), bearded` is one by an age; `a POLICE OFFICER` is one by its last word;
    `a RED PHONE` is none.
    """
    for hit in INTRODUCTION.finditer(text):
        name = ARTICLE.sub("", hit["name"].strip(" .'’-"))
        words = [word.casefold().strip("#") for word in name.split()]
        if not words or len(name) < 2:
            continue
        head = words[-2] if len(words) > 1 and words[-1].isdigit() else words[-1]
        relation = len(words) == 1 and head in RELATIONS
        aged = bool(AGE.search(hit["in"] or hit["more"] or ""))
        if aged or (head in PERSON and not relation):
            yield name
