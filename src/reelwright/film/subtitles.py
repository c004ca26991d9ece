"""What is said, as subtitles: two lines of 42 characters, in step with the voice, long enough to read."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reelwright.film.dialogue import Line
from reelwright.film.screenplay.emphasis import plain
from reelwright.film.timeline import Rate, Subtitle

WIDTH = 42
READABLE = 17
"""Characters a second that anybody can read."""
SHORTEST_S = 1.0
GAP_S = 2 / 24
UNSEEN = re.compile(r"\b(V[./]?\s*O|VOICE|PHONE|RADIO|TV|FILTERED)\b", re.IGNORECASE)
NOTE = re.compile(r"\[\[.*?\]\]", re.DOTALL)
LONGEST_WORD = 38
PARTS = re.compile(r"(?:[!-~]{1,38}|.)[、。，！？…」』）]?")
SENTENCE_END, CLAUSE_END = re.compile(r"[.!?…。！？]['\"”’)]*$"), re.compile(r"[,;:—–、，-]$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a piece of text that can be broken after; `start` is its first frame in the film."""

    text: str
    start: int
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A subtitle on its way: when it is called for, and when its words are over, in frames."""

    start: int
    end: int
    lines: tuple[str, ...]
    character: str
    italic: bool = False


def subtitle(lines: Iterable[Line], film: int, rate: Rate) -> tuple[Subtitle, ...]:
    """Subtitles for all lines of a film of so many frames, in order; none overlaps another.

    A line is split where its sentences and clauses end; each part appears with its first word
    (as the voice gives it, else in proportion) and stays long enough to read, if the next allows.
    """
    cards: list[Card] = []
    waiting = [line for line in lines if readable(line.speech.text)]
    for index, line in enumerate(waiting):
        follower = waiting[index + 1] if index + 1 < len(waiting) else None
        if line.joined and index and waiting[index - 1].shot_id == line.shot_id:
            continue
        if follower and follower.joined and follower.shot_id == line.shot_id:
            cards += _together(line, follower)
        else:
            cards += _alone(line, rate)
    return _timed(cards, film, rate)


def readable(text: str) -> str:
    """Dialogue as it is read: no emphasis marks, no notes, single spaces."""
    return " ".join(plain(NOTE.sub("", text)).split())


def width(text: str) -> int:
    """How many columns a text takes: wide East Asian signs count two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def _alone(line: Line, rate: Rate) -> list[Card]:
    italic = bool(UNSEEN.search(line.speech.extension or ""))
    pages = _pages(_words(line, rate))
    starts = [page[0].start for page in pages] + [line.end]
    return [
        Card(start, max(end, start + 1), _break(page), line.speech.character, italic)
        for page, (start, end) in zip(pages, pairwise(starts), strict=True)
    ]


def _together(one: Line, other: Line) -> list[Card]:
    """Two who speak at once: a dashed line each, shown in step with the longer of the two."""
    columns = [_rows(_cut(readable(line.speech.text)), WIDTH - 2) for line in (one, other)]
    count = max(len(column) for column in columns)
    start, end = one.start, max(one.end, other.end)
    names = f"{one.speech.character} & {other.speech.character}"
    return [
        Card(
            start + (end - start) * row // count,
            start + (end - start) * (row + 1) // count,
            tuple(f"- {column[row]}" for column in columns if row < len(column)),
            names,
        )
        for row in range(count)
    ]


def _timed(cards: Sequence[Card], film: int, rate: Rate) -> tuple[Subtitle, ...]:
    """Give each card time to be read, up to the next one or the end of the film."""
    shown = []
    for index, card in enumerate(cards):
        limit = cards[index + 1].start if index + 1 < len(cards) else film
        signs = sum(len(line) for line in card.lines)
        wanted = card.start + rate.frames(max(SHORTEST_S, signs / READABLE))
        gap = rate.frames(GAP_S) if index + 1 < len(cards) else 0
        end = min(max(card.end, wanted), max(limit - gap, card.start + 1), limit)
        if end > card.start:
            span = rate.seconds(card.start), rate.seconds(end)
            shown.append(Subtitle(*span, card.lines, card.character, card.italic))
    return tuple(shown)


