"""A screenplay gathered into scenes of beats: one paragraph of action, or one character's turn to speak."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reelwright.film.breakdown.camera_words import TITLES, is_camera_line
from reelwright.film.breakdown.intercuts import ENDED, IN_HEADING, read_intercut
from reelwright.film.breakdown.measures import bare
from reelwright.film.breakdown.model import Speech, Transition
from reelwright.film.breakdown.people import clean_name, is_voice
from reelwright.film.breakdown.transitions import is_transition_line, read_transition
from reelwright.film.screenplay.elements import Element, ElementType

CUT = Transition()
RETURNS = re.compile(
    r"^(?:BACK TO (?:SCENE|PRESENT)|END (?:OF )?(?:INSERT|MONTAGE|FLASHBACK|SERIES OF SHOTS))\W*$"
)
THE_END = re.compile(r"^\W*(?:THE )?END(?: OF (?:THE )?FILM)?\W*$", re.IGNORECASE)
SPOKEN = (ElementType.DIALOGUE, ElementType.LYRICS)


@dataclass(slots=True)
class Beat:
    """What one shot, or a few, will show. `role` is action, speech or title.

    Two roles show nothing: after `intercut` the scene plays in two places in turn, until `return`.
    """

    role: str
    text: str
    line: int
    transition: Transition = CUT
    speeches: list[Speech] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The words that name this beat's shots."""
        said = "\n".join(f"{one.character}: {one.text}" for one in self.speeches)
        return said or self.text


@dataclass(slots=True)
class Chapter:
    """A scene as written: its heading, its elements, its beats."""

    heading: str
    line: int
    number: str | None = None
    synopsis: str | None = None
    elements: list[Element] = field(default_factory=list)
    beats: list[Beat] = field(default_factory=list)

    @property
    def action(self) -> list[str]:
        """The paragraphs of action."""
        return [beat.text for beat in self.beats if beat.role == "action"]

    @property
    def speeches(self) -> list[Speech]:
        """All speeches, in order."""
        return [speech for beat in self.beats for speech in beat.speeches]


def gather(elements: Sequence[Element]) -> list[Chapter]:
    """Scenes in script order. What stands before the first heading belongs to the first scene.

    A script without a heading is one scene with an empty heading.
    """
    reader = _Gatherer()
    for element in elements:
        reader.take(element)
    return reader.finish()


