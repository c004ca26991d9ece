"""The director is asked about a project: it knows it, remembers, proposes, and a person applies."""

import json

import pytest

from reelwright.film.notes import parse_notes
from reelwright.generation.routes.route import Route
from reelwright.projects.scripts import ScriptDesk
from reelwright.studio.advice.desk import DirectorDesk
from reelwright.studio.advice.model import StaleProposalError
from reelwright.studio.asking import KeyNeededError
from reelwright.studio.manuscripts import Manuscripts, UnfollowableNoteError
from reelwright.testing.fakes.anthropic import FakeAnthropic
from support.generating import staged
from support.readers import texts_in

pytestmark = pytest.mark.anyio

SCRIPT = """\
INT. KITCHEN - NIGHT

MARA (40), red hair, waits by the window.

MARA
You came back.

EXT. PIER - DAWN

Fog over the water.
"""
CLAUDE = Route(models=("anthropic/claude-haiku-5-5",))


def edit(table, subject, key, *values, why="tighter"):
    return {"table": table, "subject": subject, "key": key, "values": values, "why": why}


class Director:
    """A fake's writer that answers with what it was told to."""

    def __init__(self):
        self.edits = []
        self.asked = []

    def __call__(self, asked):
        self.asked.append("\n".join(texts_in(asked)))
        return json.dumps({"answer": "Closer, “Mara”.", "edits": self.edits})


class Desk:
    """A project with a desk."""

    def __init__(self, stage, desk, project, director):
        self.stage, self.desk, self.project, self.director = stage, desk, project, director
        self.who = stage.house.owner

    async def script(self):
        return await (await self.stage.get(Manuscripts)).read(self.who, self.project.id)

    async def revise(self, text):
        scripts = await self.stage.get(ScriptDesk)
        await scripts.revise_from_text(self.who, self.project.id, text)


async def opened(stage, director):
    project = await (await stage.get(ScriptDesk)).create_from_text(
        stage.house.owner, "Mara", SCRIPT
    )
    return Desk(stage, await stage.get(DirectorDesk), project, director)


async def test_advice_is_remembered_applied_and_never_put_over_a_note_that_stands(database_url):
    director = Director()
    async with staged(database_url, anthropic=FakeAnthropic(writer=director)) as stage:
        await stage.account("anthropic")
        at = await opened(stage, director)
        first, scene = (await at.script()).breakdown.scenes[0].shots[0], None
        scene = (await at.script()).breakdown.scenes[0]
        director.edits = [
            edit("shots", first.id, "size", "extreme_close"),
            edit("scenes", scene.id, "mood", "tense"),
            edit("characters", "Mara", "look.glasses", "round"),
        ]
        thread = await at.desk.open(at.who, at.project.id)
        heard = [one async for one in at.desk.stream(at.who, thread.id, "Shot 1A?", route=CLAUDE)]
        advice = heard.pop()
        assert "".join(heard) == advice.text == "Closer, “Mara”."
        assert advice.about == (first.id,)
        assert advice.cost_micros > 0
        applied = await at.desk.apply(at.who, advice.id, [1, 3])
        notes = parse_notes((await at.script()).notes)
        assert notes.shots[first.id].size == "extreme_close"
        assert notes.characters["MARA"].look == {"glasses": "round"}
        assert not notes.scenes
        assert (len(applied.applied), applied.kept) == (2, [])

        director.edits = [edit("shots", first.id, "size", "wide")]
        again = await at.desk.ask(at.who, thread.id, "Wider after all?", route=CLAUDE)
        assert "extreme_close" in director.asked[-1]  # the notes that stand
        assert "Shot 1A?" in director.asked[-1]
        applied = await at.desk.apply(at.who, again.id)
        assert [one.value for one in applied.kept] == ["wide"]
        assert parse_notes((await at.script()).notes).shots[first.id].size == "extreme_close"
        await at.desk.apply(at.who, again.id, over=True)
        assert parse_notes((await at.script()).notes).shots[first.id].size == "wide"
        told = await at.desk.messages(at.who, thread.id)
        assert [(one.number, one.role) for one in told] == [
            (1, "user"),
            (2, "assistant"),
            (3, "user"),
            (4, "assistant"),
        ]
        assert told[1] == advice


async def test_a_proposal_about_what_the_script_has_lost_or_cannot_follow_is_refused(database_url):
    director = Director()
    async with staged(database_url, anthropic=FakeAnthropic(writer=director)) as stage:
        await stage.account("anthropic")
        at = await opened(stage, director)
        pier = (await at.script()).breakdown.scenes[1].shots[0]
        director.edits = [
            edit("shots", pier.id, "size", "wide"),
            edit("shots", pier.id, "split_at", "never written"),
        ]
        thread = await at.desk.open(at.who, at.project.id)
        advice = await at.desk.ask(at.who, thread.id, "Scene 2?", route=CLAUDE)
        with pytest.raises(UnfollowableNoteError, match="cannot be split"):
            await at.desk.apply(at.who, advice.id)
        await at.revise(SCRIPT.replace("Fog over the water.", "Rain on the boats."))
        with pytest.raises(StaleProposalError, match=pier.id) as refused:
            await at.desk.apply(at.who, advice.id, [1])
        assert "ask again" in str(refused.value)
        assert not (await at.script()).notes


async def test_proposals_that_mean_nothing_are_asked_for_once_more_and_then_left_out(database_url):
    director = Director()
    async with staged(database_url, anthropic=FakeAnthropic(writer=director)) as stage:
        await stage.account("anthropic")
        at = await opened(stage, director)
        director.edits = [
            edit("shots", "sh_invented00", "size", "wide"),
            edit("characters", "MARA", "look.hair", "purple"),
            edit("film", "", "score_mood", "tense"),
        ]
        thread = await at.desk.open(at.who, at.project.id)
        advice = await at.desk.ask(at.who, thread.id, "And the music?", route=CLAUDE)
        assert len(director.asked) == 2
        assert [(one.key, one.value) for one in advice.edits] == [("score_mood", "tense")]
        told = " ".join(advice.warnings)
        assert "sh_invented00" in told
        assert "purple" in told


async def test_without_a_key_it_says_which_is_needed(database_url):
    async with staged(database_url) as stage:
        at = await opened(stage, None)
        thread = await at.desk.open(at.who, at.project.id)
        with pytest.raises(KeyNeededError, match="the director needs a key for one of anthropic"):
            await at.desk.ask(at.who, thread.id, "What do you think?")
        assert await at.desk.messages(at.who, thread.id) == []
