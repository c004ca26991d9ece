"""Films of which models make parts: what may be spent, what cannot be had, who plans them again."""

from dataclasses import replace

import anyio
import pytest

from reelwright.billing.analytics import AnalyticsService
from reelwright.generation.stories import Storyteller
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.ground.progress import Silent
from reelwright.identity.workspaces import WorkspaceService
from reelwright.jobs.service import JobService
from reelwright.jobs.states import JobState
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import AssetFilter, OriginKind
from reelwright.projects.service import ProjectService
from reelwright.providers.errors import UnsupportedError
from reelwright.studio.cut.delivery import check_folder
from reelwright.studio.options import read_options, written_options
from reelwright.studio.parcels.exports import ProjectExports
from reelwright.studio.parcels.imports import ProjectImports
from reelwright.studio.production import read_chosen
from reelwright.studio.productions.local import FilmCancelledError, LocalFilms
from reelwright.studio.productions.quote_words import in_words, written_quote
from reelwright.studio.productions.quoting import FilmQuotes, bound_of
from reelwright.studio.productions.service import ProductionService
from reelwright.testing.fakes.fal import FakeFal
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.generating import staged

pytestmark = pytest.mark.anyio

SCRIPT = """INT. CELLAR - NIGHT

MARA lights a match.

The match goes out.
"""
STILLS = {"stills": {"models": ["fal/flux-dev"]}}


@pytest.fixture
async def stage(database_url):
    async with staged(database_url, fal=FakeFal(), pixverse=FakePixVerse()) as opened:
        yield opened


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "cellar.fountain"
    path.write_text(SCRIPT)
    return path


def chosen(route, cost="1", **more):
    small = {"size": "160x128", "exports": "none", "voices": False}
    return read_options(small | more | {"route": route, "max_cost": cost})


async def film(stage, script, tmp_path, options):
    films = await stage.get(LocalFilms)
    read = read_chosen(script, options)
    check_folder(tmp_path / "film")
    return await films.make(stage.house.owner, script, read, tmp_path / "film", options, Silent())


async def told(stage):
    """The jobs under the last film."""
    root = (await _films(stage))[0]
    return await (await stage.get(Storyteller)).of_tree(stage.house.owner, root.id)


async def spent(stage):
    balances = await (await stage.get(AnalyticsService)).balances(stage.house.owner)
    return balances.get(("spent", "USD"), 0)


async def test_what_the_limit_leaves_no_room_for_is_sketched_and_said(stage, script, tmp_path):
    await stage.account("fal")
    options = chosen(STILLS, "0.001")  # of two stills at 0.000512 only one
    report = await film(stage, script, tmp_path, options)
    assert report.shots == 2
    (warning,) = report.warnings
    assert "still is sketched" in warning
    assert len(stage.fakes["fal"].charges) == 1
    assert 0 < await spent(stage) <= 1000


async def test_what_every_model_refuses_is_sketched_and_the_rest_is_kept(stage, script, tmp_path):
    await stage.account("fal")
    stage.fakes["fal"].moods.next.append(Mood.REFUSE)
    report = await film(stage, script, tmp_path, chosen(STILLS))
    (warning,) = report.warnings
    assert "is sketched" in warning
    assert len(stage.fakes["fal"].charges) == 1
    again = await film(stage, script, tmp_path, chosen(STILLS, "2"))
    assert again.warnings == (), "the next production asks again for what it has not got"
    assert len(stage.fakes["fal"].charges) == 2, "and finds what was bought"


async def test_without_an_account_the_film_is_sketched_and_says_what_is_needed(
    stage, script, tmp_path
):
    report = await film(stage, script, tmp_path, chosen(STILLS))
    assert len(report.warnings) == 2
    assert await spent(stage) == 0


async def test_stills_by_models_are_set_in_motion_by_the_artist_and_motion_begins_at_sketches(
    stage, script, tmp_path
):
    await stage.account("fal")
    await stage.account("pixverse")
    motion = {"motion": {"models": ["pixverse/v6/image-to-video"]}}
    await film(stage, script, tmp_path, chosen(STILLS))
    assert {one.job.params["operation"] for one in await told(stage)} == {"text-to-image"}
    await film(stage, script, tmp_path, chosen(motion, "2"))
    assert {one.job.params["operation"] for one in await told(stage)} == {"image-to-video"}
    assert len(stage.fakes["pixverse"].charges) == 2


async def test_a_changed_line_is_bought_anew_and_nothing_else(stage, script, tmp_path):
    await stage.account("fal")
    await film(stage, script, tmp_path, chosen(STILLS))
    script.write_text(SCRIPT.replace("goes out", "burns down"))
    await film(stage, script, tmp_path, chosen(STILLS))
    assert len(stage.fakes["fal"].charges) == 3


async def test_fresh_makes_sketches_anew_and_buys_nothing_again(stage, script, tmp_path):
    await stage.account("fal")
    await film(stage, script, tmp_path, chosen(STILLS))
    await film(stage, script, tmp_path, chosen(STILLS, fresh=True))
    assert len(stage.fakes["fal"].charges) == 2


async def test_a_quote_is_what_the_film_costs_and_then_nothing(stage, script, tmp_path):
    await stage.account("fal")
    options = chosen(STILLS)
    quotes = await stage.get(FilmQuotes)
    before = await quotes.quote(stage.house.owner, read_chosen(script, options), options)
    bound = bound_of(before, options.max_cost)
    assert [one.part.value for one in before.parts] == ["stills", "stills"]
    await film(stage, script, tmp_path, replace(options, max_cost=bound))
    (total,) = before.calls.totals
    assert await spent(stage) == total.most
    after = await quotes.quote(stage.house.owner, read_chosen(script, options), options)
    assert after.found == 2
    assert bound_of(after, None) == 0


