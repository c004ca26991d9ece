"""CMX 3600 edit decision list: the cut as the oldest format of all, which everything reads."""

import base64
import hashlib
from collections.abc import Iterator

from reelwright.film.timecode import is_drop_frame, timecode
from reelwright.film.timeline import Clip, Rate, Timeline

CODES = {"dissolve": "D", "wipe": "W001", "fade_in": "D"}
BLACK = "BL"


def write_edl(timeline: Timeline) -> str:
    """The picture of the cut, an event for each clip; timecode starts at zero, as the film does.

    A dissolve stands in the event of the clip it leads to, fades are dissolves from and to black.
    Comments name clip, file, shot and scene, so that an edit finds its way back.
    """
    rate = timeline.rate
    counting = "DROP FRAME" if is_drop_frame(rate) else "NON-DROP FRAME"
    lines = [f"TITLE: {_line(timeline.title)}", f"FCM: {counting}", ""]
    for number, event in enumerate(_events(timeline), 1):
        lines += [f"{number:03d}  {row}" if row[0] != "*" else row for row in event]
        lines.append("")
    return "\n".join(lines)


def reel(shot_id: str) -> str:
    """The eight letters and digits that stand for a shot's file, where there is room for no more."""
    found = hashlib.sha256(shot_id.encode()).digest()
    return base64.b32encode(found)[:8].decode()


def _events(timeline: Timeline) -> Iterator[list[str]]:
    rate = timeline.rate
    for index, clip in enumerate(timeline.clips):
        before = timeline.clips[index - 1] if index else None
        after = timeline.clips[index + 1] if index + 1 < len(timeline.clips) else None
        # The dissolve to the next clip is that clip's event: this one ends where it begins.
        end = clip.end - clip.fade_out - (after.shared if after else 0)
        if clip.fade_in and not before:
            # Some readers want an event to come from before they believe in a dissolve.
            yield [_row(BLACK, "C", (0, 0), (0, 0), rate)]
        yield _clip_event(clip, before, end, rate)
        if clip.fade_out:
            yield _fade_out(clip, end, rate)


def _clip_event(clip: Clip, before: Clip | None, end: int, rate: Rate) -> list[str]:
    source = clip.handles, clip.handles + end - clip.start
    record = clip.start, end
    if not clip.overlap:
        rows = [_row(reel(clip.shot_id), "C", source, record, rate)]
    else:
        start = clip.start
        code = f"{CODES[clip.transition]:<4} {clip.overlap:03d}"
        origin, at = BLACK, 0
        if clip.shared and before:
            origin, at = reel(before.shot_id), before.handles + before.frames - clip.shared
        rows = [
            _row(origin, "C", (at, at), (start, start), rate),
            _row(reel(clip.shot_id), code, source, record, rate),
        ]
    if clip.shared and before:
        rows.append(f"* FROM CLIP NAME: {_line(before.name)}")
    rows.append(f"* {'TO' if clip.overlap else 'FROM'} CLIP NAME: {_line(clip.name)}")
    rows += [
        f"* FROM FILE: {clip.media}",
        f"* SHOT: {clip.shot_id}",
        f"* SCENE: {clip.scene_id}",
    ]
    rows += [f"* HANDLES: {clip.handles}"] if clip.handles else []
    rows += [f"* TRIM: {clip.trim}"] if clip.trim else []
    return rows


def _fade_out(clip: Clip, start: int, rate: Rate) -> list[str]:
    source = clip.handles + start - clip.start
    end = start + clip.fade_out
    return [
        _row(reel(clip.shot_id), "C", (source, source), (start, start), rate),
        _row(BLACK, f"D    {clip.fade_out:03d}", (0, clip.fade_out), (start, end), rate),
        f"* FROM CLIP NAME: {_line(clip.name)}",
    ]


def _row(name: str, code: str, source: tuple[int, int], record: tuple[int, int], rate: Rate) -> str:
    times = " ".join(timecode(frame, rate) for frame in (*source, *record))
    return f"{name:<8} V     {code:<8} {times}"


def _line(text: str) -> str:
    return " ".join(text.split())
