"""Notes laid over a breakdown: what a person decided goes before what the rules chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from reelwright.film.breakdown.model import Breakdown, CastMember, Scene
from reelwright.film.notes.model import Notes, OwnMedia, ShotNote
from reelwright.film.notes.order import reorder
from reelwright.film.notes.working import (
    Working,
    begin,
    cut_before,
    cuts_between,
    edit,
    merge,
    split,
)
from reelwright.film.timeline import Timing


@dataclass(frozen=True, slots=True)
class Directed:
    """A breakdown as its people want it, and what they brought along.

    `own_media` by shot id; `recordings` by shot id and the speech's place in the shot's dialogue;
    files are as written in the notes, relative to them. `timings` go to `lay_out`. `reports` are
    sentences on notes that could not be followed; such notes stay in their file.
    """

    breakdown: Breakdown
    own_media: Mapping[str, OwnMedia] = field(default_factory=dict)
    recordings: Mapping[tuple[str, int], str] = field(default_factory=dict)
    timings: Mapping[str, Timing] = field(default_factory=dict)
    score_mood: str | None = None
    reports: tuple[str, ...] = ()


def apply_notes(breakdown: Breakdown, notes: Notes) -> Directed:
    """Follow the notes. Empty notes change nothing; ids of shots that no note is about stay.

    A shot is edited first, then split or merged (its parts may have notes of their own, under
    `ID.1`, `ID.2` ...), then moved, and last dropped; a scene whose shots are all dropped goes too.
    """
    table = _Table(notes)
    scenes = [(scene, table.scene(scene)) for scene in breakdown.scenes]
    table.report_gone(breakdown)
    kept = table.arrange(scenes)
    works = [work for _, run in kept for work in run]
    return Directed(
        breakdown=_whole(breakdown, notes, [_scene(scene, run) for scene, run in kept]),
        own_media={work.shot.id: work.own for work in works if work.own},
        recordings={
            (work.shot.id, index): file
            for work in works
            for index, file in enumerate(work.recordings)
            if file
        },
        timings={work.shot.id: work.timing for work in works if work.timing},
        score_mood=notes.film.score_mood,
        reports=tuple(table.reports),
    )


@dataclass
class _Table:
    """The notes while they are followed: which shots were met, and what has to be said."""

    notes: Notes
    reports: list[str] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    became: dict[str, list[str]] = field(default_factory=dict)

    def scene(self, scene: Scene) -> list[Working]:
        """A scene's shots, edited, split, merged, in their new order, without the dropped ones."""
        works: list[Working] = []
        for shot in scene.shots:
            parts = self._divided(self._edited(begin(shot)))
            self.became[shot.id] = [part.shot.id for part in parts]
            works += parts
        by_id = {work.shot.id: work for work in self._merged(works)}
        after = self._moves(scene, by_id)
        order, failed = reorder(list(by_id), after)
        for one in failed:
            self._say(f"[shots.{one}] cannot follow '{after[one]}': its scene has no such shot.")
        return [by_id[one] for one in order if not self._dropped(one)]

    def _moves(self, scene: Scene, by_id: Mapping[str, Working]) -> dict[str, str]:
        """Which shot follows which. The parts of a split shot stay together unless told otherwise."""
        after = {one: note.after for one in by_id if (note := self._note(one)) and note.after}
        for shot in scene.shots:
            parts, note = self.became[shot.id], self._note(shot.id)
            if len(parts) > 1 and note and note.after:
                after.setdefault(parts[0], note.after)
                for one, other in pairwise(parts):
                    after.setdefault(other, one)
        return {one: self.became.get(target, [target])[-1] for one, target in after.items()}

    def _dropped(self, shot_id: str) -> bool:
        notes = (self._note(shot_id), self._note(shot_id.rpartition(".")[0]))
        return any(note and note.drop for note in notes)

    def arrange(self, scenes: Sequence[tuple[Scene, list[Working]]]) -> list[tuple[Scene, list]]:
        """The scenes that are kept, edited, in their new order; reports what cannot be obeyed."""
        notes = self.notes.scenes
        by_id = {scene.id: (scene, works) for scene, works in scenes}
        after = {one: note.after for one, note in notes.items() if note.after}
        order, failed = reorder(list(by_id), after)
        for one in failed:
            self._say(f"[scenes.{one}] cannot follow '{after[one]}': there is no such scene.")
        kept = []
        for one in order:
            scene, works = by_id[one]
            note = notes.get(one)
            emptied = scene.shots and not works
            if note and not note.drop:
                said = {key: getattr(note, key) for key in ("mood", "weather", "time_of_day")}
                scene = replace(scene, **{key: value for key, value in said.items() if value})
            if not (emptied or (note and note.drop)):
                kept.append((scene, works))
        return kept

    def report_gone(self, breakdown: Breakdown) -> None:
        """Say which notes are about something that is not there."""
        cast = {
            name.casefold() for one in breakdown.characters for name in (one.name, *one.aliases)
        }
        scenes = {scene.id for scene in breakdown.scenes}
        gone = [
            f"[characters.{one}]" for one in self.notes.characters if one.casefold() not in cast
        ]
        gone += [f"[scenes.{one}]" for one in self.notes.scenes if one not in scenes]
        gone += [
            f"[shots.{one}]"
            for one, note in self.notes.shots.items()
            if one not in self.met and note != ShotNote()
        ]
        for one in gone:
            self._say(f"{one} is about something the script no longer has.")

    def _edited(self, work: Working) -> Working:
        note = self._note(work.shot.id)
        if note and len(note.recordings or ()) > len(work.shot.dialogue):
            count = len(work.shot.dialogue)
            self._say(
                f"[shots.{work.shot.id}] has more recordings than the shot's {count} speeches."
            )
        return edit(work, note) if note else work

    def _divided(self, work: Working) -> list[Working]:
        note = self._note(work.shot.id)
        if not note or not (note.split or note.split_at):
            return [work]
        cuts = cuts_between(work.shot, note.split) if note.split else []
        for words in note.split_at or ():
            place = cut_before(work.shot, words)
            if place is None:
                self._say(f"[shots.{work.shot.id}] cannot be split at '{words}': it is not there.")
            elif place not in cuts:
                cuts.append(place)
        if not cuts and not note.split:
            return [work]
        return [self._edited(part) for part in split(work, sorted(cuts), note.split or 0)]

    def _merged(self, works: list[Working]) -> list[Working]:
        merged: list[Working] = []
        joining = False
        for work in works:
            if joining:
                merged[-1] = merge(merged[-1], work)
                self.became[work.shot.id] = [merged[-1].shot.id]
            else:
                merged.append(work)
            note = self._note(work.shot.id)
            joining = bool(note and note.merge_with_next)
        if joining:
            last = works[-1].shot.id
            self._say(f"[shots.{last}] has no next shot in its scene to be merged with.")
        return merged

    def _note(self, shot_id: str) -> ShotNote | None:
        self.met.add(shot_id)
        return self.notes.shots.get(shot_id)

    def _say(self, what: str) -> None:
        self.reports.append(f"{self.notes.name}: {what} The note is kept and has no effect.")


