"""What the camera does in a shot: what the script says, what the verbs ask for, else mostly nothing."""

import re
from collections.abc import Sequence

from reelwright.film.breakdown.framings import Role
from reelwright.film.breakdown.model import InFrame, Move
from reelwright.film.breakdown.parts import Part
from reelwright.film.breakdown.sentences import literal
from reelwright.ground.digests import draw

PANIC = re.compile(
    r"\b(panic\w*|chas\w+|frantic\w*|stampede|riot|explo\w+|attack\w*|struggl\w+|fights?|flees?|chaos|sprint\w*)\b",
    re.IGNORECASE,
)
DECISION = re.compile(
    r"\b(decid\w+|realiz\w+|realis\w+|notic\w+|stares?|sees|understands|recogni\w+|remembers?|discovers?|looks up|"
    r"freezes|makes up (?:his|her) mind|takes a (?:deep )?breath|hesitat\w*|listens|reads)\b",
    re.IGNORECASE,
)
LONELY = re.compile(
    r"\b(alone|lonel\w+|empty|abandoned|deserted|leaves|left behind|walks? away|gone|silence|nobody|no one)\b",
    re.IGNORECASE,
)
RISING = re.compile(
    r"\b(rises?|towers?|looms?|climbs?|tall|sky|stars|lifts off|soars?)\b", re.IGNORECASE
)
FALLING = re.compile(r"\b(falls?|descends?|drops?|sinks?|down the stairs)\b", re.IGNORECASE)
WIDE_WAYS = (
    Move.PUSH_IN,
    Move.PAN_RIGHT,
    Move.CRANE_UP,
    Move.PAN_LEFT,
    Move.STATIC,
    Move.CRANE_DOWN,
)
ROOM_WAYS = (
    Move.PUSH_IN,
    Move.PAN_RIGHT,
    Move.STATIC,
    Move.PAN_LEFT,
    Move.TRACK_RIGHT,
    Move.STATIC,
)
SPOKEN = frozenset(
    (
        Role.LINE,
        Role.FIRST_LINE,
        Role.LONE_LINE,
        Role.APART_LINE,
        Role.SHARED_LINE,
        Role.LISTEN,
    )
)
HOT = 0.7
LONG_S = 6.0


def choose_move(part: Part, shot_id: str, people: Sequence[InFrame], *, outside: bool) -> Move:
    """The move of one shot, from its own words and its own name alone."""
    if part.order.move:
        return part.order.move
    chance = draw("move", shot_id)
    if part.role is Role.TITLE:
        return Move.STATIC
    if part.role in SPOKEN and part.speeches:
        return _in_dialogue(part, people, chance)
    if moved := _by_words(part, people):
        return moved
    if part.role in {Role.OPEN, Role.OPEN_WORLD}:
        ways = WIDE_WAYS if outside else ROOM_WAYS
        return ways[chance % len(ways)]
    if part.role in {Role.THING, Role.REACT}:
        return Move.PUSH_IN if chance % 3 == 0 else Move.STATIC
    return (Move.STATIC, Move.PUSH_IN, Move.STATIC, Move.PAN_RIGHT, Move.STATIC, Move.PAN_LEFT)[
        chance % 6
    ]


def _in_dialogue(part: Part, people: Sequence[InFrame], chance: int) -> Move:
    """Half of what is said is said to a camera that holds still; heat and length bring it closer."""
    feeling = people[0].acting.expression if people else "neutral"
    if part.heat >= HOT and feeling in {"fear", "anger"} and chance % 3 == 0:
        return Move.HANDHELD
    if part.heat >= HOT or part.seconds >= LONG_S:
        return Move.PUSH_IN
    if feeling in {"sadness", "tears"}:
        return Move.PULL_OUT
    return Move.PUSH_IN if chance % 4 == 0 else Move.STATIC


def _by_words(part: Part, people: Sequence[InFrame]) -> Move | None:
    pose = people[0].acting.pose if people else ""
    text = literal(part.text)
    if PANIC.search(text):
        return Move.HANDHELD
    if pose in {"walk", "run"}:
        return Move.TRACK_RIGHT if people[0].facing > 0 else Move.TRACK_LEFT
    for words, move in (
        (DECISION, Move.PUSH_IN),
        (LONELY, Move.PULL_OUT),
        (RISING, Move.TILT_UP),
        (FALLING, Move.TILT_DOWN),
    ):
        if words.search(text):
            return move
    return None
