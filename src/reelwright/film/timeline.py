"""The cut as values: clips, voices, stems and subtitles on one line of frames."""

from dataclasses import dataclass


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
    (`start` = that clip's end - N); a fade_in overlaps nothing and lasts N frames of this clip.
    `fade_out` is the length in frames of a fade to black at its end.
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

    @property
    def end(self) -> int:
        """The first film frame after the clip."""
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class VoiceClip:
    """One spoken speech on the voice track; `frames` is its length, rounded up."""

    shot_id: str
    character: str
    text: str
    start: int
    frames: int
    media: str


@dataclass(frozen=True, slots=True)
class StemClip:
    """Ambience (foley included) or score of one scene. `kind` is `ambience` or `score`."""

    scene_id: str
    kind: str
    start: int
    frames: int
    media: str


@dataclass(frozen=True, slots=True)
class Subtitle:
    """One subtitle: at most two lines of 42 characters, start and end in seconds of the film."""

    start_s: float
    end_s: float
    lines: tuple[str, ...]
    character: str = ""


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
