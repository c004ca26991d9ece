"""Against fountain-py, in what it reads by the specification."""

from fountain import ElementType as Theirs
from fountain import FountainParser
from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.screenplay.elements import ElementType
from reelwright.film.screenplay.fountain import read_fountain

BLOCKS = st.sampled_from([
    "INT. HOUSE - DAY", "EXT. STREET - NIGHT #12#", "A dog barks.", "Two lines\nof action.",
    "JOHN\nHello there.", "MARY\n(smiling)\nHello.\nAgain.", "STEEL (V.O.)\nI was young.",
    "CUT TO:", "> FADE OUT.", "> THE END <", "# Act one", "## Sequence", "= What happens.", "===",
    "~A song", "!FORCED\nline", ".FORCED HEADING", "@McCLANE\nMixed.", "R2D2\nBeep.",
])  # fmt: skip
SAME = {
    ElementType.SCENE_HEADING: Theirs.SCENE_HEADING,
    ElementType.CHARACTER: Theirs.CHARACTER,
    ElementType.TRANSITION: Theirs.TRANSITION,
    ElementType.SECTION: Theirs.SECTION,
}


@given(st.lists(BLOCKS, min_size=1, max_size=15))
def test_headings_cues_transitions_and_sections_agree_with_another_reader(blocks):
    text = "He waits.\n\n" + "\n\n".join(blocks) + "\n"
    theirs = FountainParser().parse(text)
    ours = read_fountain(text)
    for kind, their_kind in SAME.items():
        mine = [(one.name or one.text).lower() for one in ours.elements if one.type is kind]
        other = [one.text.lower() for one in theirs.elements if one.type is their_kind]
        assert mine == other
