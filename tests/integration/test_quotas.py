"""Quotas hold exactly, whoever asks at once, and what came to nothing is given back."""

import asyncio
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from reelwright.ground.errors import ExhaustedError
from reelwright.ground.ids import JobId
from reelwright.identity.plans import Limits, QuotaSettings
from reelwright.identity.quotas import JobCharges, QuotaError, Quotas, StorageCharges
from reelwright.identity.usage import UsageBook
from reelwright.identity.users import UserService
from reelwright.identity.workspaces import WorkspaceService
from reelwright.jobs.job import NewJob
from reelwright.jobs.kinds import JobKinds
from support.api import signed_up, whole_api
from support.clocks import HandClock
from support.people import join, new_person
from support.studio_floor import Floor

pytestmark = pytest.mark.anyio


def quotas_of(database, clock=None, **limits):
    settings = QuotaSettings(plan="tried", plans={"tried": Limits(**limits)})
    return Quotas(database, clock or HandClock(), settings)


def floor_of(database, **limits):
    clock = HandClock(datetime.now(UTC))
    return Floor(database, clock, quota=JobCharges(quotas_of(database, clock, **limits)))


async def _many(count, ask):
    """How many of so many that come at once are let in; all others are refused for the quota."""
    answers = await asyncio.gather(*(ask() for _ in range(count)), return_exceptions=True)
    refused = [one for one in answers if isinstance(one, BaseException)]
    assert all(isinstance(one, QuotaError) for one in refused), refused
    return count - len(refused)


@pytest.mark.parametrize("limit", ["jobs_a_day", "jobs_at_once"])
async def test_of_sixty_four_that_come_at_once_as_many_pass_as_the_limit_says(database, limit):
    floor, who = floor_of(database, **{limit: 10}), await new_person(database)
    assert await _many(64, lambda: floor.jobs.create_job(who, NewJob(kind="shot"))) == 10
    assert len((await floor.jobs.list_jobs(who)).rows) == len(floor.durable.calls) == 10
    other = await new_person(database)
    await floor.jobs.create_job(other, NewJob(kind="shot"))


async def test_bytes_are_counted_exactly_and_given_back(database):
    quotas, who = quotas_of(database, storage=100), await new_person(database)
    charges = StorageCharges(quotas)

    async def keep():
        async with database.transaction(who) as tx:
            await quotas.charge_storage(tx, who, 10)

    assert await _many(64, keep) == 10
    with pytest.raises(QuotaError, match="bytes of storage: 100 of 100"):
        await charges.check(who, 1)
    async with database.transaction(who) as tx:
        await charges.give_back(tx, who.user, 30)
    await charges.check(who, 30)
    with pytest.raises(QuotaError):
        await charges.check(who, 31)
    async with database.transaction(who) as tx:
        # What is here, and may have cost money, is kept.
        await charges.charge(tx, who, 100, refuse=False)
    with pytest.raises(QuotaError, match="170 of 100"):
        await charges.check(who, 0)


async def test_what_is_rolled_back_counts_nothing(database):
    floor, who = floor_of(database, jobs_a_day=1), await new_person(database)
    with pytest.raises(RuntimeError):
        async with database.transaction(who) as tx:
            await floor.jobs.create_jobs_in(tx, who, [NewJob(kind="shot")])
            raise RuntimeError
    await floor.jobs.create_job(who, NewJob(kind="shot"))
    with pytest.raises(QuotaError):
        await floor.jobs.create_jobs(who, [NewJob(kind="shot")])


async def test_a_refusal_says_what_is_used_up_until_when_and_what_to_do(database):
    who, clock = await new_person(database), HandClock(datetime(2026, 11, 20, 12, tzinfo=UTC))
    quotas = quotas_of(database, clock, jobs_a_day=2)
    async with database.transaction(who) as tx:
        await tx.execute(text("UPDATE users SET zone = 'Europe/Berlin'"))
        await quotas.charge_jobs(tx, who, 2)
    with pytest.raises(QuotaError) as caught:
        await quotas.check_jobs(who)
    error = caught.value
    assert isinstance(error, ExhaustedError)
    assert error.message == "jobs a day: 2 of 2 are used until 2026-11-20 23:00 UTC"
    assert error.retry_after == 11 * 3600
    assert "operator" in (error.way_out or "")
    clock.pass_time(11 * 3600 - 1)
    with pytest.raises(QuotaError):
        await quotas.check_jobs(who)
    clock.pass_time(1)
    await quotas.check_jobs(who, 2)


