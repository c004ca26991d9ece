"""An analysis: the breakdown as the rules make it, and what a model, or else the rules, say beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from reelwright.film.breakdown.model import Angle, Breakdown, Move, Size
from reelwright.film.breakdown.sheet import to_json
from reelwright.ground.digests import plain
from reelwright.studio.asking import Bill

RULES = "rules"
"""Who has said what no model was asked for."""


class Beat(StrEnum):
    """What a scene does for the story."""

    OPENING = "opening"
    CATALYST = "catalyst"
    RISING = "rising"
    MIDPOINT = "midpoint"
    CRISIS = "crisis"
    CLIMAX = "climax"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class ShotIdea:
    """Another way to see a shot. `during` are words of the script, as they stand there, or none."""

    shot_id: str
    size: Size
    angle: Angle
    move: Move
    seen: str
    during: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class SceneReading:
    """What is said of one scene, and by whom: RULES, or a model's id."""

    scene_id: str
    synopsis: str
    mood: str
    beat: Beat | None = None
    ideas: tuple[ShotIdea, ...] = ()
    by: str = RULES


@dataclass(frozen=True, slots=True)
class CharacterReading:
    """A character's look in the words of `film.looks`: the whole of it, whoever said so."""

    name: str
    look: Mapping[str, str]
    by: str = RULES


@dataclass(frozen=True, slots=True)
class ScriptAnalysis:
    """The breakdown, untouched, with what was added to it. `by`: RULES, or the models' ids."""

    breakdown: Breakdown
    logline: str
    themes: tuple[str, ...]
    scenes: tuple[SceneReading, ...]
    characters: tuple[CharacterReading, ...]
    by: str = RULES
    bill: Bill = field(default_factory=Bill)
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The breakdown as `reelwright breakdown --json` has it, and under `analysis` the rest."""
        said = {
            "by": self.by,
            "logline": self.logline,
            "themes": list(self.themes),
            "scenes": plain(self.scenes),
            "characters": plain(self.characters),
            "cost": self.bill.written(),
            "warnings": list(self.warnings),
        }
        return {**to_json(self.breakdown), "analysis": said}
