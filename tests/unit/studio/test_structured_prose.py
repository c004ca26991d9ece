"""Prose that is nearly a screenplay becomes one without any model."""

import pytest

from reelwright.film.breakdown.script import break_down
from reelwright.film.screenplay.fountain import read_fountain
from reelwright.studio.drafts.prose import cut_prose
from reelwright.studio.drafts.structured import is_structured, structured_to_fountain

NOTES = """\
# Title: The Door

## Int. Kitchen - night

Mara waits by
the window. NOTHING MOVES.

Mara (whispering): "Who is there?"
JOSEF (V.O.): Only me. And: the rain.
BANG

Ext. Pier - dawn
Fog.
"""


def test_headings_and_speeches_are_found_and_all_else_is_action():
    film = break_down(read_fountain(structured_to_fountain(NOTES)))
    assert film.title == "The Door"
    assert [one.heading for one in film.scenes] == ["INT. KITCHEN - NIGHT", "EXT. PIER - DAWN"]
    said = [one for scene in film.scenes for shot in scene.shots for one in shot.dialogue]
    assert [(one.character, one.text) for one in said] == [
        ("MARA", "Who is there?"),
        ("JOSEF", "Only me. And: the rain."),
    ]
    assert (said[0].parenthetical, said[1].extension) == ("whispering", "V.O.")
    action = " ".join(shot.action for scene in film.scenes for shot in scene.shots)
    assert "Mara waits by the window." in action
    assert "BANG" in action


@pytest.mark.parametrize("text", ["A girl hears the weather.", "", "Interior monologue: no."])
def test_plain_prose_is_not_structured(text):
    assert not is_structured(text)


def test_prose_is_cut_between_paragraphs_and_loses_no_word():
    text = "\n\n".join(f"Paragraph {n}. " + "Some words follow here. " * 30 for n in range(40))
    parts = cut_prose(text + "\n\n" + "One endless sentence " * 200, 2000)
    assert all(0 < len(part) <= 2000 for part in parts)
    joined = " ".join(" ".join(parts).split())
    assert joined.startswith("Paragraph 0.")
    assert len(joined) > len(" ".join(text.split()))
    assert " ".join(text.split()) in joined
