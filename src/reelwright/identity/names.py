"""Names people give to things of theirs."""

from reelwright.ground.errors import InvalidInputError

LONGEST = 100


def clean_name(text: str, what: str) -> str:
    """A name without spaces around it; raises InvalidInputError when it is none."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= LONGEST or not name.isprintable():
        raise InvalidInputError(
            f"this is no name for a {what}", way_out=f"give 1 to {LONGEST} printable signs"
        )
    return name
