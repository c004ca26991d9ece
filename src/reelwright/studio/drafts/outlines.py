"""The outline of a screenplay: asked of a model part by part, and checked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reelwright.film.screenplay.fountain.headings import is_heading
from reelwright.providers.prompts import Message, TextRequest

_MOST = 8000
_TEXT = {"type": "string"}
_LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class PlannedScene:
    """A scene to be written: its heading, what happens, whether anybody speaks."""

    heading: str
    what: str
    speech: bool


@dataclass
class Outline:
    """The plan so far: `parts` are the scenes of each part of the prose."""

    title: str
    logline: str = ""
    cast: dict[str, str] = field(default_factory=dict)
    parts: list[list[PlannedScene]] = field(default_factory=list)

    def take(self, data: Any) -> None:
        """Add what was answered about the next part, as far as it can be used."""
        answer = data if isinstance(data, dict) else {}
        self.title = self.title or line(answer.get("title"))
        self.logline = self.logline or line(answer.get("logline"))
        for one in rows(answer.get("characters")):
            name = line(one.get("name"))
            if name:
                self.cast.setdefault(name, line(one.get("description")))
        self.parts.append(scenes_of(data))


def about_outline(part: str, language: str | None, outline: Outline) -> TextRequest:
    """The question about one part of the prose."""
    before = outline.parts[-1][-1].what if outline.parts and outline.parts[-1] else ""
    told = {
        "language": language or "that of the text",
        "title": outline.title,
        "characters": [{"name": k, "description": v} for k, v in outline.cast.items()],
        "before": before,
        "text": part,
    }
    scene = {"heading": _TEXT, "what": _TEXT, "speech": {"type": "boolean"}}
    person = {"name": _TEXT, "description": _TEXT}
    fields = {"title": _TEXT, "logline": _TEXT, "characters": _list(person), "scenes": _list(scene)}
    return TextRequest(_messages("outline", told), _object(fields), _MOST)


def about_scenes(
    part: str, language: str | None, outline: Outline, scenes: Sequence[PlannedScene]
) -> TextRequest:
    """The question for the Fountain of some scenes of a part."""
    told = {
        "language": language or "that of the text",
        "title": outline.title,
        "characters": [{"name": k, "description": v} for k, v in outline.cast.items()],
        "scenes": [{"heading": one.heading, "what": one.what} for one in scenes],
        "text": part,
    }
    return TextRequest(_messages("draft", told), most=_MOST)


def outline_faults(data: Any) -> list[str]:
    """What is wrong with an outline, for the model."""
    told = rows(data.get("scenes")) if isinstance(data, dict) else []
    faults = [
        f"{line(one.get('heading'))!r} is no scene heading; it begins with INT. or EXT."
        for one in told
        if not is_heading(line(one.get("heading")))
    ]
    return faults or ([] if told else ["there is no scene"])


def scenes_of(data: Any) -> list[PlannedScene]:
    """The scenes of an answer that have a heading."""
    told = rows(data.get("scenes")) if isinstance(data, dict) else []
    return [
        PlannedScene(
            line(one.get("heading")), line(one.get("what"), 2000), one.get("speech") is True
        )
        for one in told
        if is_heading(line(one.get("heading")))
    ]


def rows(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list; none where there is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def line(value: Any, most: int = _LONGEST_LINE) -> str:
    """A text as one line."""
    return " ".join(value.split())[:most] if isinstance(value, str) else ""


def _messages(name: str, told: Mapping[str, Any]) -> tuple[Message, ...]:
    words = Path(__file__).with_name(f"{name}.md").read_text(encoding="utf-8")
    given = json.dumps(told, ensure_ascii=False, indent=1)
    return (Message("system", words), Message("user", given))


def _list(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(fields)}


def _object(fields: Mapping[str, Any]) -> dict[str, Any]:
    closed = {"required": list(fields), "additionalProperties": False}
    return {"type": "object", "properties": dict(fields), **closed}
