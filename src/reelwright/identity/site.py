"""Where people reach us."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """Our address; None: not told, as on a laptop."""

    base_url: str | None = None
