"""A model reads a script: what agrees with it is taken, what does not is told, and nothing is paid twice."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reelwright.film.breakdown.script import break_down
from reelwright.film.breakdown.sheet import to_json
from reelwright.film.screenplay.fountain import read_fountain
from reelwright.generation.routes.route import Route
from reelwright.studio.analysis.analyst import NO_KEY, ScriptAnalyst
from reelwright.studio.asking import KeyNeededError
from reelwright.testing.fakes.anthropic import FakeAnthropic
from reelwright.testing.fakes.google import FakeGoogle
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.openai import FakeOpenAI
from support.generating import staged
from support.readers import Reader, faithful

pytestmark = pytest.mark.anyio

SCRIPT = """\
INT. KITCHEN - NIGHT

MARA (40), red hair in a bun, waits by the window.

MARA
You came back.

EXT. PIER - DAWN

Fog. JOSEF (70s) coils a rope.

JOSEF
Says who?
"""
KEEPER = Path(__file__).parents[2] / "examples" / "the-keeper.fountain"
CLAUDE = Route(models=("anthropic/claude-haiku-5-5",))


def film(text=SCRIPT):
    return break_down(read_fountain(text))


def same(analysis, breakdown):
    told = analysis.to_json()
    return {key: told[key] for key in told if key != "analysis"} == to_json(breakdown)


def spent(fakes):
    return sum(len(fake.charges) for fake in fakes.values())


async def test_scenes_are_the_scripts_and_the_second_reading_is_found(database_url):
    reader, breakdown = Reader(), film(KEEPER.read_text())
    async with staged(database_url, anthropic=FakeAnthropic(writer=reader)) as stage:
        await stage.account("anthropic")
        analyst = await stage.get(ScriptAnalyst)
        first = await analyst.analyze(stage.house.owner, breakdown)
        assert same(first, breakdown)
        assert first.by == "anthropic/claude-haiku-5-5"
        assert not first.warnings
        assert {one.mood for one in first.scenes} == {"wonder"}
        assert first.scenes[0].beat == "opening"
        assert first.logline == breakdown.logline  # the author's own
        assert all(one.look["glasses"] == "round" for one in first.characters)
        assert first.bill.micros["USD"] > 0
        before = spent(stage.fakes)
        again = await analyst.analyze(stage.house.owner, breakdown)
        assert replace(again, bill=first.bill) == first
        assert (again.bill.found, again.bill.micros) == (again.bill.texts, {})
        assert spent(stage.fakes) == before


async def test_after_a_revision_only_what_changed_is_asked_again(database_url):
    reader = Reader()
    async with staged(database_url, anthropic=FakeAnthropic(writer=reader)) as stage:
        await stage.account("anthropic")
        analyst = await stage.get(ScriptAnalyst)
        await analyst.analyze(stage.house.owner, film())
        reader.asked.clear()
        revised = film("EXT. ROAD - DAY\n\nA car.\n\n" + SCRIPT.replace("Fog.", "Rain."))
        await analyst.analyze(stage.house.owner, revised)
        assert reader.asked == {"EXT. ROAD - DAY": 1, "EXT. PIER - DAWN": 1, "scenes": 1}


async def test_the_third_vendor_answers_when_two_fail(database_url):
    fakes = {"openai": FakeOpenAI(), "anthropic": FakeAnthropic(), "google": FakeGoogle()}
    for fake in fakes.values():
        fake.writer = Reader()
    fakes["openai"].moods.weights = {Mood.NO_CREDITS: 1}
    fakes["anthropic"].moods.weights = {Mood.MODEL_GONE: 1}
    async with staged(database_url, **fakes) as stage:
        for vendor in fakes:
            await stage.account(vendor)
        models = ("openai/gpt-6-luna", "anthropic/claude-haiku-5-5", "google/gemini-3.8-flash")
        analyst = await stage.get(ScriptAnalyst)
        analysis = await analyst.analyze(stage.house.owner, film(), route=Route(models=models))
        assert analysis.by == models[-1]
        assert same(analysis, film())
        assert not fakes["openai"].charges
        assert not fakes["anthropic"].charges
        assert len(fakes["google"].charges) == analysis.bill.texts == 4


def lies(question):
    answer = faithful(question)
    if "shots" in question:
        (idea,) = answer["ideas"]
        altered = idea | {"during": "You came back, my love."}
        answer["ideas"] = [altered, idea | {"shot": 99}]
    if "characters" in question:
        look = answer["characters"][0]["look"]
        answer["characters"] = [
            {"name": "HAMLET", "look": look},
            {"name": "MARA", "look": look | {"hair": "afro"}},
        ]
    if "scenes" in question:
        answer["beats"] = [{"scene": 7, "beat": "climax"}]
    return answer


async def test_what_a_model_makes_up_is_asked_for_once_more_and_then_left_out(database_url):
    reader = Reader(lies)
    async with staged(database_url, anthropic=FakeAnthropic(writer=reader)) as stage:
        await stage.account("anthropic")
        analyst = await stage.get(ScriptAnalyst)
        analysis = await analyst.analyze(stage.house.owner, film(), route=CLAUDE)
        assert same(analysis, film())
        assert set(reader.asked.values()) == {2}
        assert not any(one.ideas or one.beat for one in analysis.scenes)
        assert {one.name: one.look["glasses"] for one in analysis.characters}["MARA"] == "round"
        assert {one.name: one.look["hair"] for one in analysis.characters}["MARA"] == "bun"
        told = "\n".join(analysis.warnings)
        for part in (
            "You came back, my love.",
            "no shot 99",
            "HAMLET",
            "no scene 7",
            "hair is bun",
        ):
            assert part in told


async def test_a_mood_nobody_knows_and_an_answer_cut_off_are_mended_by_one_more_question(
    database_url,
):
    seen = set()

    def once_wrong(question):
        answer, key = faithful(question), json.dumps(question)
        if key in seen:
            return answer
        seen.add(key)
        return json.dumps(answer)[:40] if "scenes" in question else answer | {"mood": "groovy"}

    reader = Reader(once_wrong)
    async with staged(database_url, anthropic=FakeAnthropic(writer=reader)) as stage:
        await stage.account("anthropic")
        analyst = await stage.get(ScriptAnalyst)
        analysis = await analyst.analyze(stage.house.owner, film(), route=CLAUDE)
        assert not analysis.warnings
        assert {one.mood for one in analysis.scenes} == {"wonder"}
        assert analysis.logline == "A town learns to listen."
        assert (reader.asked["EXT. PIER - DAWN"], reader.asked["scenes"]) == (2, 2)


async def test_a_scene_that_is_refused_stays_as_the_rules_have_it(database_url):
    fake = FakeAnthropic(writer=Reader())
    async with staged(database_url, anthropic=fake) as stage:
        await stage.account("anthropic")
        fake.moods.weights = {Mood.REFUSE_LATER: 1}
        analyst = await stage.get(ScriptAnalyst)
        analysis = await analyst.analyze(stage.house.owner, film(), route=CLAUDE)
        assert analysis.by == "rules"
        assert len(analysis.warnings) == 4
        assert all("stays as the rules have it" in one for one in analysis.warnings)
        assert same(analysis, film())


async def test_without_a_key_the_rules_say_what_they_can_and_a_model_asked_for_needs_one(
    database_url,
):
    async with staged(database_url) as stage:
        analyst = await stage.get(ScriptAnalyst)
        analysis = await analyst.analyze(stage.house.owner, film())
        assert (analysis.by, analysis.warnings, analysis.bill.texts) == ("rules", (NO_KEY,), 0)
        assert analysis.logline.startswith("Mara")
        with pytest.raises(KeyNeededError, match="needs a key for one of anthropic"):
            await analyst.analyze(stage.house.owner, film(), route=Route())
