"""The cut as values: clips, voices, stems and subtitles on one line of frames."""

from dataclasses import dataclass

OVERLAPPING = ("dissolve", "wipe")
"""The transitions during which two clips are seen at once."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Frames a second as a fraction: 24/1, 24000/1001."""

    num: int = 24
    den: int = 1

    def seconds(self, frames: int) -> float:
        """How long so many frames last."""
        return frames * self.den / self.num

    def frames(self, seconds: float) -> int:
        """The nearest whole number of frames, halves up."""
        return int(seconds * self.num / self.den + 0.5)


@dataclass(frozen=True, slots=True)
class Clip:
    """A shot on the picture track.

    It shows `frames` frames from film frame `start` on. Its media file holds `handles` frames more
    at each end, so its first shown frame is the media's frame `handles`. `transition` and
    `overlap` say how it comes in: a dissolve of N frames overlaps the clip before by N
    (`start` = that clip's end - N), a wipe likewise; a fade_in overlaps nothing and lasts N frames
    of this clip. `fade_out` is the length in frames of a fade to black at its end. `trim` is how
    many frames a person cut from the head of the shot (negative: they made it begin earlier).
    """

    shot_id: str
    scene_id: str
    name: str
    start: int
    frames: int
    media: str
    handles: int = 0
    transition: str = "cut"
    overlap: int = 0
    fade_out: int = 0
    trim: int = 0

    @property
    def end(self) -> int:
        """The first film frame after the clip."""
        return self.start + self.frames

    @property
    def shared(self) -> int:
        """How many frames it shares with the clip before it (a dissolve or a wipe)."""
        return self.overlap if self.transition in OVERLAPPING else 0

    @property
    def fade_in(self) -> int:
        """How many frames it takes to come up from black."""
        return self.overlap if self.transition == "fade_in" else 0


@dataclass(frozen=True, slots=True)
class Timing:
    """A person's own timing of a shot: its length, and how much its head is cut short, in seconds."""

    duration_s: float | None = None
    trim_start_s: float = 0.0


@dataclass(frozen=True, slots=True)
class VoiceClip:
    """One spoken speech on the voice track; `frames` is its length, rounded up.

    `speech` is its place in the shot's dialogue. It may begin before its shot: sound leads the cut.
    """

    shot_id: str
    character: str
    text: str
    start: int
    frames: int
    media: str
    speech: int = 0

    @property
    def end(self) -> int:
        """The first film frame after the speech."""
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class StemClip:
    """Ambience (foley included) or score of one scene. `kind` is `ambience` or `score`.

    Neighbours may overlap; `fade_in` and `fade_out` are frames at its own ends.
    """

    scene_id: str
    kind: str
    start: int
    frames: int
    media: str
    fade_in: int = 0
    fade_out: int = 0

    @property
    def end(self) -> int:
        """The first film frame after the stem."""
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class Subtitle:
    """One subtitle: at most two lines of 42 characters, start and end in seconds of the film.

    `italic` marks a voice that is not in the room (V.O., telephone). Two people who speak at once
    share a subtitle: one dashed line each, and `character` names both (`MARA & JONAS`).
    """

    start_s: float
    end_s: float
    lines: tuple[str, ...]
    character: str = ""
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A scene's place in the film."""

    scene_id: str
    title: str
    start: int
    frames: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole cut. All tracks share frame 0; `frames` is the length of the film."""

    title: str
    author: str
    rate: Rate
    width: int
    height: int
    frames: int
    clips: tuple[Clip, ...]
    voices: tuple[VoiceClip, ...] = ()
    stems: tuple[StemClip, ...] = ()
    subtitles: tuple[Subtitle, ...] = ()
    chapters: tuple[Chapter, ...] = ()

    @property
    def duration_s(self) -> float:
        """The length of the film in seconds."""
        return self.rate.seconds(self.frames)
