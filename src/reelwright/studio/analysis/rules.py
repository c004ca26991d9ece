"""What the rules alone say of a script: no key, no model, the same on every machine."""

import textwrap
from dataclasses import asdict

from reelwright.film.breakdown.model import Breakdown, Scene, ShotKind
from reelwright.studio.analysis.model import CharacterReading, SceneReading, ScriptAnalysis

_LONGEST = 200
_LEADS = 2


def by_rules(breakdown: Breakdown) -> ScriptAnalysis:
    """The analysis as the rules make it. Themes, beats and ideas are beyond them."""
    return ScriptAnalysis(
        breakdown=breakdown,
        logline=breakdown.logline or _logline(breakdown),
        themes=(),
        scenes=tuple(
            SceneReading(scene.id, synopsis(scene), scene.mood) for scene in breakdown.scenes
        ),
        characters=tuple(
            CharacterReading(one.name, asdict(one.look)) for one in breakdown.characters
        ),
    )


def synopsis(scene: Scene) -> str:
    """The author's own, else the beginning of what happens, else who speaks."""
    seen = (shot.action for shot in scene.shots if shot.kind is not ShotKind.INSERT)
    words = scene.synopsis or " ".join(one for one in seen if one)
    words = words or ", ".join(scene.characters) or scene.heading
    return textwrap.shorten(words, _LONGEST, placeholder=" ...")


def _logline(breakdown: Breakdown) -> str:
    """Who, where, and how it begins: no more can be known by counting."""
    leads = sorted(breakdown.characters, key=lambda one: -one.words)[:_LEADS]
    who = " and ".join(one.name.title() for one in leads) or "Nobody"
    places = [one.name.title() for one in breakdown.locations]
    where = f", from {places[0]} to {places[-1]}" if len(places) > 1 else ""
    begins = next((synopsis(scene) for scene in breakdown.scenes), "")
    return textwrap.shorten(f"{who}{where}: {begins}", _LONGEST, placeholder=" ...")