async def test_a_job_that_joins_another_or_serves_another_is_not_counted(database):
    floor, who = floor_of(database, jobs_a_day=2, jobs_at_once=2), await new_person(database)
    first = await floor.jobs.create_job(who, NewJob(kind="still"))
    for _ in range(3):
        assert await floor.jobs.create_job(who, NewJob(kind="still")) == first
    errands = [NewJob(kind="shot", root_job_id=first.id) for _ in range(5)]
    await floor.jobs.create_jobs(who, errands)
    await floor.jobs.create_job(who, NewJob(kind="shot"))
    with pytest.raises(QuotaError):
        await floor.jobs.create_job(who, NewJob(kind="shot"))


async def test_a_job_that_was_called_off_before_it_began_is_given_back(database):
    floor, who = floor_of(database, jobs_a_day=1), await new_person(database)
    job = await floor.jobs.create_job(who, NewJob(kind="shot"))
    await floor.jobs.cancel_job(who, job.id)
    again = await floor.jobs.retry_job(who, job.id)
    with pytest.raises(QuotaError):
        await floor.jobs.create_job(who, NewJob(kind="shot"))
    await floor.jobs.cancel_job(who, again.id)
    await floor.jobs.create_job(who, NewJob(kind="shot"))


async def test_a_job_that_failed_by_our_fault_is_given_back(database):
    floor, who = floor_of(database, jobs_a_day=1), await new_person(database)
    floor.act = _raising(RuntimeError("ours"))
    job = await floor.jobs.create_job(who, NewJob(kind="shot"))
    await floor.run_all()
    assert (await floor.state(who, job)).value == "failed"
    assert await _many(3, lambda: floor.jobs.create_job(who, NewJob(kind="shot"))) == 1


async def test_a_job_that_failed_for_what_it_was_asked_stays_counted(database):
    floor, who = floor_of(database, jobs_a_day=1), await new_person(database)
    floor.act = _raising(ExhaustedError("out of budget"))
    await floor.jobs.create_job(who, NewJob(kind="shot"))
    await floor.run_all()
    with pytest.raises(QuotaError):
        await floor.jobs.create_job(who, NewJob(kind="shot"))


async def test_who_has_no_room_left_is_refused_what_makes_files_and_nothing_else(database):
    floor, who = floor_of(database, storage=100), await new_person(database)
    first = await floor.jobs.create_job(who, NewJob(kind="cut"))
    await floor.jobs.cancel_job(who, first.id)
    async with database.transaction(who) as tx:
        await quotas_of(database).charge_storage(tx, who, 100)
    for ask in (
        lambda: floor.jobs.create_job(who, NewJob(kind="cut")),
        lambda: floor.jobs.create_jobs(who, [NewJob(kind="shot"), NewJob(kind="cut")]),
        lambda: floor.jobs.retry_job(who, first.id),
    ):
        with pytest.raises(QuotaError, match="bytes of storage: 100 of 100") as refused:
            await ask()
        assert "delete what is not needed" in (refused.value.way_out or "")
    shot = await floor.jobs.create_job(who, NewJob(kind="shot"))
    # What a job asks for itself belongs to it: it was let in, and may be paid for.
    await floor.jobs.create_job(who, NewJob(kind="cut", root_job_id=shot.id))
    async with database.transaction(who) as tx:
        await quotas_of(database).return_storage(tx, who.user, 1)
    await floor.jobs.create_job(who, NewJob(kind="cut"))