async def test_a_film_may_not_cost_what_nobody_has_said(stage, script):
    await stage.account("fal")
    options = chosen(STILLS, None)
    quotes = await stage.get(FilmQuotes)
    quote = await quotes.quote(stage.house.owner, read_chosen(script, options), options)
    with pytest.raises(InvalidInputError, match="nobody has said"):
        bound_of(quote, None)
    with pytest.raises(InvalidInputError, match=r"only 0\.0001 USD is allowed"):
        bound_of(quote, 100)
    assert bound_of(quote, 5_000_000) == 5_000_000


async def test_a_cancelled_film_takes_its_errands_along(stage, script, tmp_path):
    await stage.account("fal")
    stage.fakes["fal"].work_s = 60.0
    jobs, who = await stage.get(JobService), stage.house.owner
    async with anyio.create_task_group() as doing:
        doing.start_soon(_cancelled, stage, script, tmp_path)
        root = await _at_work(stage)
        await jobs.cancel_job(who, root.id)
    errands = await jobs.get_tree(who, root.id)
    assert {one.state for one in errands} == {JobState.CANCELLED}


async def _cancelled(stage, script, tmp_path):
    with pytest.raises(FilmCancelledError):
        await film(stage, script, tmp_path, chosen(STILLS))


async def _films(stage):
    listed = await (await stage.get(JobService)).list_jobs(stage.house.owner)
    return [one for one in listed.rows if one.kind == "film"]


async def _at_work(stage):
    """The film's job, once a vendor is at work for it."""
    jobs = await stage.get(JobService)
    with anyio.fail_after(120):
        while True:
            for root in await _films(stage):
                errands = await jobs.get_tree(stage.house.owner, root.id)
                if any(one.state is JobState.WAITING for one in errands):
                    return root
            await anyio.sleep(0.05)


async def test_what_no_model_of_the_route_can_make_is_quoted_as_sketched(stage, script):
    script.write_text(f"{SCRIPT}\nMARA\nWho is there?\n\nMARA\n{'and then nobody came ' * 300}\n")
    options = chosen({"voices": {"models": ["elevenlabs/v3"]}}, voices=True)
    quotes = await stage.get(FilmQuotes)
    quote = await quotes.quote(stage.house.owner, read_chosen(script, options), options)
    refused = [one for one in quote.parts if one.refusal]
    assert [(one.call, one.most) for one in refused] == [(None, 0)]
    assert len(quote.calls.calls) == len(quote.parts) - 1 == 1
    (words,) = (line for line in in_words(quote) if "would be sketched" in line)
    assert words.startswith("1 voice would be sketched, for nothing: ")
    assert [one["found"] for one in written_quote(quote)["parts"]] == [False, False]
    wrong = chosen({"stills": {"models": ["elevenlabs/v3"]}})
    with pytest.raises(UnsupportedError):
        await quotes.quote(stage.house.owner, read_chosen(script, wrong), wrong)


async def test_the_quote_of_a_project_over_http_is_that_of_its_script(stage):
    await stage.account("fal")
    async with stage.client() as client:
        project = await client.post("/projects", json={"name": "Cellar", "script": SCRIPT})
        assert project.status_code == 201, project.text
        order = {"options": {"route": STILLS, "voices": False, "size": "160x128"}}
        place = f"/projects/{project.json()['id']}"
        quote = await client.post(f"{place}/quotes", json=order)
        assert quote.status_code == 200, quote.text
        assert [one["part"] for one in quote.json()["parts"]] == ["stills", "stills"]
        unsaid = await client.post(f"{place}/films", json=order)
        assert unsaid.status_code == 422
        assert "max_cost" in unsaid.text


async def ended(stage, who, job):
    """A job's result, when it has completed."""
    jobs = await stage.get(JobService)
    with anyio.fail_after(60):
        while True:
            now = await jobs.get_job(who, job)
            if now.finished_at is not None:
                assert now.state is JobState.COMPLETED, now.error
                return now.result
            await anyio.sleep(0.1)


async def test_what_was_bought_goes_along_with_the_project_and_is_not_bought_again(
    stage, script, tmp_path
):
    await stage.account("fal")
    options, who = chosen(STILLS), stage.house.owner
    await film(stage, script, tmp_path, options)
    charged = len(stage.fakes["fal"].charges)
    projects, jobs = await stage.get(ProjectService), await stage.get(JobService)
    (project,) = (await projects.list(who)).rows
    exports = await stage.get(ProjectExports)
    export = await ended(stage, who, (await exports.ask(who, project.id, projects, jobs)).id)
    file = tmp_path / "cellar.reelwright"
    library = await stage.get(AssetService)
    await library.fetch(who, AssetId(export["asset_id"]), file)
    team = await (await stage.get(WorkspaceService)).create(who, "Team")
    there = Principal(who.user, team.id)
    job = await (await stage.get(ProjectImports)).bring(there, file, file.name, jobs)
    brought = ProjectId((await ended(stage, there, job.id))["project_id"])
    productions = await stage.get(ProductionService)
    production = await productions.start_film(there, brought, written_options(options))
    await ended(stage, there, production.job_id)
    report = (await productions.get(there, production.id)).report or {}
    assert (report["made"], report["warnings"]) == (0, []), "the team has no account"
    assert len(stage.fakes["fal"].charges) == charged
    (bought, *_) = [
        one
        for one in (await library.list(there, AssetFilter(media="image"))).rows
        if "made_by" in one.facts
    ]
    assert bought.facts["made_by"]["model"] == "fal/flux-dev"
    assert bought.origin.kind is OriginKind.RECIPE
