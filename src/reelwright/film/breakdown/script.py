"""The whole breakdown: from a screenplay to scenes, shots, cast and places."""

from collections.abc import Iterable

from reelwright.film.breakdown import measures
from reelwright.film.breakdown.beats import gather
from reelwright.film.breakdown.cast import build_cast, find_cast, is_chorus
from reelwright.film.breakdown.company import Script
from reelwright.film.breakdown.ids import Namer
from reelwright.film.breakdown.language import guess_language
from reelwright.film.breakdown.model import Breakdown
from reelwright.film.breakdown.places import merge_places
from reelwright.film.breakdown.portraits import hear_sexes, portray
from reelwright.film.breakdown.roster import Roster
from reelwright.film.breakdown.scenes import SceneReader
from reelwright.film.casting import read_sex
from reelwright.film.screenplay.elements import ElementType, Screenplay
from reelwright.film.screenplay.emphasis import plain

LOGLINES = ("logline", "log line", "synopsis", "pitch")
AUTHORS = ("author", "authors", "writer", "written by")
NO_SCENES = "The script has no scene heading (INT. or EXT.), so all of it became one scene."
PROSE = (ElementType.ACTION, ElementType.DIALOGUE, ElementType.LYRICS)


def break_down(screenplay: Screenplay) -> Breakdown:
    """Break a screenplay down into scenes, shots, cast and places.

    The same screenplay gives the same breakdown on every machine. Nothing is refused: a script
    without scene headings becomes one scene, and `warnings` says so.
    """
    chapters = gather(screenplay.elements)
    names = find_cast(chapters)
    roster = Roster(name for name in names if not is_chorus(name, names))
    descriptions = portray(names, chapters, roster)
    heard = hear_sexes(chapters, roster)
    said = {name: read_sex(name, descriptions[name]) or heard.get(name) for name in names}
    sexes = {name: sex for name, sex in said.items() if sex}
    reader = SceneReader(Script(roster, frozenset(names), sexes, Namer()))
    scenes = tuple(reader.read(chapter) for chapter in chapters)
    lines = measures.count_lines(screenplay.elements)
    headless = not any(chapter.heading for chapter in chapters)
    return Breakdown(
        title=_said(screenplay, ("title",)),
        author=_said(screenplay, AUTHORS),
        logline=_said(screenplay, LOGLINES),
        pages=round(lines / measures.PAGE_LINES, 2),
        duration_s=round(sum(scene.duration_s for scene in scenes), 2),
        scenes=scenes,
        characters=build_cast(descriptions, sexes, chapters, scenes),
        locations=merge_places(scenes),
        language=guess_language(one.text for one in screenplay.elements if one.type in PROSE),
        warnings=(*screenplay.warnings, *((NO_SCENES,) if headless else ())),
    )


def _said(screenplay: Screenplay, keys: Iterable[str]) -> str | None:
    """What the title page says under the first of these keys, without emphasis marks."""
    return next((plain(text) for text in map(screenplay.title, keys) if text), None)