class _Gatherer:
    """Takes elements one by one; knows who speaks and which transition waits for its shot."""

    def __init__(self) -> None:
        self.chapters = [Chapter("", 1)]
        self._cue: Element | None = None
        self._how: str | None = None
        self._turn: Beat | None = None
        self._waiting = CUT
        self._order: Element | None = None
        self._intercut: Beat | None = None

    def take(self, element: Element) -> None:
        kind = element.type
        if kind is ElementType.SCENE_HEADING and not _is_sub_heading(element):
            self._open(element)
            return
        self.chapters[-1].elements.append(element)
        if kind is ElementType.CHARACTER:
            self._cue, self._how, self._turn = element, None, None
        elif kind is ElementType.PARENTHETICAL and self._cue:
            self._how = bare(element.text).strip("() ")
        elif kind in SPOKEN and self._cue and not _is_order(self._cue.text):
            self._speak(element, self._cue)
        elif kind is ElementType.TRANSITION and read_intercut(bare(element.text)):
            self._show(element)
        elif kind is ElementType.TRANSITION:
            self._waiting = _stronger(self._waiting, read_transition(element.text))
        elif kind is ElementType.SYNOPSIS:
            self.chapters[-1].synopsis = self.chapters[-1].synopsis or bare(element.text) or None
        elif kind in {ElementType.ACTION, ElementType.CENTERED, ElementType.SCENE_HEADING, *SPOKEN}:
            self._show(element)

    def finish(self) -> list[Chapter]:
        self._obey_alone()
        beats = self.chapters[-1].beats
        if beats and beats[-1].role == "title" and THE_END.match(beats[-1].text):
            beats.pop()  # the film closes with a card of its own
        first, *others = self.chapters
        if others:
            others[0].beats[:0] = first.beats
            others[0].elements[:0] = first.elements
            return others
        return self.chapters

    def _open(self, element: Element) -> None:
        self._obey_alone()
        heading = bare(element.text)
        before = self.chapters[-1].beats
        # `INTERCUT WITH:` before a heading is about the scene it opens.
        self._intercut = before.pop() if before and before[-1].role == "intercut" else None
        self.chapters.append(Chapter(heading, element.line, element.scene_number))
        self.chapters[-1].elements.append(element)
        self._cue = self._turn = None
        if order := read_intercut(heading):
            self._cut_between(order[0], element)
        elif IN_HEADING.search(heading):
            self._intercut = Beat("intercut", IN_HEADING.sub("", heading), element.line)

    def _show(self, element: Element) -> None:
        text = bare(element.text)
        if self._cue and element.type in SPOKEN:
            # `CLOSE ON THE KEY` over a line of text looks like a cue to every reader but a person.
            text = f"{bare(self._cue.text)}: {text}"
        self._cue = self._turn = None
        if order := read_intercut(text):
            self._cut_between(order[0], element)
            text = order[1]
        if ENDED.match(text):
            self.chapters[-1].beats.append(Beat("return", "", element.line))
        elif is_transition_line(text):
            self._waiting = _stronger(self._waiting, read_transition(text))
        elif RETURNS.match(text):
            self._obey_alone()
        elif is_camera_line(text):
            self._keep_order(element)
        elif text:
            text = f"{self._given_order()}{text}"
            card = element.type is ElementType.CENTERED or TITLES.match(text)
            role = "title" if card else "action"
            if words := TITLES.sub("", text):
                self._add(Beat(role, words, element.line))

    def _cut_between(self, words: str, element: Element) -> None:
        self._obey_alone()
        self._intercut = None
        self.chapters[-1].beats.append(Beat("intercut", words, element.line))

    def _keep_order(self, element: Element) -> None:
        """A line for the camera alone asks for the shot that follows it."""
        self._obey_alone()
        self._order = element

    def _given_order(self) -> str:
        order, self._order = self._order, None
        return f"{bare(order.text).rstrip(':. ')}: " if order else ""

    def _obey_alone(self) -> None:
        """An order that no action follows is a shot of its own."""
        if self._order:
            order, self._order = self._order, None
            self._add(Beat("action", bare(order.text), order.line))

    def _speak(self, element: Element, cue: Element) -> None:
        name = clean_name(cue.name or cue.text)
        extension = cue.extension or ("V.O." if is_voice(cue.name or cue.text) else None)
        speech = Speech(name, element.text, element.line, extension, self._how, cue.dual)
        self._how = None
        beats = self.chapters[-1].beats
        if self._turn is None and cue.dual and beats and beats[-1].speeches:
            self._turn = beats[-1]
        if self._turn is None:
            self._obey_alone()
            self._turn = Beat("speech", "", cue.line)
            self._add(self._turn)
        self._turn.speeches.append(speech)

    def _add(self, beat: Beat) -> None:
        if beat.role == "speech" and self._intercut:
            # The action that opens a scene shows who is there before it is cut with another.
            self.chapters[-1].beats.append(self._intercut)
            self._intercut = None
        beat.transition, self._waiting = self._waiting, CUT
        self.chapters[-1].beats.append(beat)


def _is_sub_heading(element: Element) -> bool:
    return is_camera_line(bare(element.text))


def _is_order(cue: str) -> bool:
    """Whether what stands over a line of text is no name, though it looks like a cue."""
    return is_camera_line(cue) or bool(read_intercut(cue))


def _stronger(one: Transition, other: Transition) -> Transition:
    """Of two transitions in a row (`FADE OUT.` `FADE IN:`) the first that is more than a cut."""
    return other if one.kind == "cut" else one


def spoken_names(chapters: Iterable[Chapter]) -> list[str]:
    """Everyone who has a cue, in order of the first."""
    return list(dict.fromkeys(one.character for scene in chapters for one in scene.speeches))
