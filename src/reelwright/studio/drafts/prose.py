"""Prose in parts that a model reads at once, cut between paragraphs."""

import re

PART = 12_000
"""Characters of one part."""


def cut_prose(text: str, most: int = PART) -> list[str]:
    """The text in parts of at most `most` characters, whole paragraphs where they are short enough."""
    parts: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        for piece in _pieces(paragraph.strip(), most):
            if parts and len(parts[-1]) + len(piece) + 2 <= most:
                parts[-1] += f"\n\n{piece}"
            else:
                parts.append(piece)
    return parts


def _pieces(paragraph: str, most: int) -> list[str]:
    """A paragraph, or, when it is longer than a part, runs of its sentences."""
    pieces = []
    while len(paragraph) > most:
        ends = [found.end() for found in re.finditer(r"[.!?…]['\"”’]?\s", paragraph[:most])]
        at = ends[-1] if ends else most
        pieces.append(paragraph[:at].strip())
        paragraph = paragraph[at:]
    return [*pieces, paragraph.strip()]
