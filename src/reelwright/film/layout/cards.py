"""The two cards that hold a film: its title before, its end after."""

from reelwright.film.breakdown.model import Angle, Breakdown, Move, Shot, ShotKind, Size, Transition

TITLE_ID, END_ID = "sh_title", "sh_end"
CARD_S = 3.0


def title_card(breakdown: Breakdown) -> Shot:
    """The shot that shows the title and who wrote it; the lines of the card are its action."""
    lines = [breakdown.title or "Untitled"]
    if breakdown.author:
        lines.append(breakdown.author)
    return _card(TITLE_ID, "sc_title", lines)


def end_card(breakdown: Breakdown) -> Shot:
    """The shot that closes the film."""
    lines = ["The End"]
    if breakdown.author:
        lines.append(f"Written by {breakdown.author}")
    return _card(END_ID, "sc_end", lines)


def _card(shot_id: str, scene_id: str, lines: list[str]) -> Shot:
    return Shot(
        id=shot_id,
        scene_id=scene_id,
        number="",
        kind=ShotKind.TITLE,
        size=Size.FULL,
        angle=Angle.EYE,
        move=Move.STATIC,
        lens=50,
        duration_s=CARD_S,
        action="\n".join(lines),
        transition=Transition("fade_in"),
    )