def _words(line: Line, rate: Rate) -> list[Word]:
    """The words of a line with their first frames: as the voice tells them, else in proportion."""
    pieces = _cut(readable(line.speech.text))
    total = sum(len(text) for text, _ in pieces) or 1
    told = list(line.spoken.words) if line.spoken else []
    words: list[Word] = []
    signs = 0
    for text, glued in pieces:
        before = words[-1].start if words else line.start
        heard = None if glued else _hear(text, told)
        if heard is not None:
            start = line.start + min(rate.frames(heard), line.frames - 1)
        else:
            start = before if told else line.start + line.frames * signs // total
        words.append(Word(text, max(start, before), glued))
        signs += len(text)
    return words


def _hear(text: str, told: list[tuple[float, str]]) -> float | None:
    """When a written word begins; what the voice said up to it is taken off `told`.

    A voice may say one written word as several, or several as one, so we look a little ahead.
    """
    letters = _letters(text)
    for index, (seconds, word) in enumerate(told[:3]):
        if _letters(word) and letters.startswith(_letters(word)):
            del told[: index + 1]
            return seconds
    return None


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _cut(text: str) -> list[tuple[str, bool]]:
    """Cut a text where it may be broken: at spaces, between wide signs, in words too long for a line.

    The flag says that a piece is glued to the one before it, without a space.
    """
    pieces: list[tuple[str, bool]] = []
    for word in text.split():
        breakable = len(word) > LONGEST_WORD or width(word) > len(word)
        parts = PARTS.findall(word) if breakable else [word]
        pieces += [(part, index > 0) for index, part in enumerate(parts)]
    return pieces


def _pages(words: Sequence[Word]) -> list[Sequence[Word]]:
    """Split words into subtitles that hold two lines each, at the best end within reach."""
    pages = []
    while words:
        count = _fit(words)
        if count < len(words):
            count = _best_end(words, count)
        pages.append(words[:count])
        words = words[count:]
    return pages


def _fit(words: Sequence[Word]) -> int:
    """How many of the words two lines hold; at least one."""
    row, column = 1, 0
    for count, word in enumerate(words):
        size = width(word.text)
        needed = column + (column > 0 and not word.glued) + size
        if column and needed > WIDTH:
            row, needed = row + 1, size
            if row > 2:
                return count
        column = needed
    return len(words)


def _best_end(words: Sequence[Word], count: int) -> int:
    """The last end of a sentence, else of a clause, if it is not too near the beginning."""
    for ending in (SENTENCE_END, CLAUSE_END):
        for place in range(count, count // 3, -1):
            if ending.search(words[place - 1].text):
                return place
    # Not a last word alone on a subtitle of its own.
    return count - 2 if len(words) - count < 2 < count - 2 else count


def _break(page: Sequence[Word]) -> tuple[str, ...]:
    """One line if it fits, else two of about equal length, the break after a clause where it can be."""
    pieces = _pieces(page)
    whole = _join(pieces)
    if width(whole) <= WIDTH:
        return (whole,)
    choices = []
    for place in range(1, len(pieces)):
        top, bottom = _join(pieces[:place]), _join(pieces[place:])
        if max(width(top), width(bottom)) <= WIDTH:
            ends = CLAUSE_END.search(top) or SENTENCE_END.search(top)
            choices.append((abs(width(top) - width(bottom)) - 12 * bool(ends), place, top, bottom))
    return min(choices)[2:] if choices else tuple(_rows(pieces, WIDTH))


def _rows(pieces: Sequence[tuple[str, bool]], limit: int) -> list[str]:
    """Fill lines of at most `limit` columns, one after the other."""
    rows: list[str] = []
    for text, glued in pieces:
        longer = rows[-1] + ("" if glued else " ") + text if rows else text
        if rows and width(longer) <= limit:
            rows[-1] = longer
        else:
            rows.append(text)
    return rows


def _pieces(words: Sequence[Word]) -> list[tuple[str, bool]]:
    return [(word.text, word.glued) for word in words]


def _join(pieces: Sequence[tuple[str, bool]]) -> str:
    return "".join(text if glued else f" {text}" for text, glued in pieces).lstrip()
