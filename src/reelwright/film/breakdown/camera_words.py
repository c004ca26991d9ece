"""Camera words in a script, and what they ask for."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from reelwright.film.breakdown.model import Angle, Move, ShotKind, Size

Named = TypeVar("Named", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Order:
    """What the script asks of the camera; None leaves the choice to coverage.

    `pair` asks for two people in frame. `rest` is the text after the camera words, `whose` the
    owner of a point of view.
    """

    size: Size | None = None
    angle: Angle | None = None
    move: Move | None = None
    kind: ShotKind | None = None
    pair: bool = False
    rest: str = ""
    whose: str = ""

    def __bool__(self) -> bool:
        return any((self.size, self.angle, self.move, self.kind, self.pair))


SIZES = (
    (Size.EXTREME_CLOSE, r"EXTREME(?:LY)? CLOSE[\s-]?(?:UP)?S?|E\.?C\.?U\.?|X\.?C\.?U\.?|MACRO|ULTRA CLOSE"),
    (Size.EXTREME_WIDE, r"EXTREME WIDE|EXTREME LONG|E\.?W\.?S\.?|AERIAL(?: VIEW| SHOT)?|DRONE SHOT|BIRD'?S[ -]EYE|HELICOPTER SHOT"),
    (Size.MEDIUM_CLOSE, r"MEDIUM CLOSE(?:[\s-]UP)?|M\.?C\.?U\.?"),
    (Size.CLOSE, r"CLOSER?(?:[\s-]?UPS?(?: SHOT)?(?: ON| OF)?| SHOT(?: ON| OF)?| ON| OF|(?=\s*(?:[-–:.,]|$)))|TIGHT(?:ER)? ON|TIGHT SHOT|C\.U\.|C/U|CU ON"),
    (Size.INSERT, r"INSERTS?(?: SHOT)?|DETAIL(?: OF| ON)"),
    (Size.FULL, r"FULL SHOT|FULL ON"),
    (Size.MEDIUM, r"MEDIUM(?: SHOT)?(?: ON)?|MED\.? SHOT|TWO[\s-]SHOT|2[\s-]SHOT|COWBOY SHOT|SPLIT SCREEN"),
    (Size.WIDE, r"WIDE(?:R|N)?(?: SHOT| ANGLE| ON)?|LONG SHOT|MASTER SHOT|ESTABLISH(?:ING)?(?: SHOT)?|THREE[\s-]SHOT|GROUP SHOT|FROM A DISTANCE"),
)  # fmt: skip
ANGLES = (
    (Angle.OVER_SHOULDER, r"OVER[\s-](?:THE[\s-])?(?:\w+'?S?[\s-])?SHOULDER|O\.?T\.?S\.?"),
    (Angle.POV, r"P\.?O\.?V\.?|POINT OF VIEW|SUBJECTIVE(?: CAMERA)?|THROUGH (?:HIS|HER|THEIR|THE) (?:EYES|BINOCULARS|SCOPE|VIEWFINDER)"),
    (Angle.OVERHEAD, r"OVERHEAD(?: SHOT| VIEW| ON)?|TOP SHOT|GOD'?S[ -]EYE|BIRD'?S[ -]EYE|FROM (?:DIRECTLY )?ABOVE"),
    (Angle.LOW, r"LOW[\s-]ANGLE|WORM'?S[ -]EYE|FROM BELOW"),
    (Angle.HIGH, r"HIGH[\s-]ANGLE|AERIAL(?: VIEW| SHOT)?|CRANE SHOT|LOOKING DOWN ON"),
    (Angle.DUTCH, r"DUTCH(?: ANGLE| TILT)?|CANTED ANGLE|TILTED FRAME"),
)  # fmt: skip
MOVES = (
    (Move.PAN_LEFT, r"PANS? LEFT"),
    (Move.PAN_RIGHT, r"(?:WHIP[\s-])?PAN(?:S|NING)?(?: RIGHT| TO| ACROSS| OVER)?"),
    (Move.TILT_DOWN, r"TILT(?:S|ING)? DOWN"),
    (Move.TILT_UP, r"TILT(?:S|ING)?(?: UP)?"),
    (Move.CRANE_DOWN, r"CRAN(?:E|ES|ING) DOWN|BOOM DOWN|DESCEND(?:ING)? SHOT"),
    (Move.CRANE_UP, r"CRAN(?:E|ES|ING)(?: UP| SHOT)?|BOOM UP|AERIAL(?: VIEW| SHOT)?|DRONE SHOT|HELICOPTER SHOT"),
    (Move.PULL_OUT, r"PULL(?:S|ING)?[\s-](?:BACK|OUT|AWAY)|ZOOM(?:S|ING)?[\s-]OUT|DOLLY(?:ING)?[\s-](?:BACK|OUT)|WIDEN(?:S|ING)?|REVERSE ZOOM"),
    (Move.PUSH_IN, r"PUSH(?:ES|ING)?[\s-](?:IN|TO|CLOSER)|ZOOM(?:S|ING)?(?:[\s-](?:IN|TO|INTO|ON))?|DOLLY(?:ING)?(?:[\s-](?:IN|TO|TOWARDS?|SHOT|ON))?|MOV(?:E|ES|ING) IN(?: ON)?|MOVING CLOSER|CREEP(?:S|ING)? IN"),
    (Move.TRACK_LEFT, r"TRACK(?:S|ING)? LEFT"),
    (Move.TRACK_RIGHT, r"TRACKING(?: SHOT)?|TRACKS?(?: RIGHT| WITH| ALONG| ACROSS)|TRUCK(?:S|ING)? (?:LEFT|RIGHT|SHOT)|FOLLOWING SHOT|STEADICAM|MOVING SHOT|TRAVELL?ING SHOT"),
    (Move.HANDHELD, r"HAND[\s-]?HELD|SHAKY CAM(?:ERA)?"),
)  # fmt: skip
KINDS = (
    (ShotKind.INSERT, r"INSERTS?(?: SHOT)?|DETAIL(?: OF| ON)"),
    (ShotKind.POV, r"P\.?O\.?V\.?|POINT OF VIEW|SUBJECTIVE(?: CAMERA)?"),
    (ShotKind.ESTABLISH, r"ESTABLISH(?:ING)?(?: SHOT)?|MASTER SHOT"),
    (ShotKind.REACTION, r"REACTION(?: SHOT)?(?: OF| ON)?"),
    (ShotKind.ACTION, r"ANGLE ON|ANOTHER ANGLE|NEW ANGLE|REVERSE(?: ANGLE| SHOT| ON)?|FAVO[U]?RING|BACK TO(?: SCENE)?|ON"),
)  # fmt: skip
PAIR = re.compile(r"\b(?:TWO|2)[\s-]SHOT\b|\bSPLIT SCREEN\b")
ALL_WORDS = "|".join(words for table in (SIZES, ANGLES, MOVES, KINDS[:-1]) for _, words in table)
NEW_VIEW = r"ANGLE ON|ANOTHER ANGLE|NEW ANGLE|REVERSE(?: ANGLE| SHOT| ON)?|FAVOU?RING"
ANYWHERE = re.compile(rf"(?<![\w'’.])(?:{ALL_WORDS}|{NEW_VIEW})(?![\w'’])")
HEAD = re.compile(
    rf"^[\s.(]*(?:(?P<whose>[^\W\d_][^.:,\n]{{0,30}}?)['’]S?\s+)?(?:THE CAMERA\s+|CAMERA\s+|WE\s+|SLOW(?:LY)?\s+)*"
    rf"(?P<words>(?:(?:{ALL_WORDS}|{NEW_VIEW}|(?:AND|ON|OF|THE|SLOW|FAST|QUICK|SHOT|ANGLE|VIEW)\b)[\s,/:;.–—-]*)+)",
)
SPOKEN = re.compile(
    r"\b(?:the\s+)?(?:camera|we|shot)\s+(?:\w+ly\s+)?(?:begins? to\s+|starts? to\s+|keeps?\s+)?"
    r"(?P<verb>push(?:es)?\s+in|pulls?\s+(?:back|out|away)|pans?(?:\s+left|\s+right)?|tracks?|follows?|tilts?(?:\s+up|\s+down)?"
    r"|cranes?(?:\s+up|\s+down)?|doll(?:y|ies)(?:\s+in|\s+back|\s+out)?|zooms?(?:\s+in|\s+out)?|circles?|drifts?|glides?|rises?"
    r"|moves?\s+in|closes?\s+in|widens?)\b",
    re.IGNORECASE,
)
SPOKEN_MOVES = (
    ("push", Move.PUSH_IN), ("moves in", Move.PUSH_IN), ("move in", Move.PUSH_IN),
    ("close", Move.PUSH_IN), ("pull", Move.PULL_OUT), ("widen", Move.PULL_OUT),
    ("pan left", Move.PAN_LEFT), ("pans left", Move.PAN_LEFT), ("pan", Move.PAN_RIGHT),
    ("tilts down", Move.TILT_DOWN), ("tilt down", Move.TILT_DOWN), ("tilt", Move.TILT_UP),
    ("cranes down", Move.CRANE_DOWN), ("crane down", Move.CRANE_DOWN), ("crane", Move.CRANE_UP),
    ("rise", Move.CRANE_UP), ("zooms out", Move.PULL_OUT), ("zoom out", Move.PULL_OUT),
    ("zoom", Move.PUSH_IN), ("dolly back", Move.PULL_OUT), ("dolly out", Move.PULL_OUT),
    ("doll", Move.PUSH_IN), ("", Move.TRACK_RIGHT),
)  # fmt: skip
TITLES = re.compile(
    r"^\s*(?:TITLE(?: CARD| OVER)?S?|MAIN TITLES?|INTERTITLE|CARD)\s*:\s*", re.IGNORECASE
)


def _table(rows: tuple) -> re.Pattern[str]:
    return re.compile(
        "|".join(rf"(?P<{value.name}>(?<![\w'’.])(?:{words})(?![\w'’]))" for value, words in rows)
    )


SIZE, ANGLE, MOVE, KIND = _table(SIZES), _table(ANGLES), _table(MOVES), _table(KINDS[:-1])
NOTHING = Order()
LONGEST_ORDER = 60
ON_SOMEBODY = re.compile(r"^(?:BACK )?ON [A-Z]")


def read_order(text: str) -> Order:
    """Camera words of one sentence: in capitals anywhere, spelled out at its head, or `the camera pans`."""
    upper = text.upper()
    head = HEAD.match(upper)
    if on := ON_SOMEBODY.match(text):
        return Order(kind=ShotKind.ACTION, rest=text[on.end() - 1 :])
    called = bool(ANYWHERE.search(text)) or (bool(head) and _stands_alone(text, head))
    spoken = SPOKEN.search(text)
    if not called and not spoken:
        return NOTHING
    source = text if ANYWHERE.search(text) else (head["words"] if head and called else "")
    move = _named(MOVE, source, Move) or (_spoken(spoken["verb"]) if spoken else None)
    rest = text[head.end() :].strip(" :-–—.") if head and called else text
    return Order(
        size=_named(SIZE, source, Size),
        angle=_named(ANGLE, source, Angle),
        move=move,
        kind=_named(KIND, source, ShotKind) or (ShotKind.ACTION if called else None),
        pair=bool(PAIR.search(source)),
        rest=rest,
        whose=(head["whose"] or "") if head else "",
    )


def is_camera_line(text: str) -> bool:
    """Whether a heading, a cue or a line is about the camera alone: `CLOSE ON THE KEY`, `MARA'S POV`."""
    if text != text.upper() or len(text) > LONGEST_ORDER:
        return False
    return bool(ON_SOMEBODY.match(text)) or bool(HEAD.match(text) and ANYWHERE.search(text))


def _stands_alone(text: str, head: re.Match[str]) -> bool:
    """Camera words in small letters count at a sentence's head only when they look like an order."""
    words = text[: head.end()].strip()
    return bool(re.match(r"(?:Close|Angle|Tight|Wide|Insert|Extreme|Reverse)\b(?: \w+)? on\b|(?:Insert|POV)\b", words))  # fmt: skip


def _named(table: re.Pattern[str], text: str, values: type[Named]) -> Named | None:
    found = table.search(text)
    return values[found.lastgroup] if found and found.lastgroup else None


def _spoken(verb: str) -> Move:
    low = " ".join(verb.lower().split())
    return next(move for start, move in SPOKEN_MOVES if low.startswith(start))
