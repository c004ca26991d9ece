"""Turns to speak, taken apart into shots: the speaker, the listener, who takes it in."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reelwright.film.breakdown import measures
from reelwright.film.breakdown.acting import heat, read_delivery
from reelwright.film.breakdown.beats import Beat
from reelwright.film.breakdown.company import Company
from reelwright.film.breakdown.framings import Role
from reelwright.film.breakdown.model import Speech
from reelwright.film.breakdown.parts import Part
from reelwright.film.breakdown.people import is_throng, is_unseen
from reelwright.film.breakdown.sentences import split_sentences

SPEAKER_S, LISTENER_S = 8.0, 4.0
REACTION_S = 1.5
HOT = 0.85
REACTED_WORDS = 6
ANSWERED = frozenset((Role.LINE, Role.FIRST_LINE, Role.APART_LINE))
THRONG = 12
MATTERS = (
    "i love you", "i killed", "marry me", "i'm leaving", "i am leaving", "is dead", "'s dead", "it's over",
    "goodbye", "i'm pregnant", "i'm dying", "i know what you did", "i'm your father", "i'm your mother",
    "you lied", "i lied", "forgive me", "i'm sorry", "don't go", "it was me", "i remember",
)  # fmt: skip


INTO_MACHINE = re.compile(
    r"\b(?:in|on)(?:to)? (?:(?:the|his|her|a) )?(?:tele)?(?:phone|receiver|radio|intercom|mic\w*|mirror|camera|recorder)\b"
)
VOICE_OVER = re.compile(r"^V\.?\s?O\b|\bVOICE[- ]?OVER|\bNARRAT")


def split_turn(beat: Beat, company: Company, place: int, *, first: bool) -> list[Part]:
    """Shots of one turn; `place` is the beat's in its scene, `first` says that nobody spoke before it."""
    unseen = all(is_unseen(one.extension) for one in beat.speeches)
    people = tuple(dict.fromkeys(n for one in beat.speeches for n in company.who(one.character)))
    if unseen:
        thinker = people if _thought(beat.speeches) and company.alone(people) else ()
        people = company.listener(people) or thinker
    company.enter(people)
    partner = _partner(beat.speeches, people, company, place)
    people = company.together(people)
    apart = partner is not None and len(company.together((people[0], partner))) == 1
    role = _role(people, partner, unseen=unseen, apart=apart, first=first)
    throng = any(is_throng(one.character) for one in beat.speeches)
    whole = Part(role, "", people=people, partner=partner, unseen=unseen, crowd=THRONG * throng)
    parts = [_take(whole, number, take) for number, take in enumerate(_takes(beat.speeches))]
    if partner and role in ANSWERED and _matters(beat.speeches[-1]):
        parts.append(_reaction(whole, partner, "r"))
    return parts


def _partner(
    speeches: Sequence[Speech], people: Sequence[str], company: Company, place: int
) -> str | None:
    """Whom the first of the people speaks or listens to in this place; nobody if it is a machine."""
    how = " ".join(one.parenthetical or "" for one in speeches)
    partner = company.addressee(people[0], place, how) if people else None
    company.watch((), "")
    here = partner is None or company.together((people[0], partner))[1:]
    return None if here and INTO_MACHINE.search(how) else partner


def _thought(speeches: Sequence[Speech]) -> bool:
    """Whether the words are a voice over the picture, and not a voice from elsewhere."""
    return all(VOICE_OVER.search((one.extension or "").upper()) for one in speeches)


def _take(whole: Part, number: int, speeches: tuple[Speech, ...]) -> Part:
    """One take of a turn. Every second one is on the listener, if there is one."""
    part = replace(
        whole,
        mark=str(number),
        speeches=speeches,
        seconds=measures.seconds(_length(speeches) + measures.BREATH_S),
        heat=max(heat(one.text, one.parenthetical) for one in speeches),
    )
    if number % 2 and whole.partner and whole.role in ANSWERED:
        listener = _reaction(whole, whole.partner, part.mark)
        return replace(listener, speeches=speeches, seconds=part.seconds)
    return part


def _reaction(whole: Part, partner: str, mark: str) -> Part:
    return Part(Role.REACT, mark, people=(partner,), partner=whole.people[0], seconds=REACTION_S)


def _role(
    people: Sequence[str], partner: str | None, *, unseen: bool, apart: bool, first: bool
) -> Role:
    if not people:
        return Role.PLACE
    if unseen:
        return Role.LISTEN
    if len(people) > 1:
        return Role.SHARED_LINE
    if partner is None:
        return Role.LONE_LINE
    if apart:
        return Role.APART_LINE
    return Role.FIRST_LINE if first else Role.LINE


def _matters(speech: Speech) -> bool:
    """Whether the listener's face is worth more than the next line."""
    low = speech.text.lower().replace("’", "'")
    if any(words in low for words in MATTERS):
        return True
    grave = read_delivery(speech.text, speech.parenthetical).expression != "laughter"
    hot = heat(speech.text, speech.parenthetical) >= HOT
    return hot and grave and measures.count_words(speech.text) >= REACTED_WORDS


def _length(speeches: Sequence[Speech]) -> float:
    times = [measures.speech_seconds(one.text) for one in speeches]
    return max(times) if any(one.dual for one in speeches) else sum(times)


def _takes(speeches: Sequence[Speech]) -> list[tuple[Speech, ...]]:
    """A long turn cut at its sentences, long takes and short ones in turn; a short turn is one take."""
    if _length(speeches) <= measures.LONGEST_SPEECH_S or any(one.dual for one in speeches):
        return [tuple(speeches)]
    takes: list[list[Speech]] = [[]]
    filled = 0.0
    left = _length(speeches)
    for piece in (piece for speech in speeches for piece in _pieces(speech)):
        length = measures.speech_seconds(piece.text)
        wanted = LISTENER_S if len(takes) % 2 == 0 else SPEAKER_S
        if takes[-1] and filled + length / 2 > wanted and left > LISTENER_S / 2:
            takes.append([])
            filled = 0.0
        _append(takes[-1], piece)
        filled += length
        left -= length
    return [tuple(take) for take in takes]


def _pieces(speech: Speech) -> list[Speech]:
    """A speech by sentences; all but the first continue it."""
    texts = split_sentences(speech.text) or [speech.text]
    return [replace(speech, text=text, continues=place > 0) for place, text in enumerate(texts)]


def _append(take: list[Speech], piece: Speech) -> None:
    if piece.continues and take:
        take[-1] = replace(take[-1], text=take[-1].text + piece.text)
    else:
        take.append(piece)
