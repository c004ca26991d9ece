"""The file a person starts from: every scene and shot with its id, and what could be written there."""

import textwrap
from collections.abc import Iterator

import tomlkit

from reelwright.film.breakdown.model import Breakdown, Scene, Shot
from reelwright.film.breakdown.mood import MOODS

HEAD = """\
# Notes on {title}.
#
# What you write here goes before what the script alone gives, and stays when the script changes:
# scenes and shots are known by their ids. Take away the # in front of a line and change its value.
#
# A shot takes:
#   size, angle, move, lens          how the camera sees it
#   transition                       "cut", "dissolve", "fade_in", "fade_out", "wipe": how it begins
#   duration_s, trim_start_s         its length in seconds; seconds cut from its beginning
#   split = 2                        two shots; or  split_at = ["first words of the next shot"]
#   merge_with_next = true           one shot with the one that follows
#   after = "sh_..."                 it follows that shot of its scene ("start": it comes first)
#   drop = true                      it is left out
#   picture = "art/key.png"          your own picture;  clip = "shot.mp4"  your own moving one
#   recordings = ["mara.wav"]        your own voices, one file for each speech ("" keeps the made one)
# A scene takes mood, weather, time_of_day, after, drop. Moods: {moods}.
# Files are found from the folder of these notes.

[film]
# score_mood = "tense"
"""


def starting_notes(breakdown: Breakdown) -> str:
    """A commented file with every id; it changes nothing until somebody writes in it."""
    title = f"“{_one_line(breakdown.title)}”" if breakdown.title else "the film"
    parts = [HEAD.format(title=title, moods=", ".join((*MOODS, "neutral")))]
    parts += _cast(breakdown)
    for scene in breakdown.scenes:
        parts.append(_scene(scene))
        parts += [_shot(shot) for shot in scene.shots]
    return "\n".join(parts)


def _cast(breakdown: Breakdown) -> Iterator[str]:
    for one in breakdown.characters:
        look, voice = one.look, one.voice
        yield (
            f"[characters.{_key(one.name)}]\n"
            f'# look = {{ hair = "{look.hair}", costume = "{look.costume}", '
            f'colour = "{look.colour}" }}\n'
            f"# voice = {{ pitch = {voice.pitch:g}, pace = {voice.pace:g}, "
            f"timbre = {voice.timbre} }}\n"
        )


def _scene(scene: Scene) -> str:
    heading = f"{scene.number}. {_one_line(scene.heading)}" if scene.number else scene.heading
    rule = "# " + "-" * 76
    return (
        f"\n{rule}\n# {_one_line(heading)}\n{rule}\n[scenes.{_key(scene.id)}]\n"
        f'# mood = "{scene.mood}"\n'
    )


def _shot(shot: Shot) -> str:
    said = (f"{speech.character}: {speech.text}" for speech in shot.dialogue)
    words = textwrap.shorten(" ".join((shot.action, *said)), 72, placeholder=" ...")
    words = words or " ".join((shot.kind.value, *shot.characters))
    return (
        f"# {shot.number}  {_one_line(words)}\n[shots.{_key(shot.id)}]\n"
        f'# size = "{shot.size.value}"\n# duration_s = {shot.duration_s:.1f}\n'
    )


def _key(name: str) -> str:
    """A name as a TOML key, quoted where it has to be."""
    return tomlkit.key(name).as_string()


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))
