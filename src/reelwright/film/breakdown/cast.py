"""The cast: everyone who has a cue, and those who are brought in without one."""

from collections import Counter
from collections.abc import Mapping, Sequence

from reelwright.film.breakdown.beats import Chapter, spoken_names
from reelwright.film.breakdown.measures import count_words
from reelwright.film.breakdown.model import CastMember, Scene
from reelwright.film.breakdown.people import CHORUS, introductions, is_throng, split_names
from reelwright.film.breakdown.roster import Roster
from reelwright.film.casting import cast_looks, cast_voices


def find_cast(chapters: Sequence[Chapter]) -> list[str]:
    """Names in order of appearance: of cues first, then of people who never speak."""
    names = spoken_names(chapters)
    known = Roster(names)
    for chapter in chapters:
        for text in chapter.action:
            for name in introductions(text):
                if name not in names and not known.names_in(name):
                    names.append(name)
                    known = Roster(names)
    return names


def build_cast(
    descriptions: Mapping[str, str],
    sexes: Mapping[str, str],
    chapters: Sequence[Chapter],
    scenes: Sequence[Scene],
) -> tuple[CastMember, ...]:
    """Everyone described, with lines, words, scenes, look and voice; who speaks most comes first."""
    names = list(descriptions)
    lines, words = Counter[str](), Counter[str]()
    spellings: dict[str, dict[str, None]] = {name: {} for name in names}
    for chapter in chapters:
        for speech in chapter.speeches:
            lines[speech.character] += 1
            words[speech.character] += int(count_words(speech.text))
            if speech.extension:
                spellings[speech.character][f"{speech.character} ({speech.extension})"] = None
    where = {
        name: tuple(scene.id for scene in scenes if name in scene.characters) for name in names
    }
    weights = {name: (lines[name], len(where[name])) for name in names}
    together = [scene.characters for scene in scenes]
    looks = cast_looks(descriptions, together, sexes)
    voices = cast_voices(descriptions, looks)
    order = sorted(names, key=lambda name: (-weights[name][0], -weights[name][1]))
    return tuple(
        CastMember(
            name=name,
            aliases=tuple(spellings[name]),
            lines=lines[name],
            words=words[name],
            scenes=where[name],
            look=looks[name],
            voice=voices[name],
            description=descriptions[name],
        )
        for name in order
    )


def is_chorus(name: str, names: Sequence[str]) -> bool:
    """Whether a cue stands for several people: `ALL`, `THE CROWD`, `JOHN & MARY`."""
    return name in CHORUS or is_throng(name) or len(split_names(name, names)) > 1
