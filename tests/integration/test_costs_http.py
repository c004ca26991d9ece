"""Money over HTTP: what was spent, on what, by whom; limits; and who sees and sets what."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx2
import pytest
from sqlalchemy import insert

from reelwright.billing.ledger import Ledger
from reelwright.faces.web.application import create_app
from reelwright.generation.accounts.account import Sharing
from reelwright.ground.ids import JobId, ProjectId, UserId
from reelwright.ground.principals import Activity
from reelwright.identity.sessions import NO_DEVICE, SessionService
from reelwright.identity.tables import MembershipRow
from reelwright.jobs.service import JobService
from reelwright.providers.operations import Operation
from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from support.generating import staged
from support.money import call
from support.people import new_person

pytestmark = pytest.mark.anyio

SCRIPT = "INT. HALL - DAY\n\nMARA waits in the hall.\n"
LINE = "Nobody is coming."
COST = len(LINE) * 180  # 0.18 USD for a thousand signs, in millionths
MONTH = "/costs/limits/workspace_month"


@pytest.fixture
async def stage(database_url):
    async with staged(database_url, elevenlabs=FakeElevenLabs()) as opened:
        yield opened


@asynccontextmanager
async def visitor(stage, role=None, project=None, *, name="Bob"):
    """A client of somebody who has a place in the owner's workspace, on a project of it, or none."""
    who, house = await new_person(stage.database, name), stage.house
    sessions = await stage.get(SessionService)
    async with stage.database.transaction(Activity.SIGN_IN) as tx:
        if role:
            place = {"workspace_id": house.owner.workspace, "project_id": project}
            await tx.execute(insert(MembershipRow).values(user_id=who.user, role=role, **place))
        _, text = await sessions.begin(tx, who.user, NO_DEVICE)
    app = create_app(house.container, house.settings.web)
    shown = {"Authorization": f"Bearer {text}", "Reelwright-Workspace": house.owner.workspace}
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app, raise_app_exceptions=False),
        base_url="http://test/api/v1",
        headers=shown,
    ) as client:
        yield client


async def told(client, path, status=200, **params):
    answer = await client.get(path, params=params)
    assert answer.status_code == status, answer.text
    return answer.json()


async def put(client, path, **body):
    return await client.put(path, json=body)


async def spoken(stage, client, text, project=None):
    """The job of a line that a model speaks, at its end."""
    order = {"operation": "speech", "request": {"text": text}, "project_id": project}
    answer = await client.post("/generations", json=order)
    assert answer.status_code == 201, answer.text
    await stage.ended(
        await (await stage.get(JobService)).get_job(stage.house.owner, answer.json()["id"])
    )
    return await told(client, f"/jobs/{answer.json()['id']}")


async def new_project(client):
    answer = await client.post("/projects", json={"script": SCRIPT})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def set_aside(stage, micros, *, who=None, spent=None, **more):
    """Money held for a call, or spent on it, without a call."""
    ledger, who = await stage.get(Ledger), who or stage.house.owner
    async with stage.database.transaction(who) as tx:
        hold = await ledger.hold(tx, who, call(micros, **more))
        if spent is not None:
            await ledger.settle(tx, who, hold.id, spent)
    return hold


def lines(found):
    return [
        (
            *one["by"].values(),
            one["currency"],
            one["calls"],
            one["held_micros"],
            one["spent_micros"],
        )
        for one in found
    ]


async def test_an_owner_limits_the_month_and_a_members_call_is_refused_until_an_admin_raises_it(
    stage,
):
    await stage.account("elevenlabs", sharing=Sharing.WORKSPACE)
    async with (
        stage.client() as owner,
        visitor(stage, "editor") as member,
        visitor(stage, "admin") as admin,
    ):
        limit = await put(owner, MONTH, micros=COST + 1)
        assert limit.status_code == 200, limit.text
        assert limit.json()["set_by"] == stage.house.owner.user
        assert (await spoken(stage, member, LINE))["state"] == "completed"
        refused = await spoken(stage, member, LINE[::-1])
        assert (refused["state"], refused["error"]["code"]) == ("failed", "limit_reached")
        assert f"PUT /api/v1{MONTH}" in refused["error"]["way_out"]
        (standing,) = await told(member, "/costs/limits")
        assert (standing["taken_micros"], standing["left_micros"]) == (COST, 1)
        assert standing["period"] == f"{datetime.now(UTC):%Y-%m}"

        denied = await put(member, MONTH, micros=10 * COST)
        assert denied.status_code == 403
        assert (await member.delete(MONTH)).status_code == 403
        raised = await put(admin, MONTH, micros=10 * COST)
        assert (raised.status_code, raised.json()["micros"]) == (200, 10 * COST)
        assert raised.json()["set_by"] != stage.house.owner.user
        assert (await spoken(stage, member, LINE[::-1]))["state"] == "completed"


