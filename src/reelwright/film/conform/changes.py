"""The difference between the film as it was made and as an editor left it, in notes and in words."""

import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from reelwright.film.breakdown.model import Breakdown
from reelwright.film.conform.edits import Use, recognise
from reelwright.film.conform.edl import read_edl
from reelwright.film.conform.otio import read_otio
from reelwright.film.layout.cards import END_ID, TITLE_ID
from reelwright.film.notes import NoteChange
from reelwright.film.notes.order import START
from reelwright.film.timecode import timecode
from reelwright.film.timeline import Clip, Timeline


@dataclass(frozen=True, slots=True)
class Changes:
    """What an editor changed: `notes` for `add_notes`, `told` in sentences for people.

    `unmatched` are sentences on what notes cannot carry: strange clips, speeds, a shot used twice.
    """

    notes: tuple[NoteChange, ...]
    told: tuple[str, ...]
    unmatched: tuple[str, ...]


def conform(
    edited: str, film: Timeline, *, script: Breakdown | None = None, name: str = "the edit"
) -> Changes:
    """Read an edit (OTIO or EDL) of a film back.

    Args:
        edited: the text of the edit.
        film: the film as it was when the editor took it over, notes included.
        script: its breakdown before any notes; notes on order count from there. Without it, the
            film is taken to be in the script's order.
        name: what errors call the edit.

    Raises:
        InvalidInputError: it is neither OTIO nor EDL.
    """
    read = read_otio if edited.lstrip("\ufeff \t\r\n").startswith("{") else read_edl
    uses = read(edited.lstrip("\ufeff"), film.rate, name)
    return _Comparison(film, script).of(uses)


