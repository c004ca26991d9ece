"""What language models do for a script, over HTTP."""

import json

import pytest

from reelwright.testing.fakes.anthropic import FakeAnthropic
from support.generating import staged
from support.readers import Reader, texts_in

pytestmark = pytest.mark.anyio

SCRIPT = "INT. HALL - NIGHT\n\nMARA (40) waits.\n\nMARA\nYou came back.\n"
ROUTE = {"models": ["anthropic/claude-haiku-5-5"]}


def adviser(asked):
    """Proposes another mood for the first scene it is told of."""
    told = next(one for one in texts_in(asked) if one.lstrip().startswith("{"))
    scene = json.loads(told)["scenes"][0]["id"]
    edit = {"table": "scenes", "subject": scene, "key": "mood", "values": ["eerie"], "why": "fog"}
    return json.dumps({"answer": "Make it strange, and still.", "edits": [edit]})


async def test_a_script_is_analysed_and_its_notes_are_a_new_revision(database_url):
    async with staged(database_url, anthropic=FakeAnthropic(writer=Reader())) as stage:
        await stage.account("anthropic")
        async with stage.client() as client:
            made = await client.post("/projects", json={"script": SCRIPT})
            place = f"/projects/{made.json()['id']}"
            told = await client.post(f"{place}/analysis", json={"route": ROUTE, "apply": True})
            assert told.status_code == 200, told.text
            answer = told.json()
            assert answer["scenes"][0]["heading"] == "INT. HALL - NIGHT"
            assert answer["analysis"]["scenes"][0]["mood"] == "wonder"
            assert answer["analysis"]["cost"]["texts"] == 3
            assert answer["notes_added"] > 0
            project = (await client.get(place)).json()
            assert project["head"]["number"] == 2
            assert "notes" in project["head"]["files"]
            again = (await client.post(f"{place}/analysis", json={"apply": True})).json()
            assert again["notes_added"] == 0
            assert again["analysis"]["cost"]["found"] == 3


async def test_the_director_is_heard_while_it_writes_and_its_proposal_is_applied(database_url):
    async with staged(database_url, anthropic=FakeAnthropic(writer=adviser)) as stage:
        await stage.account("anthropic")
        async with stage.client() as client:
            made = await client.post("/projects", json={"script": SCRIPT})
            place = f"/projects/{made.json()['id']}/director"
            thread = (await client.post(f"{place}/threads", json={})).json()
            at = f"{place}/threads/{thread['id']}/messages"
            asked = {"question": "How does it feel?", "route": ROUTE}
            heard = await client.post(f"{at}/stream", json=asked)
            assert heard.headers["content-type"].startswith("text/event-stream")
            events = [one.split("\n") for one in heard.text.split("\n\n") if "event:" in one]
            named = [
                (one[0].split()[1], json.loads(one[1].removeprefix("data: "))) for one in events
            ]
            prose = "".join(data for name, data in named if name == "prose")
            (message,) = [data for name, data in named if name == "message"]
            assert prose == message["text"] == "Make it strange, and still."
            assert [one["role"] for one in (await client.get(at)).json()] == ["user", "assistant"]
            applied = await client.post(f"{place}/messages/{message['id']}/apply", json={})
            assert applied.status_code == 200, applied.text
            assert 'mood = "eerie"' in applied.json()["notes"]
            whole = await client.post(at, json=asked)
            assert whole.status_code == 201, whole.text
            wrong = await client.post(at, json=asked | {"about": ["99"]})
            assert (wrong.status_code, "no scene or shot" in wrong.text) == (422, True)
            other = (await client.post("/projects", json={"script": SCRIPT})).json()["id"]
            elsewhere = at.replace(made.json()["id"], other)
            assert (await client.get(elsewhere)).status_code == 404


async def test_a_draft_without_a_key_is_by_rules_or_says_what_it_needs(database_url):
    async with staged(database_url) as stage, stage.client() as client:
        draft = await client.post("/scripts/draft", json={"text": "INT. HALL - DAY\n\nMara: Yes."})
        assert draft.json()["by"] == "rules"
        assert "MARA\nYes." in draft.json()["fountain"]
        refused = await client.post("/scripts/draft", json={"text": "A girl hears the weather."})
        assert (refused.status_code, refused.json()["code"]) == (422, "key_needed")
        assert "accounts add" in refused.json()["way_out"]
