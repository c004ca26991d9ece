"""What makes a line a scene heading or a transition."""

import re

# Emphasis around a heading is common: **INT. HOUSE - DAY**
_HEADING = re.compile(
    r"[*_]{0,4}(?:INT\.?/EXT|EXT\.?/INT|INT|EXT|EST|I\.?/E|E\.?/I)[. ]", re.IGNORECASE
)
_SCENE_NUMBER = re.compile(r"(?:[^\W_]|[.-])+")


def is_heading(text: str) -> bool:
    """Whether a stripped line begins like a scene heading; the lines around it are not asked."""
    return text[:1] in "iIeE*_" and _HEADING.match(text) is not None


def is_transition(line: str) -> bool:
    """Whether a line reads as a transition by itself; a space after the colon says it is none."""
    return line.endswith("TO:") and line.isupper()


def split_scene_number(text: str) -> tuple[str, str | None]:
    """Take `#12A#` off the end of a heading: the heading and the number, None if it has none."""
    if text.endswith("#"):
        begin = text.rfind("#", 0, -1)
        if begin > 0 and _SCENE_NUMBER.fullmatch(text, begin + 1, len(text) - 1):
            return text[:begin].rstrip(), text[begin + 1 : -1]
    return text, None
