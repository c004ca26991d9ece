"""What the studio makes of words when there is no key: drawn, moved, spoken, composed, or plainly refused."""

import io

import pytest
from PIL import Image

from reelwright.film.breakdown.script import break_down
from reelwright.film.screenplay.formats import read_screenplay
from reelwright.ground.ids import ProjectId
from reelwright.library.asset_service import AssetService
from reelwright.services import AIService, ProducerIntegration, ProducerSessionManager
from reelwright.studio.asking import KeyNeededError
from reelwright.studio.hands.made import Terms
from support.generating import staged

pytestmark = pytest.mark.anyio

SCRIPT = b"""Title: The Pier
Author: A. Writer

INT. KITCHEN - NIGHT

MARA (30s) waits at the table, alone. Rain on the window.

MARA
He is late.

EXT. PIER - DAWN

Fog. Mara walks out to the end of the pier.
"""


@pytest.fixture
async def stage(database_url):
    async with staged(database_url) as opened:
        yield opened


async def picture_of(stage, asset):
    data = await (await stage.get(AssetService)).read(stage.house.owner, asset.id)
    return Image.open(io.BytesIO(data))


async def test_four_stills_are_drawn_that_differ_and_are_found_again(stage):
    ai, owner, heard = await stage.get(AIService), stage.house.owner, []
    made = await ai.generate_still_variants(
        owner, "a lighthouse at night, storm", tell=lambda line, done: heard.append((line, done))
    )
    assert len({one.sha256 for one in made.assets}) == 4
    assert (made.by, made.cost) == (("sketch",), "nothing")
    assert "no key" in made.warnings[0]
    assert heard[-1] == ("drawn 4 of 4", 1.0)
    assert (await picture_of(stage, made.assets[0])).size == (1280, 720)
    again = await ai.generate_still_variants(owner, "a lighthouse at night, storm")
    assert [one.id for one in again.assets] == [one.id for one in made.assets]
    others = await ai.generate_still_variants(owner, "a lighthouse at night, storm", Terms(take=1))
    assert not {one.sha256 for one in others.assets} & {one.sha256 for one in made.assets}


async def test_a_still_of_another_project_is_an_asset_of_this_one(stage):
    ai, owner = await stage.get(AIService), stage.house.owner
    library, one, other = await stage.get(AssetService), ProjectId.new(), ProjectId.new()
    made = [
        await ai.generate_still_variants(owner, "a mill in the snow", Terms(project_id=project))
        for project in (one, other, other)
    ]
    ids = [{asset.id for asset in each.assets} for each in made]
    assert not ids[0] & ids[1]
    assert ids[1] == ids[2]
    assert {asset.project_id for asset in made[1].assets} == {other}
    for asset in made[0].assets:
        await library.delete(owner, asset.id)
    assert (await picture_of(stage, made[1].assets[0])).size == (1280, 720)


async def test_a_frame_is_animated_by_the_camera_and_a_way_to_a_last_frame_needs_a_key(stage):
    ai, owner = await stage.get(AIService), stage.house.owner
    stills = await ai.generate_still_variants(owner, "a pier at dawn", count=2)
    first, last = (one.id for one in stills.assets)
    made = await ai.animate_frame(owner, first, "slow pan to the left", seconds=1)
    assert made.assets[0].media_type == "video/mp4"
    assert made.assets[0].facts["seconds"] == 1.0
    assert "nothing in it moves" in made.warnings[0]
    with pytest.raises(KeyNeededError, match=r"needs a key for .*fal.*reelwright accounts add fal"):
        await ai.animate_frame(owner, first, "he turns", last=last)


async def test_a_line_is_spoken_and_a_clip_composed(stage):
    ai, owner = await stage.get(AIService), stage.house.owner
    said = await ai.speak(owner, "He is late.", voice="old woman", directions="whispers")
    assert said.assets[0].media_type == "audio/wav"
    clip = await ai.generate_music_clip(owner, "eerie piano, slow", seconds=4)
    assert clip.assets[0].facts["seconds"] == 4.0
    assert "not sung" in clip.warnings[0]


async def test_what_nothing_built_in_can_do_names_the_vendors_and_the_command(stage):
    ai, owner = await stage.get(AIService), stage.house.owner
    with pytest.raises(KeyNeededError, match="a world needs a key for fal"):
        await ai.build_world(owner, "a harbour town")
    with pytest.raises(KeyNeededError, match=r"needs a key for brave .*accounts add brave"):
        await ai.search_images(owner, "harbour at night")
    with pytest.raises(KeyNeededError, match="a sound effect needs a key for elevenlabs or fal"):
        await ai.make_sound(owner, "a foghorn")


async def test_a_moodboard_is_made_of_a_script_of_a_scene_and_of_words(stage):
    ai, owner = await stage.get(AIService), stage.house.owner
    breakdown = break_down(read_screenplay(SCRIPT, "pier.fountain"))
    made = await ai.build_moodboard(owner, breakdown)
    board, *pictures = made.assets
    assert (await picture_of(stage, board)).size == (2400, 1350)
    assert board.facts["pictures"] == len(pictures) == 5
    assert len(board.facts["palette"]) >= 3
    scene = await ai.build_moodboard(owner, breakdown, scene="2", form="pdf")
    assert scene.assets[0].media_type == "application/pdf"
    words = await ai.build_moodboard(owner, "a cold harbour in fog, abandoned ships")
    assert words.assets[0].facts["pictures"] == 5


async def test_a_session_learns_from_the_takes_that_were_rated(stage):
    owner = stage.house.owner
    whole, sessions = await stage.get(ProducerIntegration), await stage.get(ProducerSessionManager)
    begun = await whole.start(owner, "Harbour", "sad, piano, slow", style="chamber", seconds=3)
    assert [one.number for one in begun.takes] == [1, 2]
    assert begun.takes[0].asset_id != begun.takes[1].asset_id
    await sessions.add_take(owner, begun.id, "sad, loud brass")
    await sessions.rate_take(owner, begun.id, 1, 5)
    await sessions.rate_take(owner, begun.id, 3, 1)
    after = await whole.next_take(owner, begun.id, prompt="sad, loud brass")
    assert after.refined.prompt == "sad, piano, slow"
    assert after.refined.dropped == ("loud brass",)
    assert (after.take.number, after.take.model) == (4, "sketch")
