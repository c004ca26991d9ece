"""Paragraphs of action, taken apart into shots."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace

from reelwright.film.breakdown import measures
from reelwright.film.breakdown.beats import Beat
from reelwright.film.breakdown.camera_words import read_order
from reelwright.film.breakdown.company import GIVES, Company
from reelwright.film.breakdown.framings import Role
from reelwright.film.breakdown.model import Angle, Size
from reelwright.film.breakdown.parts import Part, action_role
from reelwright.film.breakdown.sentences import literal, split_clauses, split_sentences
from reelwright.film.breakdown.things import Found, count_crowd, find_things, is_small

CLAUSE_WORDS = 22
SETTLED_S = 3.4
SHORT_WORDS = 5
INSERT_S = 1.5
SUBJECT_WORDS = 3
BODY = re.compile(
    r"^(?:his|her|[A-Z]\w+['’]s) (?:\w+ )?(?:hands?|eyes?|face|fingers?|lips|mouth|fists?)\b",
    re.IGNORECASE,
)
HANDLES = re.compile(
    r"\b(?:puts?|places|sets|lays|takes?|pulls?|draws|opens|holds?|hands|lifts|raises|picks|turns|offers|slides"
    r"|reads|unfolds|finds|drops|throws|points|aims|grabs|reaches|shows|uncovers|produces|removes|lights|looks at)\b"
)
DETAILS = frozenset((Size.INSERT, Size.CLOSE, Size.EXTREME_CLOSE))
PAUSE = re.compile(
    r"^\W*(?:(?:a|an|the|long|short|another|brief)\s+)*(?:beat|pause|silence|moment)\b(?:, then)?\W*",
    re.IGNORECASE,
)


def split_action(beat: Beat, company: Company, names: AbstractSet[str]) -> list[Part]:
    """Shots of a paragraph: one a sentence or a few, each about one subject."""
    parts: list[Part] = []
    for sentence in split_sentences(beat.text):
        for clause in split_clauses(sentence, CLAUSE_WORDS):
            part = _read(clause.strip(), company, names)
            company.enter(part.people)
            if parts and _belongs(parts[-1], part):
                parts[-1] = _join(parts[-1], part)
            else:
                parts.append(part)
            if part.people:
                company.leave(part.people[0], part.text)
    if parts:
        company.watch(parts[-1].people, parts[-1].text)
    for number, part in enumerate(parts):
        part.mark = str(number)
        part.seconds = measures.action_seconds(part.text)
    return [shot for part in parts for shot in _with_insert(part)]


def _read(text: str, company: Company, names: AbstractSet[str]) -> Part:
    """One sentence: whom and what it shows, and what it asks of the camera."""
    order = read_order(text)
    things = find_things(literal(text), names)
    people = company.read(order.rest if order and order.rest else text)
    if PAUSE.fullmatch(text) and not people:
        people = company.last_named()
    if order.angle is Angle.POV and order.whose:
        owners = company.read(order.whose.title())
        people = tuple(name for name in people if name not in owners)
    shown = tuple(thing for thing in things.shouted if order or is_small(thing))
    if order.size in DETAILS:
        first = " ".join(order.rest.split()[:SUBJECT_WORDS])
        subject = find_things(first, names).props
        people, shown = (() if subject else people), subject or shown or things.props
    role = action_role(people)
    if shown and not people and order.angle is None:
        role = Role.THING
        things = replace(things, props=_once((*shown, *things.props)))
    if role is Role.ONE and BODY.match(text):
        role = Role.DETAIL
    acts = literal(text) if people and company.does(text) else ""
    return Part(role, "", text, acts, people, order=order, things=things, crowd=count_crowd(text))


def _belongs(before: Part, part: Part) -> bool:
    """Whether a sentence goes on in the shot of the one before: too short for its own, or alike."""
    if part.order or part.role is Role.THING or (before.role is Role.THING and part.people):
        return False
    words, more = len(before.text.split()), len(part.text.split())
    if words + more > measures.LONGEST_ACTION_S * measures.ACTION_WORDS_A_SECOND:
        return False
    settled = words >= SETTLED_S * measures.ACTION_WORDS_A_SECOND
    answers = bool(part.people and GIVES.search(before.text) and not GIVES.search(part.text))
    alike = before.subject == part.subject or before.role is Role.THING or answers
    others = bool(before.people and part.people and not alike)
    return min(words, more) < SHORT_WORDS - others or (alike and not settled)


def _join(one: Part, other: Part) -> Part:
    people = _once((*one.people, *other.people))
    goes_on = not one.people or not other.people or one.subject == other.subject
    things = Found(
        props=_once((*one.things.props, *other.things.props)),
        sounds=_once((*one.things.sounds, *other.things.sounds)),
        shouted=_once((*one.things.shouted, *other.things.shouted)),
    )
    return replace(
        one,
        role=one.role if one.role is Role.THING and not people else action_role(people),
        text=f"{one.text} {other.text}",
        acts=f"{one.acts} {other.acts}".strip() if goes_on else one.acts,
        people=people,
        things=things,
        crowd=max(one.crowd, other.crowd),
    )


def _with_insert(part: Part) -> list[Part]:
    """A named thing that somebody handles alone is shown for itself, if there is time."""
    named = [thing for thing in part.things.shouted if is_small(thing)]
    handled = HANDLES.search(part.acts) and not GIVES.search(part.acts)
    if not named or not handled or part.order or part.seconds < 2 * INSERT_S:
        return [part]
    thing = Found((named[0],), (), ())
    insert = Part(Role.THING, f"{part.mark}i", named[0], things=thing, seconds=INSERT_S)
    return [replace(part, seconds=measures.seconds(part.seconds - INSERT_S)), insert]


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