def _scene(scene: Scene, works: Sequence[Working]) -> Scene:
    shots = tuple(work.shot for work in works)
    if shots == scene.shots:
        return scene
    return replace(scene, shots=shots, duration_s=sum(shot.duration_s for shot in shots))


def _whole(breakdown: Breakdown, notes: Notes, scenes: list[Scene]) -> Breakdown:
    changed = replace(
        breakdown,
        title=notes.film.title or breakdown.title,
        author=notes.film.author or breakdown.author,
        scenes=tuple(scenes),
        characters=tuple(_member(one, notes) for one in breakdown.characters),
    )
    if changed.scenes == breakdown.scenes:
        return changed
    left = {scene.id for scene in scenes}
    return replace(
        changed,
        duration_s=sum(scene.duration_s for scene in scenes),
        characters=tuple(
            replace(one, scenes=tuple(scene for scene in one.scenes if scene in left))
            for one in changed.characters
        ),
        locations=tuple(
            replace(one, scenes=tuple(scene for scene in one.scenes if scene in left))
            for one in changed.locations
        ),
    )


def _member(member: CastMember, notes: Notes) -> CastMember:
    names = {name.casefold() for name in (member.name, *member.aliases)}
    for name, note in notes.characters.items():
        if name.casefold() in names:
            look, voice = replace(member.look, **note.look), replace(member.voice, **note.voice)
            member = replace(member, look=look, voice=voice)
    return member
