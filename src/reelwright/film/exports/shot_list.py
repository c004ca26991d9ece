"""The shot list: a table of every shot, for people and for spreadsheets (RFC 4180)."""

import csv
import io

from reelwright.film.breakdown.model import Breakdown, Shot
from reelwright.film.timecode import timecode
from reelwright.film.timeline import Timeline

COLUMNS = (
    "number", "scene", "id", "size", "angle", "move", "lens", "duration", "frames", "start",
    "characters", "action", "dialogue", "props",
)  # fmt: skip


def write_shot_list(timeline: Timeline, breakdown: Breakdown) -> str:
    """A row for every shot of the story in the film's order; `duration` in seconds, `start` a timecode."""
    shots = {shot.id: (scene.number, shot) for scene in breakdown.scenes for shot in scene.shots}
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for clip in timeline.clips:
        if clip.shot_id in shots:
            scene, shot = shots[clip.shot_id]
            seconds = f"{timeline.rate.seconds(clip.frames):.3f}"
            start = timecode(clip.start, timeline.rate)
            rows.writerow(
                [
                    *(shot.number, scene, shot.id, shot.size.value, shot.angle.value),
                    *(shot.move.value, shot.lens, seconds, clip.frames, start),
                    *("; ".join(shot.characters), shot.action, _said(shot), "; ".join(shot.props)),
                ]
            )
    return out.getvalue()


def _said(shot: Shot) -> str:
    return "\n".join(f"{speech.character}: {speech.text}" for speech in shot.dialogue)
