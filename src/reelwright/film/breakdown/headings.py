"""A scene heading taken apart: inside or outside, where, and when."""

import re
from dataclasses import dataclass

from reelwright.film.breakdown.model import Setting, TimeOfDay

PREFIX = re.compile(
    r"^\s*(?P<prefix>"
    r"INT\s*[./]+\s*EXT|EXT\s*[./]+\s*INT|I\s*/\s*E|E\s*/\s*I|INTERIOR\s*/\s*EXTERIOR"
    r"|INTERIOR|EXTERIOR|INTÉRIEUR|EXTÉRIEUR|INNEN\s*/\s*AU(?:SS|ß)EN|INNEN|AU(?:SS|ß)EN"
    r"|INTERNO|ESTERNO|INT|EXT|EST)(?:[.:]|\s|$)+",
    re.IGNORECASE,
)
OUTSIDE = ("EXT", "AU", "EST")
FRINGE = re.compile(r"\s+[-–—]+\s+|\s*[–—]\s*|\s*--\s*")

TIMES: dict[str, TimeOfDay] = {
    "dawn": TimeOfDay.DAWN,
    "sunrise": TimeOfDay.DAWN,
    "daybreak": TimeOfDay.DAWN,
    "first light": TimeOfDay.DAWN,
    "aube": TimeOfDay.DAWN,
    "morgengrauen": TimeOfDay.DAWN,
    "amanecer": TimeOfDay.DAWN,
    "alba": TimeOfDay.DAWN,
    "morning": TimeOfDay.MORNING,
    "breakfast": TimeOfDay.MORNING,
    "matin": TimeOfDay.MORNING,
    "morgen": TimeOfDay.MORNING,
    "mañana": TimeOfDay.MORNING,
    "mattina": TimeOfDay.MORNING,
    "mattino": TimeOfDay.MORNING,
    "day": TimeOfDay.DAY,
    "noon": TimeOfDay.DAY,
    "midday": TimeOfDay.DAY,
    "afternoon": TimeOfDay.DAY,
    "daytime": TimeOfDay.DAY,
    "lunch": TimeOfDay.DAY,
    "jour": TimeOfDay.DAY,
    "journée": TimeOfDay.DAY,
    "tag": TimeOfDay.DAY,
    "mittag": TimeOfDay.DAY,
    "nachmittag": TimeOfDay.DAY,
    "día": TimeOfDay.DAY,
    "dia": TimeOfDay.DAY,
    "tarde": TimeOfDay.DAY,
    "giorno": TimeOfDay.DAY,
    "golden": TimeOfDay.GOLDEN,
    "golden hour": TimeOfDay.GOLDEN,
    "magic hour": TimeOfDay.GOLDEN,
    "late afternoon": TimeOfDay.GOLDEN,
    "sunset": TimeOfDay.GOLDEN,
    "sundown": TimeOfDay.GOLDEN,
    "coucher de soleil": TimeOfDay.GOLDEN,
    "sonnenuntergang": TimeOfDay.GOLDEN,
    "tramonto": TimeOfDay.GOLDEN,
    "dusk": TimeOfDay.DUSK,
    "twilight": TimeOfDay.DUSK,
    "evening": TimeOfDay.DUSK,
    "nightfall": TimeOfDay.DUSK,
    "crépuscule": TimeOfDay.DUSK,
    "soir": TimeOfDay.DUSK,
    "abend": TimeOfDay.DUSK,
    "dämmerung": TimeOfDay.DUSK,
    "atardecer": TimeOfDay.DUSK,
    "anochecer": TimeOfDay.DUSK,
    "sera": TimeOfDay.DUSK,
    "night": TimeOfDay.NIGHT,
    "midnight": TimeOfDay.NIGHT,
    "late": TimeOfDay.NIGHT,
    "nuit": TimeOfDay.NIGHT,
    "nacht": TimeOfDay.NIGHT,
    "noche": TimeOfDay.NIGHT,
    "notte": TimeOfDay.NIGHT,
    "noite": TimeOfDay.NIGHT,
}
AMBIGUOUS = frozenset(("golden", "late", "lunch", "breakfast"))
FOLLOWING = (
    "continuous", "continued", "cont'd", "later", "same", "same time", "moments later",
    "simultaneous", "a moment later", "minutes later", "moments before", "seconds later",
    "hours later", "meanwhile", "immediate", "immediately after", "that moment",
)  # fmt: skip
SETTLED = (TimeOfDay.DAY, TimeOfDay.NIGHT)
TIME = re.compile(
    r"(?<!\w)(" + "|".join(sorted(map(re.escape, TIMES), key=len, reverse=True)) + r")(?!\w)"
)
FOLLOWS = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, FOLLOWING)) + r")(?!\w)")
CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-4])(?:[:.]([0-5]\d))?\s*([ap])\.?m\.?(?!\w)")
OPEN_AIR = re.compile(
    r"\b(street|road|field|forest|wood|beach|sea|ocean|park|garden|mountain|desert|sky|rooftop|alley"
    r"|harbou?r|river|lake|yard|cliff|village|bridge|highway|graveyard|cemetery|farm|outside)s?\b"
)
BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's parts. `time` is None where the heading names none or follows the scene before."""

    text: str
    setting: Setting
    location: str
    time: TimeOfDay | None
    follows: bool

    @property
    def key(self) -> str:
        """The heading in one spelling."""
        return " ".join(self.text.upper().split())


