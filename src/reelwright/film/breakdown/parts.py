"""Beats taken apart into what will be shots: whom each shows, what for, and how long."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from reelwright.film.breakdown import measures
from reelwright.film.breakdown.acting import heat
from reelwright.film.breakdown.beats import Beat
from reelwright.film.breakdown.camera_words import NOTHING, Order, read_order
from reelwright.film.breakdown.company import Company
from reelwright.film.breakdown.framings import Role
from reelwright.film.breakdown.model import Angle, Size, Speech
from reelwright.film.breakdown.people import is_unseen
from reelwright.film.breakdown.sentences import split_clauses, split_sentences
from reelwright.film.breakdown.things import Found, count_crowd, find_things

EMPTY = Found((), (), ())
CLAUSE_WORDS = 22
SETTLED_S = 3.4
INSERT_S = 1.5
REACTION_S = 1.5
HOT = 0.85
MATTERS = (
    "i love you", "i killed", "marry me", "i'm leaving", "i am leaving", "is dead", "'s dead", "it's over",
    "goodbye", "i'm pregnant", "i'm dying", "i know what you did", "i'm your father", "i'm your mother",
    "you lied", "i lied", "forgive me", "i'm sorry", "don't go", "it was me", "i remember",
)  # fmt: skip


@dataclass(slots=True)
class Part:
    """One shot to be. `people` are in it, subject first; `mark` numbers it within its beat."""

    role: Role
    mark: str
    text: str = ""
    people: tuple[str, ...] = ()
    partner: str | None = None
    order: Order = NOTHING
    speeches: tuple[Speech, ...] = ()
    things: Found = EMPTY
    crowd: int = 0
    seconds: float = measures.SHORTEST_S
    heat: float = 0.0
    unseen: bool = False
    poses: dict[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """What two neighbouring shots must have in common to need different framings."""
        if self.role is Role.THING:
            return "#" + "".join(self.things.props[:1])
        return self.people[0] if self.people else ""


def split_action(beat: Beat, company: Company, names: AbstractSet[str]) -> list[Part]:
    """Shots of a paragraph of action: one a sentence or a few, each about one subject."""
    parts: list[Part] = []
    for sentence in split_sentences(beat.text):
        for clause in split_clauses(sentence, CLAUSE_WORDS):
            part = _read_clause(clause.strip(), company, names)
            company.enter(part.people)
            if parts and _belongs(parts[-1], part):
                parts[-1] = _join(parts[-1], part)
            else:
                parts.append(part)
            if part.people:
                company.leave(part.people[0], part.text)
    for number, part in enumerate(parts):
        part.mark = str(number)
        part.seconds = measures.action_seconds(part.text)
    return [shot for part in parts for shot in _with_insert(part)]


def _read_clause(text: str, company: Company, names: AbstractSet[str]) -> Part:
    order = read_order(text)
    things = find_things(text, names)
    people = company.read(order.rest if order and order.rest else text)
    if order.angle is Angle.POV and order.whose:
        owners = company.read(order.whose.title())
        people = tuple(name for name in people if name not in owners)
    role = Role.ONE if len(people) in {1, 2} else Role.SEVERAL if people else Role.PLACE
    shown = things.shouted or (
        things.props if order.size in {Size.INSERT, Size.CLOSE, Size.EXTREME_CLOSE} else ()
    )
    if not people and shown and order.angle is None:
        role, things = (
            Role.THING,
            replace(things, props=tuple(dict.fromkeys((*shown, *things.props)))),
        )
    return Part(role, "", text, people, order=order, things=things, crowd=count_crowd(text))


def _belongs(before: Part, part: Part) -> bool:
    """Whether a sentence goes on in the shot of the one before."""
    if part.order or (Role.THING in {before.role, part.role} and before.role is not part.role):
        return False
    length = len(f"{before.text} {part.text}".split()) / measures.ACTION_WORDS_A_SECOND
    if length > measures.LONGEST_ACTION_S:
        return False
    short = min(len(before.text.split()), len(part.text.split())) < 4
    same = before.subject == part.subject
    settled = len(before.text.split()) / measures.ACTION_WORDS_A_SECOND >= SETTLED_S
    return short or (same and not settled)


def _join(one: Part, other: Part) -> Part:
    people = tuple(dict.fromkeys((*one.people, *other.people)))
    things = Found(*(tuple(dict.fromkeys((*a, *b))) for a, b in (
        (one.things.props, other.things.props),
        (one.things.sounds, other.things.sounds),
        (one.things.shouted, other.things.shouted),
    )))  # fmt: skip
    role = one.role
    if role is not Role.THING or people:
        role = Role.ONE if len(people) in {1, 2} else Role.SEVERAL if people else Role.PLACE
    crowd = max(one.crowd, other.crowd)
    return replace(
        one, role=role, text=f"{one.text} {other.text}", people=people, things=things, crowd=crowd
    )


def _with_insert(part: Part) -> list[Part]:
    """A named thing that somebody handles is shown for itself, if there is time."""
    if (
        part.role is Role.THING
        or not part.things.shouted
        or part.seconds < 2 * INSERT_S
        or part.order
    ):
        return [part]
    thing = part.things.shouted[0]
    insert = Part(
        Role.THING, part.mark + "i", thing, things=Found((thing,), (), ()), seconds=INSERT_S
    )
    return [replace(part, seconds=measures.seconds(part.seconds - INSERT_S)), insert]


def split_speech(beat: Beat, company: Company, place: int, *, first: bool) -> list[Part]:
    """Shots of one turn to speak: the speaker, in long ones the listener too, and who takes it in."""
    unseen = all(is_unseen(one.character, one.extension) for one in beat.speeches)
    people = tuple(dict.fromkeys(n for one in beat.speeches for n in company.who(one.character)))
    if unseen:
        people = tuple(name for name in company.present if name not in people)[:1]
    company.enter(people)
    partner = company.partner(people[0], place) if people else None
    role = _line_role(people, partner, unseen=unseen, first=first)
    parts = []
    for number, speeches in enumerate(_takes(beat.speeches)):
        listening = number % 2 == 1 and role in {Role.LINE, Role.FIRST_LINE} and partner
        parts.append(
            Part(
                Role.REACT if listening else role,
                str(number),
                people=(partner, people[0]) if listening and partner else people,
                partner=people[0] if listening else partner,
                speeches=speeches,
                seconds=measures.seconds(_speaking_time(speeches) + measures.BREATH_S),
                heat=max(heat(one.text, one.parenthetical) for one in speeches),
                unseen=unseen,
            )
        )
    if partner and role in {Role.LINE, Role.FIRST_LINE} and _matters(beat):
        parts.append(
            Part(Role.REACT, "r", people=(partner,), partner=people[0], seconds=REACTION_S)
        )
    return parts


def _line_role(people: Sequence[str], partner: str | None, *, unseen: bool, first: bool) -> Role:
    if not people:
        return Role.PLACE
    if unseen:
        return Role.LISTEN
    if len(people) > 1:
        return Role.SHARED_LINE
    if partner is None:
        return Role.LONE_LINE
    return Role.FIRST_LINE if first else Role.LINE


def _matters(beat: Beat) -> bool:
    """Whether the listener's face is worth more than the next line."""
    last = beat.speeches[-1]
    low = last.text.lower().replace("’", "'")
    return heat(last.text, last.parenthetical) >= HOT or any(words in low for words in MATTERS)


