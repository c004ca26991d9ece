"""What is known of an answer besides its text, once it has ended."""

from dataclasses import dataclass, field
from decimal import Decimal

from reelwright.providers.events import Event
from reelwright.providers.prices import Unit


@dataclass
class Answer:
    """One answer, as `providers.writing` wants to know it."""

    remote_id: str = ""
    ended: bool = False
    cut: bool = False
    used: dict[Unit, Decimal] = field(default_factory=dict)

    def read(self, event: Event) -> str:
        """Nothing: pydantic-ai reads the events itself."""
        raise NotImplementedError(event)
