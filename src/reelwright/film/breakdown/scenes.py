"""Scenes: what a heading, the weather, the words and the shots of one come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reelwright.film.breakdown import measures
from reelwright.film.breakdown.beats import Chapter
from reelwright.film.breakdown.company import Script
from reelwright.film.breakdown.headings import Heading, read_heading
from reelwright.film.breakdown.ids import fingerprint
from reelwright.film.breakdown.intercuts import Stage
from reelwright.film.breakdown.model import Scene, Setting, Shot, TimeOfDay, Weather
from reelwright.film.breakdown.mood import read_mood, read_weather
from reelwright.film.breakdown.places import describe_place
from reelwright.film.breakdown.shots import Crew

UNNAMED = Heading("", Setting.INT, "SOMEWHERE", None, follows=False)


@dataclass(frozen=True, slots=True)
class Hour:
    """The light and the sky that a scene hands on to the next, if that one goes on in time."""

    time: TimeOfDay = TimeOfDay.DAY
    weather: Weather = Weather.CLEAR


class SceneReader:
    """Makes scenes one after the other; light and weather carry over where headings say so."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._hour = Hour()
        self._stages: list[Stage] = []
        self._count = 0

    def read(self, chapter: Chapter) -> Scene:
        """The next scene of the script."""
        self._count += 1
        heading = read_heading(chapter.heading) if chapter.heading else UNNAMED
        self._hour = self._look_up(heading, chapter)
        number = chapter.number or str(self._count)
        speaking = tuple(dict.fromkeys(one.character for one in chapter.speeches))
        mark = fingerprint(chapter.action, speaking)
        crew = Crew(chapter, heading, mark, self._script, self._stages)
        shots = crew.shoot()
        scene_id = self._script.namer.scene(heading.key, mark)
        if crew.stage:
            seen = _once(n for shot in shots if not shot.place for n in shot.characters)
            self._stages.append(replace(crew.stage, scene_id=scene_id, people=seen))
        return Scene(
            id=scene_id,
            number=number,
            heading=chapter.heading,
            setting=heading.setting,
            location=heading.location,
            time_of_day=self._hour.time,
            weather=self._hour.weather,
            mood=read_mood(chapter.heading, chapter.action, self._hour.time),
            page_eighths=measures.eighths(measures.count_lines(chapter.elements)),
            duration_s=round(sum(shot.duration_s for shot in shots), 2),
            characters=_once((*speaking, *(n for shot in shots for n in shot.characters))),
            speaking=speaking,
            props=_once(prop for shot in shots for prop in shot.props),
            sounds=_once(sound for shot in shots for sound in shot.sounds),
            shots=_numbered(shots, scene_id, number),
            synopsis=chapter.synopsis,
            line=chapter.line,
            place_words=describe_place(heading.location, shots),
        )

    def _look_up(self, heading: Heading, chapter: Chapter) -> Hour:
        """Time and weather: named here, else handed on by `CONTINUOUS` and its like, else plain day."""
        before = self._hour if heading.follows else Hour()
        time = heading.time or before.time
        weather = read_weather(chapter.heading, chapter.action) or before.weather
        return Hour(time, weather)


def _numbered(shots: Sequence[Shot], scene_id: str, number: str) -> tuple[Shot, ...]:
    """Shots with their scene and numbers: 3A, 3B, ... 3Z, 3AA; after `12A` comes `12A-A`."""
    stem = number if number[-1:].isdigit() else f"{number}-"
    return tuple(
        replace(shot, scene_id=scene_id, number=stem + _letters(place))
        for place, shot in enumerate(shots)
    )


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, sign = divmod(place - 1, 26)
        letters = chr(65 + sign) + letters
    return letters


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