async def test_over_http_somebody_without_room_has_no_file_made_and_still_takes_all_along(
    database_url, tmp_path
):
    quotas = {"plan": "tiny", "plans": {"tiny": {"storage": 10}}}
    house = whole_api(database_url, tmp_path, quotas=quotas, identity={"sign_up": "open"})
    async with house as api, api.client("") as client:
        client.headers |= await signed_up(client, "ada")

        async def ask(path, status, **more):
            answer = await client.post(f"/api/v1{path}", **more)
            assert answer.status_code == status, answer.text
            return answer.json()

        script = {"script": "INT. HALL - DAY\n\nMARA waits.\n"}
        project = await ask("/projects", 201, json=script)
        at = f"/projects/{project['id']}"
        still = {"operation": "text-to-image", "request": {"prompt": "a hall"}}
        for path, given in (
            (f"{at}/films", {}),
            (f"{at}/exports", {}),
            ("/generations", still),
            ("/assets/downloads", {"url": "https://example.com/a.png"}),
        ):
            refused = await ask(path, 429, json=given)
            assert refused["code"] == "quota_exhausted", refused
            assert "of 10 are used" in refused["detail"]
            assert "delete what is not needed" in refused["way_out"]
        assert (await client.get("/api/v1/jobs")).json()["items"] == []
        (asset,) = (await client.get("/api/v1/assets")).json()["items"]
        assert asset["name"] == "script.fountain"
        await ask("/me/export", 202)
        kinds = await api.opened.container.get(JobKinds)
        makers = {name for name, kind in kinds.items() if kind.makes_files({"operation": "trim"})}
        assert makers == set(kinds) - {"export"}
        for name, operation in (("media", "loudness"), ("generate", "text")):
            assert not kinds[name].makes_files({"operation": operation})


def _raising(error):
    async def act(_work):
        raise error

    return act


async def test_jobs_at_once_count_everywhere_and_have_room_again_at_the_end(database):
    floor, who = floor_of(database, jobs_at_once=1), await new_person(database)
    team = await WorkspaceService(database).create(who, "Team")
    there = type(who)(who.user, team.id)
    await floor.jobs.create_job(who, NewJob(kind="shot"))
    with pytest.raises(QuotaError, match="jobs at once: 1 of 1"):
        await floor.jobs.create_job(there, NewJob(kind="shot"))
    await floor.run_all()
    await floor.jobs.create_job(there, NewJob(kind="shot"))


async def test_what_a_colleague_calls_off_is_given_back_to_whom_it_was_counted_for(database):
    floor, ada = floor_of(database, jobs_a_day=1), await new_person(database)
    bob, stranger = await new_person(database), await new_person(database)
    await join(database, bob, ada.workspace)
    job = await floor.jobs.create_job(ada, NewJob(kind="shot"))
    async with database.transaction(stranger) as tx:
        sql = text("SELECT return_jobs(:user, CAST(:day AS date), 1)")
        await tx.execute(sql, {"user": ada.user, "day": floor.clock.now().date()})
    with pytest.raises(QuotaError):
        await floor.jobs.create_job(ada, NewJob(kind="shot"))
    await floor.jobs.cancel_job(type(ada)(bob.user, ada.workspace), JobId(job.id))
    await floor.jobs.create_job(ada, NewJob(kind="shot"))


async def test_the_owner_of_the_installation_has_no_limits_unless_somebody_sets_some(database):
    owner = await UserService(database).local_owner()
    floor = floor_of(database, jobs_a_day=0, jobs_at_once=0)
    await floor.jobs.create_job(owner, NewJob(kind="shot"))
    with pytest.raises(QuotaError):
        await floor.jobs.create_job(await new_person(database), NewJob(kind="shot"))


async def test_usage_is_kept_by_the_days_of_whoever_used_it(database):
    who, clock = await new_person(database), HandClock(datetime(2026, 11, 20, 23, tzinfo=UTC))
    async with database.transaction(who) as tx:
        await tx.execute(text("UPDATE users SET zone = 'Asia/Tokyo'"))
    quotas = quotas_of(database, clock)
    usage = UsageBook(database, clock, quotas)
    await usage.note(who, jobs=1, assets=1)
    clock.pass_time(24 * 3600)
    async with database.transaction(who) as tx:
        await quotas.charge_jobs(tx, who, 2)
        await quotas.charge_storage(tx, who, 500)
    days = await usage.list(who, who.user, date(2026, 11, 1), date(2026, 11, 30))
    found = [(one.day.day, one.jobs, one.assets, one.bytes) for one in days]
    assert found == [(21, 1, 1, 0), (22, 2, 1, 500)]
    stranger = await new_person(database)
    assert not await usage.list(stranger, who.user, date(2026, 11, 1), date(2026, 11, 30))
