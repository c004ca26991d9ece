"""Screenplays of a wanted length, and whether what was made of them plays."""

import io

import av

_PLACES = ("HARBOR", "STREET", "KITCHEN", "BRIDGE", "STATION", "GARDEN", "ATTIC", "MARKET")


def screenplay(scenes: int, word: str) -> str:
    """A screenplay of some scenes, about three shots each; `word` makes it another one."""
    told = [f"Title: The {word.title()}\n"]
    for number in range(scenes):
        place = _PLACES[number % len(_PLACES)]
        told.append(
            f"EXT. {place} {number + 1} - DAY\n\nADA (40s) looks at the {word}. A GULL cries.\n\n"
            f"ADA\nThe {word} never comes at {number + 1}.\n\nShe walks on, slowly.\n"
        )
    return "\n".join(told)


def plays(film: bytes, at_least: int) -> int:
    """The film's frames, all decoded."""
    with av.open(io.BytesIO(film), "r") as opened:
        frames = sum(1 for _ in opened.decode(video=0))
    assert frames >= at_least
    return frames
