"""How a fake vendor may treat a paid request, and when."""

import random
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Mood(StrEnum):
    """What becomes of one paid request."""

    WORK = "work"
    """Taken, billed, answered, made."""
    FAIL_LATER = "fail-later"
    """Taken, then it fails at the vendor's; not billed in the end."""
    REFUSE_LATER = "refuse-later"
    """Taken, then what was made is found unfit to be shown."""
    DROP = "drop"
    """The connection breaks before the request was taken: nothing is billed."""
    LOSE_REPLY = "lose-reply"
    """Taken and billed; the connection breaks before the answer."""
    HANG = "hang"
    """Taken and billed; the answer comes only after everybody's patience."""
    BUSY = "busy"
    """The service is overloaded."""
    RATE_LIMIT = "rate-limit"
    REFUSE = "refuse"
    """The prompt is against the vendor's policy."""
    BAD_KEY = "bad-key"
    BAD_INPUT = "bad-input"
    NO_CREDITS = "no-credits"
    MODEL_GONE = "model-gone"


TAKEN = frozenset((Mood.WORK, Mood.FAIL_LATER, Mood.REFUSE_LATER, Mood.LOSE_REPLY, Mood.HANG))
"""The moods in which the vendor has the request."""


@dataclass
class Moods:
    """The moods to come: those in `next` first, then by chance after `weights`, else WORK."""

    next: deque[Mood] = field(default_factory=deque)
    weights: Mapping[Mood, float] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    def take(self) -> Mood:
        """The mood for one request."""
        if self.next:
            return self.next.popleft()
        drawn = self.chance.random()
        for mood, weight in self.weights.items():
            drawn -= weight
            if drawn < 0:
                return mood
        return Mood.WORK