def _speaking_time(speeches: Sequence[Speech]) -> float:
    times = [measures.speech_seconds(one.text) for one in speeches]
    return max(times) if any(one.dual for one in speeches) else sum(times)


def _takes(speeches: Sequence[Speech]) -> list[tuple[Speech, ...]]:
    """A long turn cut at its sentences into takes of at most about 12 s; a short one is one take."""
    total = _speaking_time(speeches)
    if total <= measures.LONGEST_SPEECH_S or any(one.dual for one in speeches):
        return [tuple(speeches)]
    wanted = total / -(-total // 9.0)
    takes: list[list[Speech]] = [[]]
    filled = 0.0
    for speech in speeches:
        for piece in _pieces(speech):
            length = measures.speech_seconds(piece.text)
            if takes[-1] and filled + length / 2 > wanted:
                takes.append([])
                filled = 0.0
            _append(takes[-1], piece)
            filled += length
    return [tuple(take) for take in takes]


def _pieces(speech: Speech) -> list[Speech]:
    """A speech by sentences; all but the first continue it, without its parenthetical."""
    texts = split_sentences(speech.text)
    return [
        replace(speech, text=text, continues=number > 0) for number, text in enumerate(texts)
    ] or [speech]


def _append(take: list[Speech], piece: Speech) -> None:
    if piece.continues and take:
        take[-1] = replace(take[-1], text=take[-1].text + piece.text)
    else:
        take.append(piece)
