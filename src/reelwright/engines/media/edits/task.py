"""One piece of work on files, as whoever does it is handed it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reelwright.engines.media.edits.formats import Format
from reelwright.engines.media.edits.measures import Measures


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be worked on, and what it is."""

    path: Path
    measures: Measures


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done: with which files and parameters, and into which file, if one is made.

    `tell` hears how far it is, 0 to 1.
    """

    sources: Sequence[Source]
    params: Any
    target: Path | None = None
    form: Format | None = None
    tell: Callable[[float], None] = field(default=lambda _: None)

    @property
    def first(self) -> Source:
        """The only input, or the one that decides about the form of the result."""
        return self.sources[0]

    @property
    def out(self) -> tuple[Path, Format]:
        """Where the result goes, and its form."""
        assert self.target is not None
        assert self.form is not None
        return self.target, self.form

    def of(self, seconds: float, first: float = 0.0, last: float = 1.0) -> Callable[[float], None]:
        """A listener that hears seconds done of so many, and tells the part from first to last."""
        span = (last - first) / max(seconds, 1e-6)
        return lambda done: self.tell(min(last, first + done * span))
