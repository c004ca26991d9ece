"""Transitions between shots, and the kind of joint each asks for."""

import re

from reelwright.film.breakdown.model import Transition

KINDS = (
    ("fade_out", r"FADE(?:S)?(?: SLOWLY)? (?:OUT|TO BLACK|TO WHITE)|FADE TO|FONDU AU NOIR|ABBLENDE"),
    ("fade_in", r"FADE(?:S)?(?: SLOWLY)? (?:IN|UP)|FROM BLACK|OUVERTURE|AUFBLENDE"),
    ("dissolve", r"DISSOLVE|CROSS[\s-]?FADE|MELT TO|MORPH|RIPPLE|FONDU|ÜBERBLENDUNG"),
    ("wipe", r"WIPE|IRIS"),
    ("cut", r"CUT|SMASH|JUMP|MATCH|BACK TO|INTERCUT|TIME CUT|FREEZE"),
)  # fmt: skip
KIND = re.compile("|".join(rf"(?P<{kind}>\b(?:{words})\b)" for kind, words in KINDS))
ALONE = re.compile(
    r"^\W*(?:SLOW(?:LY)?\s+|QUICK\s+|SLOW\s+)?(?:FADES? (?:IN|OUT|UP|TO BLACK|TO WHITE)"
    r"|(?:SMASH |JUMP |MATCH |HARD |TIME )?CUTS? TO(?: BLACK)?|DISSOLVE(?: TO)?|CROSS[\s-]?FADE(?: TO)?|WIPE(?: TO)?"
    r"|MATCH CUT|SMASH CUT|JUMP CUT)\W*$"
)


def read_transition(text: str) -> Transition:
    """Read `SMASH CUT TO:`, `FADE OUT.`; what it does not know is a cut that keeps its words."""
    found = KIND.search(text.upper())
    return Transition(found.lastgroup or "cut" if found else "cut", text)


def is_transition_line(text: str) -> bool:
    """Whether a line of action is nothing but a transition, as `FADE IN:` is."""
    return len(text) < 40 and text == text.upper() and bool(ALONE.match(text))
