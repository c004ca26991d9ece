"""What the director is told of a project before a question: the film, what is in question, the notes."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from reelwright.film.breakdown.model import Breakdown, Scene
from reelwright.ground.digests import plain
from reelwright.ground.errors import InvalidInputError
from reelwright.providers.prompts import Media, Message, TextRequest
from reelwright.studio.advice.model import Advice
from reelwright.studio.advice.proposing import edits_schema
from reelwright.studio.analysis.rules import synopsis
from reelwright.studio.manuscripts import Manuscript

_MOST = 4000
_FEW_SHOTS = 80
_LONGEST_NOTES = 20_000
_NAMED = re.compile(
    r"\b(?:scenes?|shots?|szenen?|scène|escena|plan)\s+(\d+[A-Za-z]{0,3})\b|\b(s[ch]_[0-9a-z]{10})\b",
    re.IGNORECASE,
)


def in_question(breakdown: Breakdown, about: Sequence[str], question: str) -> tuple[str, ...]:
    """The ids of scenes and shots a question is about: those named, else those its words name.

    `about` takes numbers (3, 1C) and ids; raises InvalidInputError for what the film does not have.
    """
    by_name = _names(breakdown)
    for name in about:
        if name.casefold() not in by_name:
            raise InvalidInputError(
                f"there is no scene or shot {name!r}", way_out="a number as 3 or 1C, or an id"
            )
    words = [found[1] or found[2] for found in _NAMED.finditer(question)]
    named = about or [word for word in words if word.casefold() in by_name]
    return tuple(dict.fromkeys(by_name[name.casefold()] for name in named))


def brief(
    script: Manuscript,
    spent: Mapping[str, int],
    about: Sequence[str],
    before: Sequence[Advice],
    question: str,
    images: Sequence[Media],
) -> TextRequest:
    """The request: the desk's rules, the film as it stands, the conversation so far, the question."""
    told = json.dumps(plain(_film(script, spent, about)), ensure_ascii=False, indent=1)
    words = Path(__file__).with_name("director.md").read_text(encoding="utf-8")
    messages = [Message("system", words), Message("user", told)]
    messages += [Message("assistant", '{"answer": "I know the film.", "edits": []}')]
    messages += [_said(one) for one in before]
    messages += [Message("user", question, tuple(images))]
    return TextRequest(tuple(messages), edits_schema(), _MOST)


def _said(message: Advice) -> Message:
    if message.role == "user":
        return Message("user", message.text)
    edits = [
        {"table": one.table, "subject": one.subject, "key": one.key, "values": _words(one.value)}
        | {"why": one.why}
        for one in message.edits
    ]
    told = json.dumps({"answer": message.text, "edits": edits}, ensure_ascii=False)
    return Message("assistant", told)


def _words(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(value).lower() if isinstance(value, bool) else str(value)]


def _film(script: Manuscript, spent: Mapping[str, int], about: Sequence[str]) -> dict[str, Any]:
    film = script.directed.breakdown
    shots = sum(len(scene.shots) for scene in film.scenes)
    whole = not about and shots <= _FEW_SHOTS
    return {
        "title": film.title,
        "logline": film.logline,
        "language": film.language,
        "duration_s": film.duration_s,
        "cast": [
            {"name": one.name, "description": one.description, "look": one.look}
            for one in film.characters
        ],
        "scenes": [_scene(one) for one in film.scenes],
        "in_question": [
            shot
            for scene in film.scenes
            for shot in _shots(scene, None if whole or scene.id in about else about)
        ],
        "notes_that_stand": _plain_notes(script.notes),
        "spent": {currency: f"{micros / 1_000_000:.6g}" for currency, micros in spent.items()},
    }


def _scene(scene: Scene) -> dict[str, Any]:
    light = {"time_of_day": scene.time_of_day, "weather": scene.weather, "mood": scene.mood}
    told = {"id": scene.id, "number": scene.number, "heading": scene.heading, **light}
    return told | {"shots": len(scene.shots), "synopsis": synopsis(scene)}


def _shots(scene: Scene, about: Sequence[str] | None) -> Iterable[dict[str, Any]]:
    for shot in scene.shots:
        if about is None or shot.id in about:
            camera = {key: getattr(shot, key) for key in ("size", "angle", "move", "lens")}
            said = [{"who": one.character, "says": one.text} for one in shot.dialogue]
            told = {"id": shot.id, "number": shot.number, "scene": scene.id, **camera}
            told |= {"duration_s": shot.duration_s, "transition": shot.transition.kind}
            yield told | {"action": shot.action, "said": said, "in_frame": shot.characters}


def _plain_notes(text: str) -> str:
    """The notes without the lines that say nothing."""
    lines = (line for line in text.splitlines() if line.strip() and line.lstrip()[0] != "#")
    return "\n".join(lines)[:_LONGEST_NOTES]


def _names(breakdown: Breakdown) -> dict[str, str]:
    """Ids by what people call a scene or a shot; the film's own numbers go before places."""
    names: dict[str, str] = {}
    for scene in breakdown.scenes:
        for one in (scene, *scene.shots):
            names.setdefault(one.id.casefold(), one.id)
            if one.number:
                names.setdefault(one.number.casefold(), one.id)
    return names
