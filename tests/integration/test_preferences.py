"""Preferred models: one's own, a project's, the installation's; and what happens when one cannot be asked."""

import pytest
from sqlalchemy import insert

from reelwright.generation.provider_service import ProviderService
from reelwright.generation.quote_words import in_words
from reelwright.generation.quotes import Order, Quotes
from reelwright.generation.repertoire.book import OverrideBook
from reelwright.generation.repertoire.preferring import Preferences
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.generation.repertoire.settings import ModelSettings
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.ids import ProjectId
from reelwright.jobs.states import JobState
from reelwright.projects.tables import ProjectRow
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import SpeechRequest
from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from support.generating import staged
from support.people import new_person

pytestmark = pytest.mark.anyio

V3, FLASH = "elevenlabs/v3", "elevenlabs/flash-v2.5"
LINE = {"text": "Nobody is coming."}


@pytest.fixture
async def stage(database_url):
    async with staged(database_url, elevenlabs=FakeElevenLabs()) as opened:
        yield opened


async def new_project(stage):
    """A project without a script."""
    project, who = ProjectId.new(), stage.house.owner
    row = {"id": project, "workspace_id": who.workspace, "user_id": who.user, "name": "Ferry"}
    row |= {"head": 1, "updated_at": SystemClock().now()}
    async with stage.database.transaction(who) as tx:
        await tx.execute(insert(ProjectRow).values(row))
    return project


async def first(stage, project=None):
    """The model a quote begins with where none is named."""
    order = Order(SpeechRequest(LINE["text"]), project_id=project)
    quote = await (await stage.get(Quotes)).quote(stage.house.owner, [order])
    return quote.calls[0]


async def test_what_is_preferred_is_asked_first_by_quotes_and_by_jobs(stage):
    await stage.account("elevenlabs")
    preferences, who = await stage.get(Preferences), stage.house.owner
    await preferences.prefer(who, Operation.SPEECH, FLASH)  # has no price: no wish would take it
    call = await first(stage)
    assert (call.choice.model.id, call.notes) == (FLASH, ())
    assert V3 in [one.model.id for one in call.others]
    job = await stage.make(Operation.SPEECH, LINE)
    assert job.result["model"] == FLASH, job.error
    named = await stage.make(Operation.SPEECH, LINE, V3)
    assert named.result["model"] == V3


async def test_a_projects_preference_comes_before_ones_own_and_the_settings_after_both(stage):
    await stage.account("elevenlabs")
    preferences, who = await stage.get(Preferences), stage.house.owner
    project = await new_project(stage)
    await preferences.prefer(who, Operation.SPEECH, V3)
    await preferences.prefer(who, Operation.SPEECH, FLASH, project)
    assert (await first(stage)).choice.model.id == V3
    assert (await first(stage, project)).choice.model.id == FLASH
    await preferences.prefer(who, Operation.SPEECH, V3, project)
    (one,) = await preferences.list(who, project)
    assert (one.model, one.project) == (V3, project)
    await preferences.forget(who, Operation.SPEECH)
    with pytest.raises(MissingError):
        await preferences.forget(who, Operation.SPEECH)
    settings = ModelSettings(prefer=f"speech={FLASH}")
    repertoire = await stage.get(Repertoire)
    others = Preferences(stage.database, SystemClock(), repertoire, settings)
    assert [one.model for one in await others.list(who)] == [FLASH]
    ada = await new_person(stage.database)
    with pytest.raises(MissingError):
        await preferences.prefer(ada, Operation.SPEECH, V3, project)
    with pytest.raises(MissingError):
        await preferences.prefer(who, Operation.SPEECH, V3, ProjectId.new())


async def test_a_preference_that_cannot_be_asked_falls_through_with_a_note(stage):
    await stage.account("elevenlabs")
    preferences, who = await stage.get(Preferences), stage.house.owner
    with pytest.raises(InvalidInputError, match="makes speech"):
        await preferences.prefer(who, Operation.MUSIC, V3)
    await preferences.prefer(who, Operation.SPEECH, FLASH)
    gone = {"standing": "retired", "replacement": V3}
    await (await stage.get(OverrideBook)).set(who, FLASH, gone, source="the vendor's letter")
    call = await first(stage)
    assert call.choice.model.id != FLASH
    (note,) = call.notes
    assert FLASH in note
    assert "no longer offered" in note
    quote = await (await stage.get(Quotes)).quote(who, [Order(SpeechRequest("Yes."))])
    assert note in list(in_words(quote))
    job = await stage.make(Operation.SPEECH, LINE)
    assert job.state is JobState.COMPLETED, job.error
    assert job.result["notes"] == [note]
    providers = await stage.get(ProviderService)
    assert await providers.get_job_submissions(who, job.id)


async def test_preferences_are_kept_over_http(stage):
    async with stage.client() as client:
        put = await client.put("/preferences/speech", json={"model": V3})
        assert put.json()["model"] == V3, put.text
        assert [one["model"] for one in (await client.get("/preferences")).json()] == [V3]
        wrong = await client.put("/preferences/music", json={"model": V3})
        assert wrong.status_code == 422
        assert (await client.delete("/preferences/speech")).status_code == 204
        assert (await client.get("/preferences")).json() == []
