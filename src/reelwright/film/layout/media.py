"""What the files of a film are called, relative to its folder. Names follow ids, so they outlive revisions."""

import re

from reelwright.film.dialogue import Line


def shot_file(folder: str, shot_id: str) -> str:
    """The picture of a shot."""
    return f"{folder}/{shot_id}.mp4"


def voice_file(folder: str, line: Line) -> str:
    """One spoken speech; the character's name is there for people."""
    who = re.sub(r"[^a-z0-9]+", "-", line.speech.character.lower()).strip("-")
    return f"{folder}/{line.shot_id}-{line.index + 1:02d}{'-' + who if who else ''}.wav"


def stem_file(folder: str, scene_id: str, kind: str) -> str:
    """The ambience or the score of a scene."""
    return f"{folder}/{scene_id}-{kind}.wav"
