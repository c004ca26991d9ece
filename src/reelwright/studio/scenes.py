"""Chooses scenes: `2-4,7` means the second to fourth and the seventh, by number or by place."""

import re
from dataclasses import replace

from reelwright.film.breakdown.model import Breakdown, Scene
from reelwright.ground.errors import InvalidInputError


def choose_scenes(breakdown: Breakdown, choice: str | None) -> Breakdown:
    """The breakdown with the chosen scenes only; cast and looks stay those of the whole film.

    A number is a scene's own number where the script has numbers, else its place in the script.

    Raises InvalidInputError when the choice cannot be read or one of its parts matches nothing.
    """
    if choice is None:
        return breakdown
    numbers = [scene.number.upper() for scene in breakdown.scenes]
    chosen: set[int] = set()
    for part in choice.upper().split(","):
        chosen |= _matching(part.strip(), numbers, choice)
    scenes: tuple[Scene, ...] = tuple(s for n, s in enumerate(breakdown.scenes) if n in chosen)
    seconds = round(sum(scene.duration_s for scene in scenes), 3)
    return replace(breakdown, scenes=scenes, duration_s=seconds)


def _matching(part: str, numbers: list[str], choice: str) -> set[int]:
    if part in numbers:  # also a number with a dash in it, and one that two scenes bear
        return {n for n, number in enumerate(numbers) if number == part}
    found = re.fullmatch(r"([0-9A-Z.]+)(?:\s*-\s*([0-9A-Z.]+))?", part)
    if not found:
        raise InvalidInputError(f"--scenes {choice}: {part!r} is no scene", way_out="write 2-4,7")
    for end in (found[1], found[2] or found[1]):
        if end not in numbers:
            raise InvalidInputError(
                f"--scenes {choice}: there is no scene {end}",
                way_out=f"the script has {numbers[0]} to {numbers[-1]}",
            )
    start, end = numbers.index(found[1]), numbers.index(found[2])
    if end < start:
        raise InvalidInputError(f"--scenes {choice}: {part} runs backwards", way_out="write 2-4,7")
    return set(range(start, end + 1))
