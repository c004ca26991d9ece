"""What stands on paper beside a film's frames."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """What a board says of the whole film. `aspect` is a frame's width over its height."""

    title: str
    author: str
    summary: str
    aspect: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One frame of a storyboard. `picture` is the number of its file; `dialogue` is (name, text)."""

    picture: int
    number: str
    heading: str
    camera: str
    timing: str
    action: str
    dialogue: tuple[tuple[str, str], ...]
