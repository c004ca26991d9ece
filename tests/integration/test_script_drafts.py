"""An idea becomes a screenplay our own reader understands, or it is said why not."""

import json

import pytest

from reelwright.film.screenplay.fountain import read_fountain
from reelwright.generation.routes.route import Route
from reelwright.studio.asking import KeyNeededError
from reelwright.studio.drafts.writer import BY_RULES, NoScreenplayError, ScriptWriter
from reelwright.testing.fakes.anthropic import FakeAnthropic
from support.generating import staged
from support.readers import texts_in

pytestmark = pytest.mark.anyio

CLAUDE = Route(models=("anthropic/claude-haiku-5-5",))
HEADINGS = [f"INT. ROOM {n} - NIGHT" for n in range(1, 6)]
OUTLINE = {
    "title": "The Door",
    "logline": "Somebody knocks.",
    "characters": [{"name": "MARA", "description": "40, tired"}],
    "scenes": [{"heading": one, "what": "She waits.", "speech": True} for one in HEADINGS],
}


class Author:
    """A fake's writer: the outline, then the scenes it is asked for; `spoil` changes what it writes."""

    def __init__(self, spoil=lambda text, turn: text):
        self.spoil = spoil
        self.turns = 0

    def __call__(self, asked):
        told = list(texts_in(asked))
        question = next(json.loads(one) for one in told if one.lstrip().startswith("{"))
        if "scenes" not in question:
            return json.dumps(OUTLINE)
        self.turns += 1
        scenes = [
            f"{one['heading']}\n\nMARA (40) waits.\n\nMARA\nWho is there?\n"
            for one in question["scenes"]
        ]
        return self.spoil("\n".join(scenes) + "\n[[end]]", self.turns)


async def drafted(database_url, author, **more):
    async with staged(database_url, anthropic=FakeAnthropic(writer=author)) as stage:
        await stage.account("anthropic")
        writer = await stage.get(ScriptWriter)
        draft = await writer.write(stage.house.owner, "A knock at night.", route=CLAUDE, **more)
        again = await writer.write(stage.house.owner, "A knock at night.", route=CLAUDE, **more)
        assert again.fountain == draft.fountain
        assert again.bill.found == again.bill.texts
        return draft


async def test_an_idea_becomes_scenes_with_speeches_and_the_second_time_costs_nothing(database_url):
    draft = await drafted(database_url, Author())
    read = read_fountain(draft.fountain)
    assert (read.title(), read.title("logline")) == ("The Door", "Somebody knocks.")
    assert [one.text for one in read.elements if one.type == "scene_heading"] == HEADINGS
    assert (draft.scenes, draft.speeches, draft.bill.texts) == (5, 5, 3)
    assert "[[" not in draft.fountain


async def test_what_was_cut_off_is_gone_on_with(database_url):
    whole = []

    def cut(text, turn):
        if turn == 1:
            whole.append(text)
            return text[:80]
        return whole[0][80:] if turn == 2 else text

    draft = await drafted(database_url, Author(cut))
    assert (draft.scenes, draft.speeches) == (5, 5)


async def test_what_is_no_screenplay_is_asked_for_once_more(database_url):
    draft = await drafted(
        database_url, Author(lambda t, n: "Certainly! Here it is. [[end]]" if n == 1 else t)
    )
    assert (draft.scenes, draft.speeches) == (5, 5)


async def test_a_model_that_writes_no_screenplay_twice_is_told_of(database_url):
    with pytest.raises(NoScreenplayError, match="0 scene headings, and 4 were asked for"):
        await drafted(database_url, Author(lambda *_: "Certainly! [[end]]"))


async def test_without_a_key_the_rules_take_what_has_headings_and_say_so(database_url):
    async with staged(database_url) as stage:
        writer = await stage.get(ScriptWriter)
        draft = await writer.write(stage.house.owner, "INT. HALL - DAY\n\nMara: Hello.")
        assert (draft.scenes, draft.speeches, draft.warnings) == (1, 1, (BY_RULES,))
        with pytest.raises(KeyNeededError, match="writing a script needs a key") as refused:
            await writer.write(stage.house.owner, "A girl hears the weather.")
        assert "reelwright accounts add" in str(refused.value)
