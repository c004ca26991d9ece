"""What each mood sounds like: one row a mood."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mood:
    """A row. `progressions` are scale degrees, a chord a bar; `close` the last two before the tonic.

    `melody`, `figure`, `pad` and `pulse` name instruments (empty: none). The figure breaks the
    chord into notes, `figures` a bar at its slowest; the pulse marks the beat. `level` in dB.
    """

    mode: str
    tempo: float
    progressions: tuple[tuple[int, ...], ...]
    close: tuple[int, ...]
    melody: str = "piano"
    figure: str = ""
    figures: int = 4
    pad: str = "strings"
    bass: str = "bass"
    pulse: str = ""
    seventh: bool = False
    octave: int = 5
    level: float = 0.0
    short: bool = False


MOODS: dict[str, Mood] = {
    "neutral": Mood("mixolydian", 76, ((0, 4, 3, 0), (0, 3, 6, 3), (0, 5, 3, 4)), (3, 4), figure="piano", level=-2),
    "tense": Mood("minor", 98, ((0, 0, 5, 1), (0, 5, 3, 0), (0, 1, 0, 6)), (1, 4), melody="low_strings", figure="pizzicato", figures=8, pulse="heart"),
    "sad": Mood("minor", 60, ((0, 5, 2, 6), (0, 3, 5, 4), (0, 6, 5, 3)), (3, 4), figure="piano", level=-1),
    "joyful": Mood("major", 116, ((0, 4, 5, 3), (0, 3, 0, 4), (0, 5, 3, 4)), (3, 4), melody="bells", figure="harp", figures=8, pulse="brush"),
    "romantic": Mood("major", 68, ((0, 5, 1, 4), (0, 2, 3, 4), (0, 3, 5, 4)), (1, 4), melody="violin", figure="harp", figures=6, seventh=True),
    "eerie": Mood("phrygian", 52, ((0, 1, 0, 6), (0, 5, 1, 0), (0, 0, 1, 1)), (1, 1), melody="glass", pad="choir", level=-1),
    "action": Mood("minor", 136, ((0, 5, 6, 0), (0, 0, 5, 6), (0, 3, 5, 6)), (5, 6), melody="low_strings", figure="low_strings", figures=8, pulse="drums", short=True),
    "comic": Mood("major", 120, ((0, 3, 1, 4), (0, 5, 1, 4), (0, 4, 0, 4)), (1, 4), melody="pizzicato", figure="pizzicato", figures=4, pad="", bass="pluck_bass", pulse="brush", level=1),
    "solemn": Mood("dorian", 56, ((0, 3, 6, 0), (0, 2, 3, 4), (0, 6, 3, 0)), (3, 6), melody="choir", pad="low_strings"),
    "wonder": Mood("lydian", 80, ((0, 1, 0, 4), (0, 1, 5, 1), (0, 4, 1, 1)), (1, 4), melody="bells", figure="harp", figures=8, seventh=True),
}  # fmt: skip
