"""What stands on a moodboard beside its pictures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What stands beside the pictures. `notes` are (title, lines)."""

    title: str
    subtitle: str
    summary: str
    moods: tuple[str, ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()