async def test_costs_of_a_project_are_exactly_what_a_generation_cost(stage):
    await stage.account("elevenlabs")
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    async with stage.client() as owner:
        film, other = await new_project(owner), await new_project(owner)
        job = await spoken(stage, owner, LINE, film)
        await spoken(stage, owner, LINE + LINE)
        assert job["state"] == "completed"
        model = (await told(owner, f"/jobs/{job['id']}/submissions"))[0]["model"]
        mine = ("USD", 1, 0, COST)
        assert lines(await told(owner, f"/projects/{film}/costs")) == [mine]
        assert lines(await told(owner, f"/projects/{other}/costs")) == []
        for by, name in (
            ("project", film),
            ("model", model),
            ("vendor", "elevenlabs"),
            ("operation", "speech"),
            ("user", stage.house.owner.user),
            ("production", job["id"]),
            ("day", today),
        ):
            found = await told(owner, "/costs", by=by, project_id=film)
            assert lines(found) == [(name, *mine)], by
        assert lines(await told(owner, "/costs")) == [("USD", 2, 0, 3 * COST)]
        assert lines(await told(owner, "/costs", by="project")) == [
            (film, *mine),
            (None, "USD", 1, 0, 2 * COST),
        ]
        assert lines(await told(owner, "/costs", since=today, until=today)) == [
            ("USD", 2, 0, 3 * COST)
        ]
        assert await told(owner, "/costs", until="2026-01-01") == []
        asked = {"by": ["project", "vendor"], "project_id": film}
        table = await owner.get("/costs/csv", params=asked)
        assert table.headers["content-type"].startswith("text/csv")
        assert "costs.csv" in table.headers["content-disposition"]
        assert table.text == (
            "project,vendor,currency,calls,held,spent\n"
            f"{film},elevenlabs,USD,1,0.000000,{COST / 1e6:.6f}\n"
        )


async def test_currencies_are_kept_apart_and_what_is_held_is_told(stage):
    await set_aside(stage, 70)
    await set_aside(stage, 50, spent=30)
    await set_aside(stage, 9, currency="EUR", spent=9)
    async with stage.client() as owner:
        assert lines(await told(owner, "/costs")) == [("EUR", 1, 0, 9), ("USD", 2, 70, 30)]


async def test_the_ledger_is_told_in_pages_the_newest_first_by_project_job_and_day(stage):
    project, film = ProjectId.new(), JobId.new()
    first = await set_aside(stage, 50, spent=30, project_id=project)
    second = await set_aside(stage, 20, job_id=JobId.new(), root_job_id=film)
    async with stage.client() as owner:
        whole = (await told(owner, "/costs/entries"))["items"]
        assert [(one["hold_id"], one["debit"], one["credit"], one["micros"]) for one in whole] == [
            (second.id, "held", "budget", 20),
            (first.id, "spent", "payable", 30),
            (first.id, "budget", "held", 50),
            (first.id, "held", "budget", 50),
        ]
        paged, cursor = [], None
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = await told(owner, "/costs/entries", limit=1, **more)
            paged += page["items"]
            if (cursor := page["next"]) is None:
                break
            await set_aside(stage, 1)  # what comes meanwhile shifts nothing
        assert paged == whole
        mine = (await told(owner, "/costs/entries", project_id=project))["items"]
        assert mine == whole[1:]
        assert (await told(owner, "/costs/entries", job_id=film))["items"] == whole[:1]
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        there = await told(owner, "/costs/entries", since=today, until=today, project_id=project)
        assert there["items"] == mine
        assert (await told(owner, "/costs/entries", until="2026-01-01"))["items"] == []
        for cursor in ("WyJ4Il0=", "W10=", "WyIxMjM0NTY3ODkwMTIzNDU2Nzg5MCJd"):  # x, none, too long
            assert "cursor" in (await told(owner, "/costs/entries", 422, cursor=cursor))["detail"]


