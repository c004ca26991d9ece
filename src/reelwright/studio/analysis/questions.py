"""What a model is asked about a script. A question holds nothing that a change elsewhere would change.

No number or id of a scene is in the question about it: a revision leaves the questions about all
other scenes as they were, word for word, and their answers are found.
"""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from reelwright.film.breakdown.model import Angle, Breakdown, CastMember, Move, Scene, Shot, Size
from reelwright.film.breakdown.mood import MOODS
from reelwright.film.looks import CHOICES, COLOURS
from reelwright.ground.digests import plain
from reelwright.providers.prompts import Message, TextRequest
from reelwright.studio.analysis.model import Beat

MOOD_WORDS = (*MOODS, "neutral")
UNSAID = "unsaid"
LOOK_WORDS: Mapping[str, tuple[str, ...]] = {
    **CHOICES,
    "colour": tuple(COLOURS),
    "second": tuple(COLOURS),
}
SHOTS_AT_ONCE = 60
CAST_AT_ONCE = 12
_MOST_OF_SCENE, _MOST_OF_CAST, _MOST_OF_STORY = 4000, 4000, 8000
_TEXT = {"type": "string"}
_NUMBER = {"type": "integer"}


def about_scene(breakdown: Breakdown, scene: Scene, shots: Sequence[Shot]) -> TextRequest:
    """The question about a scene, or about those of its shots if it has very many."""
    told = {
        "language": breakdown.language,
        "heading": scene.heading,
        "time_of_day": scene.time_of_day,
        "shots": [_shot(number, shot) for number, shot in enumerate(shots, 1)],
    }
    idea = {
        "shot": _NUMBER,
        "size": _words(Size),
        "angle": _words(Angle),
        "move": _words(Move),
        "seen": _TEXT,
        "during": _TEXT,
        "why": _TEXT,
    }
    fields = {
        "synopsis": _TEXT,
        "mood": {"type": "string", "enum": list(MOOD_WORDS)},
        "ideas": _list(idea),
    }
    return _asked("scene", told, fields, _MOST_OF_SCENE)


def about_cast(breakdown: Breakdown, cast: Sequence[CastMember]) -> TextRequest:
    """The question about the looks of some characters."""
    told = {
        "language": breakdown.language,
        "characters": [
            {"name": one.name, "description": one.description, "look": one.look} for one in cast
        ],
    }
    traits = {
        trait: {"type": "string", "enum": [*words, UNSAID]} for trait, words in LOOK_WORDS.items()
    }
    fields = {"characters": _list({"name": _TEXT, "look": _object(traits)})}
    return _asked("cast", told, fields, _MOST_OF_CAST)


def about_story(breakdown: Breakdown, synopses: Sequence[str]) -> TextRequest:
    """The question about the whole; scenes are numbered as they stand in the script, from 1."""
    scenes = zip(breakdown.scenes, synopses, strict=True)
    told = {
        "title": breakdown.title,
        "language": breakdown.language,
        "scenes": [
            {"scene": number, "heading": scene.heading, "synopsis": words}
            for number, (scene, words) in enumerate(scenes, 1)
        ],
    }
    fields = {
        "logline": _TEXT,
        "themes": {"type": "array", "items": _TEXT},
        "beats": _list({"scene": _NUMBER, "beat": _words(Beat)}),
    }
    return _asked("story", told, fields, _MOST_OF_STORY)


def _asked(name: str, told: Mapping[str, Any], fields: Mapping[str, Any], most: int) -> TextRequest:
    words = Path(__file__).with_name(f"{name}.md").read_text(encoding="utf-8")
    given = json.dumps(plain(told), ensure_ascii=False, indent=1)
    messages = (Message("system", words), Message("user", given))
    return TextRequest(messages, _object(fields), most)


def _shot(number: int, shot: Shot) -> dict[str, Any]:
    said = [{"who": one.character, "says": one.text} for one in shot.dialogue]
    camera = {"size": shot.size, "angle": shot.angle, "move": shot.move}
    return {"shot": number, "action": shot.action, "said": said, "camera": camera}


def _words(kind: type[StrEnum]) -> dict[str, Any]:
    return {"type": "string", "enum": [one.value for one in kind]}


def _list(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(fields)}


def _object(fields: Mapping[str, Any]) -> dict[str, Any]:
    names = list(fields)
    return {
        "type": "object",
        "properties": dict(fields),
        "required": names,
        "additionalProperties": False,
    }
