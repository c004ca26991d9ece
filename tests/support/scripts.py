"""Screenplays for tests: read from a few lines of Fountain, or drawn by hypothesis."""

from dataclasses import dataclass

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from reelwright.film.breakdown.model import Breakdown, Scene, Shot
from reelwright.film.breakdown.script import break_down
from reelwright.film.screenplay.fountain.reader import read_fountain

CALM = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
PEOPLE = ("MARA", "TOMAS", "JUNE", "VIKTOR")
HEADINGS = (
    "INT. LIGHTHOUSE - NIGHT",
    "EXT. HARBOUR - DAY",
    "INT. KITCHEN - MORNING",
    "EXT. CLIFF - DUSK",
    "INT./EXT. CAR - NIGHT",
    "EXT. SQUARE - LATER",
)
ACTIONS = (
    "{name} crosses to the {word}.",
    "{name} holds the {word}. {name} looks at it for a long time. {name} puts it down again.",
    "The {word} stands in the corner, and nobody has touched it for years.",
    "{name} and {other} carry the {word} up the stairs.",
    "{name} takes out a LETTER from the {word} and turns it over and over in the light.",
)
LONG = (
    "The {word} was my father's. He kept it by the window all his life, and he never said why. "
    "When he died I looked for it everywhere. I looked in the cellar and under the floor. "
    "I asked everyone who had ever been in this house. Nobody would tell me. "
    "In the end I stopped asking, and that was when it came back to me."
)
SPEECHES = (
    "Where is the {word}?",
    "I never saw the {word} again.",
    "Leave the {word} alone! Leave it!",
    LONG,
)


def breakdown(*lines: str) -> Breakdown:
    """The breakdown of a script given as lines."""
    return break_down(read_fountain("\n".join(lines) + "\n"))


def only_scene(*lines: str) -> Scene:
    """The scene of a script that has one."""
    (scene,) = breakdown(*lines).scenes
    return scene


def shots(film: Breakdown) -> list[Shot]:
    """All shots of a film."""
    return [shot for scene in film.scenes for shot in scene.shots]


@dataclass(frozen=True)
class Beat:
    """One paragraph or one speech; `word` is found nowhere else in the script."""

    kind: str
    name: str
    other: str
    way: int
    word: str

    def __str__(self) -> str:
        if self.kind == "speech":
            return f"{self.name}\n{SPEECHES[self.way % len(SPEECHES)].format(word=self.word)}"
        action = ACTIONS[self.way % len(ACTIONS)]
        return action.format(name=self.name.title(), other=self.other.title(), word=self.word)


@dataclass(frozen=True)
class Part:
    """One scene of a drawn script."""

    heading: str
    beats: tuple[Beat, ...]

    def __str__(self) -> str:
        return "\n\n".join([self.heading, *map(str, self.beats)])


def written(parts: list[Part]) -> Breakdown:
    """The breakdown of a drawn script."""
    return break_down(read_fountain("\n\n".join(map(str, parts)) + "\n"))


def spell(number: int) -> str:
    """A word for a number, that no other number has."""
    syllables = "ba co di fu ga ho je ki lo ma".split()
    return "z" + "".join(syllables[int(digit)] for digit in str(number)) + "n"


@st.composite
def scripts(draw: st.DrawFn, *, least: int = 1) -> list[Part]:
    """Scripts of a few scenes, often under one heading; the first beat gives everyone a cue."""
    counter = iter(range(1000))
    beat = st.builds(
        lambda kind, pair, way: Beat(kind, pair[0], pair[1], way, spell(next(counter))),
        st.sampled_from(("action", "speech")),
        st.permutations(PEOPLE),
        st.integers(0, 19),
    )
    part = st.builds(
        lambda heading, beats: Part(heading, tuple(beats)),
        st.sampled_from(HEADINGS),
        st.lists(beat, min_size=1, max_size=8),
    )
    parts = draw(st.lists(part, min_size=least, max_size=5))
    everyone = tuple(Beat("speech", name, name, 0, spell(next(counter))) for name in PEOPLE)
    return [Part("INT. HALL - DAY", everyone), *parts]
