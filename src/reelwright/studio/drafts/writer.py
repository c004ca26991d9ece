"""The writer: an outline first, then its scenes in Fountain, each piece checked by our own reader."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reelwright.film.screenplay.elements import ElementType, Screenplay
from reelwright.film.screenplay.fountain import read_fountain, write_fountain
from reelwright.film.screenplay.fountain.title_page import write_title_page
from reelwright.generation.routes.route import Route
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Principal
from reelwright.ground.progress import Progress, Silent
from reelwright.providers.errors import UnusableError
from reelwright.providers.prompts import Message, TextRequest
from reelwright.studio.asking import Bill, Errand, Pens
from reelwright.studio.drafts.outlines import (
    Outline,
    PlannedScene,
    about_outline,
    about_scenes,
    outline_faults,
)
from reelwright.studio.drafts.prose import cut_prose
from reelwright.studio.drafts.structured import is_structured, structured_to_fountain

RULES = "rules"
LARGEST = 2_000_000
"""Characters; a long novel has about a million."""
_SCENES_AT_ONCE = 4
_MOST_GOING_ON = 2
_STAGE = "draft"
_END = re.compile(r"\s*\[\[\s*end\s*\]\]\s*$", re.IGNORECASE)
_FENCE = re.compile(r"^```[a-z]*\s*$\n?", re.MULTILINE)
_GO_ON = "You broke off. Go on exactly where you stopped, repeat nothing, and end with [[end]]."
_MEND = "That is not yet a screenplay our reader understands: {faults}. Write these scenes once more, whole."
BY_RULES = (
    "No model has written this, for there is no key of one: lines with INT. or EXT. became scenes, "
    "lines like `Name: words` speeches, all else action."
)


class NoScreenplayError(UnusableError):
    """What the model wrote, twice, is no screenplay."""

    code = "no_screenplay"


@dataclass(frozen=True, slots=True)
class Draft:
    """A screenplay in Fountain, who wrote it (`rules`, or models' ids), and what it took."""

    fountain: str
    title: str
    scenes: int
    speeches: int
    by: str = RULES
    bill: Bill = field(default_factory=Bill)
    warnings: tuple[str, ...] = ()


class ScriptWriter:
    """Writes first drafts."""

    def __init__(self, pens: Pens) -> None:
        self._pens = pens

    async def write(
        self,
        who: Principal,
        text: str,
        *,
        title: str = "",
        language: str | None = None,
        route: Route | None = None,
        project_id: ProjectId | None = None,
        take: int = 0,
        progress: Progress | None = None,
    ) -> Draft:
        """A screenplay of an idea or of prose (plain text or Markdown).

        One call for the outline of each part of the prose, then one for every four scenes; what was
        asked before, word for word, costs nothing. Raises KeyNeededError without a key, unless no
        `route` is named and the text has scene headings: then the rules make Fountain of it. Raises
        NoScreenplayError when a model writes none, asked twice.
        """
        if not text.strip() or len(text) > LARGEST or "\0" in text:
            raise InvalidInputError(
                "this is no idea and no prose", way_out=f"give text of 1 to {LARGEST:,} characters"
            )
        if route is None and is_structured(text) and not await self._pens.any_for(who):
            fountain = structured_to_fountain(text)
            return _draft(fountain, title, RULES, Bill(), (BY_RULES,))
        way_out = (
            "give it with scene headings (INT. KITCHEN - NIGHT): the rules make a script of that"
        )
        await self._pens.need(who, "writing a script", way_out)
        errand = Errand(who, route or Route(), Bill(), project_id, take)
        return await _Desk(self._pens, errand, language, progress or Silent()).write(text, title)


@dataclass
class _Desk:
    """One draft under way."""

    pens: Pens
    errand: Errand
    language: str | None
    progress: Progress

    async def write(self, text: str, title: str) -> Draft:
        """All outlines, then all scenes."""
        parts = cut_prose(text)
        outline = Outline(title)
        self.progress.begin("outline", len(parts))
        for part in parts:
            request = about_outline(part, self.language, outline)
            written = await self.pens.write(
                self.errand, request, lambda one: outline_faults(one.data)
            )
            outline.take(written.data)
            self.progress.advance("outline")
        pieces = [
            (part, scenes[at : at + _SCENES_AT_ONCE])
            for part, scenes in zip(parts, outline.parts, strict=True)
            for at in range(0, len(scenes), _SCENES_AT_ONCE)
        ]
        if not pieces:
            raise NoScreenplayError("the model found no scene in it", way_out="tell it more")
        self.progress.begin(_STAGE, len(pieces))
        bodies = [await self._scenes(part, outline, scenes) for part, scenes in pieces]
        head = [("Title", (outline.title or "Untitled",))]
        head += [("Logline", (outline.logline,))] if outline.logline else []
        fountain = write_title_page(tuple(head)) + "\n".join(bodies)
        bill = self.errand.bill
        return _draft(fountain, outline.title, ", ".join(bill.models), bill, ())

    async def _scenes(self, part: str, outline: Outline, scenes: Sequence[PlannedScene]) -> str:
        """Some scenes in Fountain; asked for once more when our reader finds no scenes in them."""
        request = about_scenes(part, self.language, outline, scenes)
        text = await self._whole(request)
        faults = scene_faults(text, scenes)
        if faults:
            words = _MEND.format(faults="; ".join(faults))
            again = (*request.messages, Message("assistant", text or "-"), Message("user", words))
            text = await self._whole(replace(request, messages=again))
            faults = scene_faults(text, scenes)
        if faults:
            raise NoScreenplayError(
                f"the model has written no screenplay: {'; '.join(faults)}",
                way_out="name another model; what was written is found again, and costs nothing",
            )
        self.progress.advance(_STAGE, note=scenes[0].heading)
        return _clean(text)

    async def _whole(self, request: TextRequest) -> str:
        """A text up to its end mark; one that was cut off is gone on with."""
        text = (await self.pens.write(self.errand, request, lambda _: ())).text
        for _ in range(_MOST_GOING_ON):
            if _END.search(_FENCE.sub("", text)):
                break
            going = (*request.messages, Message("assistant", text), Message("user", _GO_ON))
            more = await self.pens.write(
                self.errand, replace(request, messages=going), lambda _: ()
            )
            text += more.text
        return text


def scene_faults(text: str, scenes: Sequence[PlannedScene]) -> list[str]:
    """What our reader misses in a piece: scenes, speeches, an end."""
    body = _FENCE.sub("", text)
    kinds = [one.type for one in read_fountain(_END.sub("\n", body)).elements]
    headings = kinds.count(ElementType.SCENE_HEADING)
    faults = []
    if headings < len(scenes):
        faults.append(f"it has {headings} scene headings, and {len(scenes)} were asked for")
    if any(one.speech for one in scenes) and ElementType.DIALOGUE not in kinds:
        faults.append("nobody speaks: a cue is a name in capitals on a line above the words")
    if not _END.search(body):
        faults.append("it breaks off before [[end]]")
    return faults


def _clean(text: str) -> str:
    """A piece without fences, title page and end mark."""
    read = read_fountain(_END.sub("\n", _FENCE.sub("", text)).strip() + "\n")
    first = next(
        (at for at, one in enumerate(read.elements) if one.type is ElementType.SCENE_HEADING), 0
    )
    return write_fountain(Screenplay(read.elements[first:]))


def _draft(fountain: str, title: str, by: str, bill: Bill, warnings: tuple[str, ...]) -> Draft:
    read = read_fountain(fountain)
    kinds = [one.type for one in read.elements]
    scenes, speeches = (
        kinds.count(one) for one in (ElementType.SCENE_HEADING, ElementType.CHARACTER)
    )
    called = read.title() or title or "Untitled"
    if title and read.title() is None:
        fountain = write_title_page((("Title", (title,)),)) + fountain
    return Draft(fountain, called, scenes, speeches, by, bill, warnings)
