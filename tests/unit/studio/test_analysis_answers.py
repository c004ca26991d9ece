"""Whatever a model answers, scenes and dialogue of an analysis are the script's."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reelwright.film.breakdown.script import break_down
from reelwright.film.breakdown.sheet import to_json
from reelwright.film.notes import add_notes, apply_notes, parse_notes
from reelwright.film.screenplay.fountain import read_fountain
from reelwright.generation.writing import Written
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.studio.analysis.analyst import ScriptAnalyst
from reelwright.studio.analysis.noting import notes_of
from reelwright.studio.asking import Pens
from support.readers import faithful

pytestmark = pytest.mark.anyio

FILM = break_down(
    read_fountain(
        "INT. HALL - DAY\n\nMARA (40), red hair, waits.\n\nMARA\nYou came back.\n\n"
        "EXT. PIER - DAWN\n\nFog.\n\nJOSEF\nSays who?\n"
    )
)
WHO = Principal(UserId.new(), WorkspaceId.new())
PLAIN = st.none() | st.booleans() | st.integers(-2, 9) | st.text(max_size=8)
WORDS = st.sampled_from(["close", "eye", "static", "wonder", "MARA", "round", "climax", "Fog.", ""])
KEYS = ["scene", "shot", "size", "angle", "move", "seen", "during", "name", "look", "beat", "mood",
        "glasses", "hair", "synopsis", "logline", "themes", "ideas", "beats", "characters"]  # fmt: skip
ANYTHING = st.recursive(
    PLAIN | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=9)
    ),
    max_leaves=20,
)


class Answers:
    """Stands for a service that has an answer for everything: a faithful one with parts replaced."""

    def __init__(self, spoilt):
        self.spoilt = spoilt

    async def write(self, who, request, route, **more):
        question = json.loads(request.messages[1].text)
        data = faithful(question)
        if isinstance(self.spoilt, dict):
            data |= self.spoilt
        else:
            data = self.spoilt
        return Written(json.dumps(data), data, "a/model", None, 1, "USD", 1, found=False)


class OpenPens(Pens):
    """Whoever asks has an account of everybody."""

    def __init__(self, spoilt):
        self.writing: Any = Answers(spoilt)

    async def any_for(self, who):
        return True


@given(ANYTHING)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_scenes_and_dialogue_stay_and_the_notes_can_be_followed(spoilt):
    pens = OpenPens(spoilt)
    analysis = await ScriptAnalyst(pens).analyze(WHO, FILM)
    told = analysis.to_json()
    assert {key: told[key] for key in told if key != "analysis"} == to_json(FILM)
    assert [one.scene_id for one in analysis.scenes] == [one.id for one in FILM.scenes]
    assert [one.name for one in analysis.characters] == [one.name for one in FILM.characters]
    json.dumps(told)
    directed = apply_notes(FILM, parse_notes(add_notes("", notes_of(analysis, ""))))
    assert not directed.reports
    said = [one for scene in FILM.scenes for shot in scene.shots for one in shot.dialogue]
    scenes = directed.breakdown.scenes
    assert [one for scene in scenes for shot in scene.shots for one in shot.dialogue] == said


async def test_what_a_person_has_noted_is_not_noted_again():
    pens = OpenPens({})
    analysis = await ScriptAnalyst(pens).analyze(WHO, FILM)
    shot = FILM.scenes[0].shots[0].id
    mine = f"[shots.{shot}]\nsize = 'insert'\n[characters.mara]\nlook.glasses = 'dark'\n"
    changes = notes_of(analysis, mine)
    notes = parse_notes(add_notes(mine, changes))
    assert notes.shots[shot].size == "insert"
    assert notes.shots[shot].angle == "low"
    assert notes.characters["mara"].look == {"glasses": "dark"}
    assert notes.characters["JOSEF"].look == {"glasses": "round"}
    assert not notes_of(analysis, add_notes(mine, changes))