async def test_members_see_the_costs_and_guests_that_edit_a_project_see_its_own_alone(stage):
    async with stage.client() as owner:
        film, other = await new_project(owner), await new_project(owner)
    await set_aside(stage, 50, spent=30, project_id=film)
    await set_aside(stage, 7, project_id=other)
    workspace = ("/costs", "/costs/csv", "/costs/entries", "/costs/limits", "/costs/room")
    async with visitor(stage, "viewer") as viewer:
        for path in workspace:
            assert (await viewer.get(path)).status_code == 200, path
        assert lines(await told(viewer, f"/projects/{film}/costs")) == [("USD", 1, 0, 30)]
        assert (await put(viewer, MONTH, micros=1)).status_code == 403
    async with visitor(stage, "editor", film) as editor, visitor(stage, "viewer", film) as guest:
        for path in workspace:
            assert (await editor.get(path)).status_code == 403, path
        assert lines(await told(editor, f"/projects/{film}/costs")) == [("USD", 1, 0, 30)]
        await told(editor, f"/projects/{other}/costs", 404)
        assert "edit it" in (await told(guest, f"/projects/{film}/costs", 403))["detail"]
        assert (await put(editor, MONTH, micros=1)).status_code == 403
    async with visitor(stage) as stranger:
        for path in (*workspace, f"/projects/{film}/costs"):
            assert (await stranger.get(path)).status_code == 404, path
        del stranger.headers["Reelwright-Workspace"]
        await told(stranger, f"/projects/{film}/costs", 404)
        assert await told(stranger, "/costs", project_id=film) == []
        assert (await told(stranger, "/costs/entries"))["items"] == []


async def test_a_limit_is_set_for_a_project_a_person_a_film_and_an_operation_and_taken_away(stage):
    async with stage.client() as owner:
        project, me = await new_project(owner), stage.house.owner.user
        film = await stage.make(Operation.SPEECH, {"text": LINE})  # that no key can make
        for scope, subject in (
            ("project", project),
            ("user_day", me),
            ("production", film.id),
            ("operation", "speech"),
        ):
            set_ = await put(owner, f"/costs/limits/{scope}", micros=100, subject=subject)
            assert set_.status_code == 200, set_.text
        await put(owner, "/costs/limits/project", micros=60)
        await put(owner, "/costs/limits/project", micros=90, subject=project)
        await set_aside(stage, 50, spent=30, project_id=project)
        standing = {
            (one["scope"], one["subject"]): (one["micros"], one["taken_micros"], one["left_micros"])
            for one in await told(owner, "/costs/limits")
        }
        assert standing == {
            ("operation", "speech"): (100, None, None),
            ("production", film.id): (100, 0, 100),
            ("project", ""): (60, None, None),
            ("project", project): (90, 30, 60),
            ("user_day", me): (100, 30, 70),
        }
        room = await told(owner, "/costs/room", project_id=project, operation="speech")
        assert [(one["scope"], one["left_micros"]) for one in room] == [
            ("project", 60),
            ("user_day", 70),
            ("operation", 100),
        ]
        mine = {"subject": project}
        assert (await owner.delete("/costs/limits/project", params=mine)).status_code == 204
        gone = await owner.delete("/costs/limits/project", params=mine)
        assert (gone.status_code, gone.json()["code"]) == (404, "missing")
        (room,) = [
            one
            for one in await told(owner, "/costs/room", project_id=project)
            if one["scope"] == "project"
        ]
        assert (room["subject"], room["left_micros"]) == (project, 30)


async def test_a_limit_that_makes_no_sense_is_refused_in_words(stage):
    month = "workspace_month"
    async with stage.client() as owner:
        for scope, status, body in (
            (month, 422, {"micros": -1}),
            (month, 422, {"micros": 10**15 + 1}),
            (month, 422, {"micros": 1.5}),
            (month, 422, {"micros": 1, "currency": "dollar"}),
            (month, 422, {"micros": 1, "currency": "XTS"}),
            (month, 422, {"micros": 1, "subject": "x"}),
            (month, 422, {"micros": 1, "subjekt": ""}),
            (month, 422, {}),
            ("planet", 422, {"micros": 1}),
            ("operation", 422, {"micros": 1, "subject": "dancing"}),
            ("project", 422, {"micros": 1, "subject": "x"}),
            ("project", 422, {"micros": 1, "subject": "\0"}),
            ("project", 404, {"micros": 1, "subject": ProjectId.new()}),
            ("user_day", 404, {"micros": 1, "subject": UserId.new()}),
            ("production", 404, {"micros": 1, "subject": JobId.new()}),
        ):
            answer = await put(owner, f"/costs/limits/{scope}", **body)
            assert answer.status_code == status, (scope, body, answer.text)
            assert answer.json()["detail"]
        assert await told(owner, "/costs/limits") == []


async def test_a_question_that_makes_no_sense_is_refused_in_words(stage):
    async with stage.client() as owner:
        for path, asked in (
            ("/costs", {"by": "weather"}),
            ("/costs", {"since": "2026-11-02", "until": "2026-11-01"}),
            ("/costs", {"since": "yesterday"}),
            ("/costs", {"project_id": "x"}),
            ("/costs/csv", {"user_id": "prj_1"}),
            ("/costs/entries", {"job_id": "x"}),
            ("/costs/room", {"currency": "euro"}),
        ):
            assert (await told(owner, path, 422, **asked))["detail"], path
        assert await told(owner, "/costs", since="0001-01-01", until="9999-12-31") == []
