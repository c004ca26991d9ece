"""Progress of long work, told to whoever wants to show it."""

from typing import Protocol


class Progress(Protocol):
    """A listener for long work. Implementations MUST be quick and MUST NOT raise."""

    def begin(self, stage: str, total: float) -> None:
        """A stage of the work begins; `total` counts its steps (shots, scenes, seconds)."""
        ...

    def advance(self, stage: str, by: float = 1.0, note: str = "") -> None:
        """Some steps of a stage are done; `note` names what is in hand (scene, shot)."""
        ...

    def warn(self, message: str) -> None:
        """Something a person should know, that does not stop the work."""
        ...


class Silent:
    """A listener that shows nothing."""

    def begin(self, stage: str, total: float) -> None:
        """Hear and forget."""

    def advance(self, stage: str, by: float = 1.0, note: str = "") -> None:
        """Hear and forget."""

    def warn(self, message: str) -> None:
        """Hear and forget."""