def read_heading(text: str) -> Heading:
    """Read `INT. LIGHTHOUSE - LAMP ROOM - NIGHT`; any text is a heading, if a plain one."""
    match = PREFIX.match(text)
    rest = text[match.end() :] if match else text
    pieces = [piece.strip(" .") for piece in FRINGE.split(rest) if piece.strip(" .")]
    time, follows = None, False
    while len(pieces) > 1 and _says_when(pieces[-1]):
        time = _time_in(pieces[-1]) or time
        follows = follows or bool(FOLLOWS.search(pieces[-1].lower()))
        pieces.pop()
    time, follows, pieces = _after_comma(pieces, time, follows=follows)
    if time is None and match and (bare := TIME.search(rest.lower())):
        time = None if bare[1] in AMBIGUOUS else TIMES[bare[1]]
    # A heading without INT. or EXT., as `BACK INSIDE`, goes on where the last one was.
    follows = follows or (match is None and time is None)
    location = BRACKETS.sub(" ", " - ".join(pieces)).strip(" -–—,.") or rest.strip() or "SOMEWHERE"
    return Heading(text, _setting(match, rest), " ".join(location.upper().split()), time, follows)


def _after_comma(
    pieces: list[str], time: TimeOfDay | None, *, follows: bool
) -> tuple[TimeOfDay | None, bool, list[str]]:
    """Some write `INT. HALL, LATER THAT NIGHT`: the last piece after a comma may be the time."""
    place, comma, when = pieces[-1].rpartition(",") if pieces else ("", "", "")
    if not comma or not place.strip() or not _says_when(when):
        return time, follows, pieces
    follows = follows or bool(FOLLOWS.search(when.lower()))
    return _time_in(when) or time, follows, [*pieces[:-1], place.strip()]


def _setting(match: re.Match[str] | None, rest: str) -> Setting:
    if not match:
        return Setting.EXT if OPEN_AIR.search(rest.lower()) else Setting.INT
    prefix = match["prefix"].upper()
    if "/" in prefix or re.match(r"(INT|EXT)\W+(EXT|INT)", prefix):
        return Setting.INT_EXT
    return Setting.EXT if prefix.startswith(OUTSIDE) or prefix.startswith("EXT") else Setting.INT


def _says_when(piece: str) -> bool:
    """Whether a piece is about time: mostly time words, as `NIGHT`, `LATER THAT NIGHT`, `8:15 PM`."""
    low = piece.lower()
    if FOLLOWS.search(low) or CLOCK.search(low):
        return True
    found = TIME.search(low)
    return bool(found) and len(low.split()) <= len(found[1].split()) + 3 and "'s" not in low


def _time_in(piece: str) -> TimeOfDay | None:
    low = piece.lower()
    if found := TIME.search(low):
        # `LATER` holds the word `late` only for a reader in a hurry: words are matched whole.
        return TIMES[found[1]]
    if clock := CLOCK.search(low):
        hour = int(clock[1]) % 12 + (12 if clock[3] == "p" else 0)
        return _hour(hour)
    return None


def _hour(hour: int) -> TimeOfDay:
    borders = ((5, TimeOfDay.NIGHT), (7, TimeOfDay.DAWN), (11, TimeOfDay.MORNING))
    later = ((17, TimeOfDay.DAY), (19, TimeOfDay.GOLDEN), (21, TimeOfDay.DUSK))
    return next((time for end, time in (*borders, *later) if hour < end), TimeOfDay.NIGHT)
