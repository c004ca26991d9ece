"""The breakdown as plain JSON values, as `reelwright breakdown --json` prints it."""

from collections.abc import Sequence
from typing import Any

from reelwright.film.breakdown.model import Breakdown, Scene, Shot, Speech
from reelwright.ground.digests import plain


def to_json(breakdown: Breakdown) -> dict[str, Any]:
    """Scenes with their shots, characters and locations, in plain values.

    A speech stands whole, byte for byte as written, in the shot where it begins.
    """
    return {
        "title": breakdown.title,
        "author": breakdown.author,
        "logline": breakdown.logline,
        "language": breakdown.language,
        "pages": breakdown.pages,
        "duration_s": breakdown.duration_s,
        "scenes": [_scene(scene) for scene in breakdown.scenes],
        "characters": [plain(one) for one in breakdown.characters],
        "locations": [plain(one) for one in breakdown.locations],
        "warnings": list(breakdown.warnings),
    }


def _scene(scene: Scene) -> dict[str, Any]:
    fields = plain(scene)
    fields["shots"] = [
        _shot(shot, scene.shots[place + 1 :]) for place, shot in enumerate(scene.shots)
    ]
    return fields


def _shot(shot: Shot, later: Sequence[Shot]) -> dict[str, Any]:
    fields = plain(shot)
    fields["characters"] = list(shot.characters)
    fields["dialogue"] = [
        {"character": speech.character, "text": _whole(shot, place, later)}
        for place, speech in enumerate(shot.dialogue)
        if not speech.continues
    ]
    return fields


def _whole(shot: Shot, place: int, later: Sequence[Shot]) -> str:
    """A speech with what of it is spoken in later shots."""
    text = shot.dialogue[place].text
    if place < len(shot.dialogue) - 1:
        return text
    for following in later:
        first: Speech | None = next(iter(following.dialogue), None)
        if not first or not first.continues:
            break
        text += first.text
        if len(following.dialogue) > 1:
            break
    return text