class _Comparison:
    """A film and an edit of it, side by side."""

    def __init__(self, film: Timeline, script: Breakdown | None) -> None:
        self.film = film
        self.notes: list[NoteChange] = []
        self.told: list[str] = []
        self.unmatched: list[str] = []
        story = [clip for clip in film.clips if clip.shot_id not in (TITLE_ID, END_ID)]
        self.scenes = {key: list(run) for key, run in groupby(story, key=lambda one: one.scene_id)}
        self.ranks: dict[str, int] = {}
        shots = [shot.id for scene in script.scenes for shot in scene.shots] if script else []
        scenes = [scene.id for scene in script.scenes] if script else []
        for one in (*scenes, *self.scenes, *shots, *(clip.shot_id for clip in story)):
            self.ranks.setdefault(one, len(self.ranks))

    def of(self, uses: Sequence[Use]) -> Changes:
        """Everything that differs."""
        kept = self._match(uses)
        self._dropped(kept)
        for shot_id, use in kept.items():
            self._trimmed(next(one for one in self.film.clips if one.shot_id == shot_id), use)
        self._ordered(kept)
        return Changes(tuple(self.notes), tuple(self.told), tuple(self.unmatched))

    def _match(self, uses: Sequence[Use]) -> dict[str, Use]:
        """The first use of each shot, in the edit's order."""
        kept: dict[str, Use] = {}
        for use in uses:
            clip = recognise(use, self.film)
            at = timecode(use.record, self.film.rate)
            if clip is None:
                self.unmatched.append(
                    f"'{use.name or use.media or use.reel}' at {at} is no shot of this film; to have "
                    'it in place of one, write clip = "FILE" in that shot\'s note.'
                )
            elif clip.shot_id in kept:
                self.unmatched.append(
                    f"Shot {clip.name} ({clip.shot_id}) is used again at {at}; notes keep its first use."
                )
            else:
                kept[clip.shot_id] = use
                self.unmatched += (
                    f"Shot {clip.name} ({clip.shot_id}): {remark} cannot be kept in notes."
                    for remark in use.remarks
                )
        return kept

    def _dropped(self, kept: Mapping[str, Use]) -> None:
        for scene_id, clips in self.scenes.items():
            gone = [clip for clip in clips if clip.shot_id not in kept]
            if len(gone) == len(clips):
                self.notes.append(NoteChange("scenes", scene_id, "drop", value=True))
                self.told.append(f"The scene {self._heading(scene_id)} is left out.")
                continue
            for clip in gone:
                self.notes.append(NoteChange("shots", clip.shot_id, "drop", value=True))
                self.told.append(f"Shot {clip.name} ({clip.shot_id}) is left out.")
        for clip in self.film.clips:
            if clip.shot_id in (TITLE_ID, END_ID) and clip.shot_id not in kept:
                self.unmatched.append(f"The {clip.name} card was taken out; notes cannot do that.")

    def _trimmed(self, clip: Clip, use: Use) -> None:
        handles, made_trim = use.made or (clip.handles, clip.trim)
        trim = use.source - handles + made_trim
        head = trim - clip.trim
        if not head and use.frames == clip.frames:
            return
        if clip.shot_id in (TITLE_ID, END_ID):
            self.unmatched.append(f"The {clip.name} card was trimmed; notes cannot do that.")
            return
        length = round(self.film.rate.seconds(use.frames), 3)
        self.notes.append(NoteChange("shots", clip.shot_id, "duration_s", length))
        if head:
            cut = round(self.film.rate.seconds(trim), 3)
            self.notes.append(NoteChange("shots", clip.shot_id, "trim_start_s", cut or None))
        begins = f", begins {abs(head)} frames {'later' if head > 0 else 'earlier'}" if head else ""
        self.told.append(
            f"Shot {clip.name} ({clip.shot_id}) is {use.frames} frames long, not {clip.frames}{begins}."
        )

    def _ordered(self, kept: Mapping[str, Use]) -> None:
        """Notes on order, for the scenes and within each scene, where the editor changed it."""
        where = {clip.shot_id: clip.scene_id for clips in self.scenes.values() for clip in clips}
        edited = [shot_id for shot_id in kept if shot_id in where]
        runs = [key for key, _ in groupby(edited, key=where.__getitem__)]
        scenes = list(dict.fromkeys(runs))
        for scene_id in scenes:
            if runs.count(scene_id) > 1:
                self.unmatched.append(
                    f"Shots of the scene {self._heading(scene_id)} stand apart from each other in the "
                    "edit; notes keep a scene together, where its first shot stands."
                )
            was = [clip.shot_id for clip in self.scenes[scene_id] if clip.shot_id in kept]
            self._moved("shots", was, [one for one in edited if where[one] == scene_id])
        self._moved("scenes", [one for one in self.scenes if one in scenes], scenes)

    def _moved(self, table: str, was: Sequence[str], now: Sequence[str]) -> None:
        if was == now:
            return
        names = {clip.shot_id: f"Shot {clip.name} ({clip.shot_id})" for clip in self.film.clips}
        names |= {scene: f"The scene {self._heading(scene)}" for scene in self.scenes}
        for one, target in moves(now, self.ranks):
            self.notes.append(NoteChange(table, one, "after", target))
            if target:
                place = "comes first" if target == START else f"now follows {names[target]}"
                self.told.append(f"{names[one]} {place}.")

    def _heading(self, scene_id: str) -> str:
        chapters = (one.title for one in self.film.chapters if one.scene_id == scene_id)
        return f"'{next(chapters, scene_id)}' ({scene_id})"


def moves(now: Sequence[str], ranks: Mapping[str, int]) -> Iterator[tuple[str, str | None]]:
    """For each id, what it has to follow to come from the script's order to this one.

    None for those that can stay where they are: as many as possible (the longest rising run).
    """
    staying = set(_rising(now, ranks))
    for index, one in enumerate(now):
        before = now[index - 1] if index else START
        yield one, None if one in staying else before


def _rising(now: Iterable[str], ranks: Mapping[str, int]) -> list[str]:
    """The longest subsequence whose ranks rise, by patience sorting."""
    tops: list[int] = []
    chains: list[list[str]] = []
    for one in now:
        pile = bisect.bisect_left(tops, ranks[one])
        chain = [*(chains[pile - 1] if pile else ()), one]
        tops[pile : pile + 1] = [ranks[one]]
        chains[pile : pile + 1] = [chain]
    return chains[-1] if chains else []
