"""An analysis as notes one may add: what a person has noted stays, and is not noted again."""

from collections.abc import Iterator
from dataclasses import asdict

from reelwright.film.breakdown.model import Shot
from reelwright.film.notes import NoteChange
from reelwright.film.notes.proposals import Standing
from reelwright.studio.analysis.model import ScriptAnalysis, ShotIdea


def notes_of(analysis: ScriptAnalysis, standing: str) -> list[NoteChange]:
    """What differs from the breakdown and from the notes that stand, as changes of these notes."""
    notes = Standing(standing, analysis.breakdown)
    changes = []
    for table, name, key, value in _said(analysis):
        subject = notes.subject(table, name)
        change = NoteChange(table, subject or "", key, value)
        if subject and not notes.says(change):
            changes.append(change)
    return changes


def _said(analysis: ScriptAnalysis) -> Iterator[tuple[str, str, str, str]]:
    breakdown = analysis.breakdown
    for member, character in zip(breakdown.characters, analysis.characters, strict=True):
        now = asdict(member.look)
        for trait, word in character.look.items():
            if now[trait] != word:
                yield "characters", member.name, f"look.{trait}", word
    shots = {shot.id: shot for scene in breakdown.scenes for shot in scene.shots}
    for scene, reading in zip(breakdown.scenes, analysis.scenes, strict=True):
        if reading.mood != scene.mood:
            yield "scenes", scene.id, "mood", reading.mood
        for idea in reading.ideas:
            yield from _seen_otherwise(shots[idea.shot_id], idea)


def _seen_otherwise(shot: Shot, idea: ShotIdea) -> Iterator[tuple[str, str, str, str]]:
    for key in ("size", "angle", "move"):
        now, wanted = getattr(shot, key), getattr(idea, key)
        if wanted is not now:
            yield "shots", shot.id, key, wanted.value
