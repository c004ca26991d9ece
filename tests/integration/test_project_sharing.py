"""Share links: what whoever has one sees, and what nobody sees."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, text, update

from reelwright.engines.cache.settings import CacheSettings
from reelwright.engines.limits.limiter import Limiter, RateLimitedError
from reelwright.engines.limits.settings import LimitSettings
from reelwright.engines.storage.home import home
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.ids import CommentId, JobId, ProductionId, ProjectId
from reelwright.ground.paging import Paging
from reelwright.ground.principals import Activity
from reelwright.identity.audit import AuditLog
from reelwright.identity.passwords import Passwords
from reelwright.jobs.tables import JobRow
from reelwright.library.asset_service import AssetService
from reelwright.projects.comment import About, Anchor
from reelwright.projects.comments import Comments
from reelwright.projects.service import ProjectService
from reelwright.projects.sharing import (
    NewLink,
    ProjectSharingService,
    ShareMissingError,
    SharePasswordError,
    ShareScope,
)
from reelwright.projects.tables import ProjectRow
from reelwright.studio import screenings as screenings_module
from reelwright.studio.screenings import Screenings, ShareScopeError, TooMuchSaidError
from reelwright.studio.tables import ProductionRow
from support.api import whole_api
from support.clocks import HandClock
from support.generating import staged
from support.people import new_person
from support.projects import project_life

pytestmark = pytest.mark.anyio

SCRIPT = b"INT. HALL - NIGHT\n\nMARA (40) waits.\n"
FILES = {"film.mp4": b"a film", "film.otio": b"{}"}


def limiter(rate="none", link="none"):
    limits = LimitSettings(share_password=rate, share_password_link=link)
    return Limiter(limits, CacheSettings(), SystemClock())


@pytest.fixture(scope="module")
def database_url(server):
    """One database for all tests here: each has a workspace of its own."""
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture(scope="module")
def passwords():
    passwords = Passwords()
    yield passwords
    passwords.close()


@pytest.fixture
async def who(database):
    return await new_person(database)


@pytest.fixture
def objects(tmp_path):
    return DiskObjects(tmp_path / "objects", SignedUrls(b"s" * 32, SystemClock()))


@pytest.fixture
def library(database, objects):
    return AssetService(database, objects, SystemClock())


@pytest.fixture
def sharing(database, passwords):
    return ProjectSharingService(
        database, SystemClock(), AuditLog(database, SystemClock()), passwords, limiter()
    )


@pytest.fixture
def screenings(database, objects):
    urls = SignedUrls(b"s" * 32, SystemClock())
    return Screenings(database, objects, urls, SystemClock())


async def new_film(database, library, who):
    """A project with a script, and a film that was made of it."""
    project_id = ProjectId.new()

    async def keep(name, data, media_type="text/plain"):
        return await library.keep_bytes(
            who, data, name=name, media_type=media_type, project_id=project_id
        )

    script = {"a.fountain": await keep("a.fountain", SCRIPT)}
    projects = ProjectService(database, SystemClock())
    project = await projects.create(who, "Dusk", script, "a.fountain", project_id=project_id)
    outputs = {name: await keep(name, data) for name, data in FILES.items()}
    job, now = JobId.new(), SystemClock().now()
    row = {"workspace_id": who.workspace, "user_id": who.user, "project_id": project_id}
    more = {"kind": "film", "params": {}, "state": "completed", "priority": 5, "workflow_id": "w"}
    film = {"id": ProductionId.new(), "revision_id": project.head.id, "job_id": job}
    film |= {"options": {}, "outputs": outputs, "finished_at": now, "live": False}
    async with database.transaction(who) as tx:
        values = {**row, **more, "after_failure": "fail", "changed_at": now}
        await tx.execute(insert(JobRow).values(id=job, **values))
        await tx.execute(insert(ProductionRow).values(**row, **film))
    return project


async def test_a_link_shows_what_its_scope_says(database, library, sharing, screenings, who):
    project = await new_film(database, library, who)
    expected = {
        ShareScope.VIEW: {"film.mp4"},
        ShareScope.COMMENT: {"film.mp4"},
        ShareScope.DOWNLOAD: {"film.mp4", "film.otio", "a.fountain"},
    }
    for scope, files in expected.items():
        _, token = await sharing.create(who, project.id, NewLink(scope=scope))
        admission = await sharing.admit(token)
        assert (admission.project, admission.scope) == (project.id, scope)
        shown = await screenings.show(admission)
        assert shown.breakdown is not None
        assert [one.heading for one in shown.breakdown.scenes] == ["INT. HALL - NIGHT"]
        assert set(shown.files) == files
        assert "film.mp4" in screenings.url_of(admission, "film.mp4", shown.files["film.mp4"])


async def test_what_a_link_has_shown_ends_with_it_and_with_its_project(
    database, library, sharing, who
):
    project = await new_film(database, library, who)
    link, _ = await sharing.create(who, project.id, NewLink())
    other, _ = await sharing.create(who, project.id, NewLink("another"))
    await sharing.require_live(link.id)
    await sharing.revoke(who, project.id, link.id)
    async with database.transaction(who) as tx:
        trashed = update(ProjectRow).where(ProjectRow.id == project.id)
        await tx.execute(trashed.values(trashed_at=SystemClock().now()))
    for gone in (link.id, other.id, "shr_none"):
        with pytest.raises(ShareMissingError):
            await sharing.require_live(gone)


async def test_unknown_expired_and_revoked_links_are_told_alike(
    database, library, sharing, screenings, passwords, who
):
    project = await new_film(database, library, who)
    soon = SystemClock().now() + timedelta(hours=1)
    link, token = await sharing.create(who, project.id, NewLink(expires_at=soon))
    _, second = await sharing.create(who, project.id, NewLink("second"))
    late = ProjectSharingService(
        database, HandClock(soon), AuditLog(database, SystemClock()), passwords, limiter()
    )
    await sharing.admit(token)
    said = set()
    for place, text_ in (
        (late, token),
        (sharing, token[:-1] + ("0" if token[-1] != "0" else "1")),
        (sharing, "rw_shr_nothing_at_all"),
        (sharing, ""),
    ):
        with pytest.raises(ShareMissingError) as missing:
            await place.admit(text_)
        said.add(str(missing.value))
    admission = await sharing.admit(token)
    assert (await sharing.revoke(who, project.id, link.id)).revoked_at is not None
    await sharing.revoke(who, project.id, link.id)
    with pytest.raises(ShareMissingError) as missing:
        await sharing.admit(token)
    assert {*said, str(missing.value)} == said
    await screenings.show(admission)  # another link is still live
    third = await sharing.admit(second)
    await project_life(database).trash(who, project.id)
    for one in (admission, third):
        with pytest.raises(ShareMissingError):
            await screenings.show(one)
    links = (await sharing.list(who, project.id)).rows
    assert [one.revoked_at is not None for one in links] == [False, True]
    with pytest.raises(InvalidInputError):
        await sharing.create(who, project.id, NewLink(expires_at=SystemClock().now()))


async def test_a_links_password_is_not_to_be_guessed(database, library, passwords, who):
    sharing = ProjectSharingService(
        database,
        SystemClock(),
        AuditLog(database, SystemClock()),
        passwords,
        limiter("3/hour", "5/hour"),
    )
    project = await new_film(database, library, who)
    words = "grey sea at dawn, twice"
    _, text = await sharing.create(who, project.id, NewLink(password=words))
    for address in ("here", "there"):
        tries = [sharing.admit(text, "wrong", address) for _ in range(6)]
        told = [type(one) for one in await asyncio.gather(*tries, return_exceptions=True)]
        allowed = {"here": 3, "there": 2}[address]
        assert told.count(SharePasswordError) == allowed
        assert told.count(RateLimitedError) == 6 - allowed
    with pytest.raises(RateLimitedError):
        await sharing.admit(text, words, "elsewhere")


async def test_a_stranger_who_guesses_shuts_out_nobody_else_and_an_audience_not_itself(
    database, library, passwords, who
):
    sharing = ProjectSharingService(
        database, SystemClock(), AuditLog(database, SystemClock()), passwords, limiter("3/hour")
    )
    project = await new_film(database, library, who)
    words = "grey sea at dawn, twice"
    _, text = await sharing.create(who, project.id, NewLink(password=words))
    for _ in range(3):
        with pytest.raises(SharePasswordError):
            await sharing.admit(text, "wrong", "stranger")
    with pytest.raises(RateLimitedError):
        await sharing.admit(text, words, "stranger")
    await asyncio.gather(*(sharing.admit(text, words, "the cinema's") for _ in range(8)))


async def test_a_link_is_not_opened_without_end(database, library, passwords, who):
    limits = LimitSettings(share="2/hour", share_link="3/hour")
    counted = Limiter(limits, CacheSettings(), SystemClock())
    sharing = ProjectSharingService(
        database, SystemClock(), AuditLog(database, SystemClock()), passwords, counted
    )
    project = await new_film(database, library, who)
    _, text = await sharing.create(who, project.id, NewLink())
    for _ in range(2):
        await sharing.admit(text, None, "here")
    with pytest.raises(RateLimitedError):
        await sharing.admit(text, None, "here")
    await sharing.admit(text, None, "there")
    with pytest.raises(RateLimitedError):
        await sharing.admit(text, None, "elsewhere")


async def test_a_script_is_broken_down_once_for_all_who_look_at_it(
    database, library, sharing, screenings, who, monkeypatch
):
    project = await new_film(database, library, who)
    _, text = await sharing.create(who, project.id, NewLink())
    real, read = screenings_module.read_manuscript, []

    def reading(*given):
        read.append(given)
        return real(*given)

    monkeypatch.setattr(screenings_module, "read_manuscript", reading)
    admission = await sharing.admit(text)
    shown = await asyncio.gather(*(screenings.show(admission) for _ in range(5)))
    assert len(read) == 1
    assert {one.breakdown.scenes[0].heading for one in shown} == {"INT. HALL - NIGHT"}
    script = await library.keep_bytes(
        who, b"EXT. PIER - DAY\n\nRain.\n", name="a.fountain", media_type="text/plain"
    )
    projects = ProjectService(database, SystemClock())
    await projects.revise(who, project.id, {"a.fountain": script}, "a.fountain")
    assert (await screenings.show(admission)).breakdown.scenes[0].heading == "EXT. PIER - DAY"


async def test_a_link_may_ask_for_a_password(database, library, sharing, who):
    project = await new_film(database, library, who)
    wanted = NewLink(password="grey sea at dawn, twice")  # noqa: S106
    link, token = await sharing.create(who, project.id, wanted)
    assert link.has_password
    for wrong in (None, "", "grey sea at dawn"):
        with pytest.raises(SharePasswordError):
            await sharing.admit(token, wrong)
    admission = await sharing.admit(token, "grey sea at dawn, twice")
    await sharing.count_view(admission)
    await sharing.count_view(admission)
    (seen,) = (await sharing.list(who, project.id)).rows
    assert (seen.views, seen.last_viewed_at is not None) == (2, True)
    with pytest.raises(InvalidInputError):
        await sharing.create(who, project.id, NewLink(password="password"))  # noqa: S106


async def test_whoever_shares_sees_what_live_links_name_and_nothing_else(
    database, library, sharing, who
):
    shared, _ = [await new_film(database, library, who) for _ in range(2)]
    link, _ = await sharing.create(who, shared.id, NewLink())
    projects = ProjectService(database, SystemClock())
    head = shared.head.files
    await projects.revise(who, shared.id, {**head, "b.fountain": head["a.fountain"]}, "a.fountain")
    counted = {}
    for table in ("projects", "revisions", "productions", "assets", "blobs", "share_links"):
        counted[table] = text(f"SELECT count(*) FROM {table} WHERE workspace_id = :w")  # noqa: S608

    async def seen(during):
        async with database.transaction(during) as tx:
            return [await tx.scalar(one, {"w": who.workspace}) for one in counted.values()]

    assert await seen(Activity.SHARE) == [1, 1, 1, 3, 3, 1]
    assert await seen(Activity.REAP) == [0] * 6
    async with database.transaction(Activity.SHARE) as tx:
        for table in ("jobs", "memberships", "project_state_versions", "events"):
            assert not await tx.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608
    await sharing.revoke(who, shared.id, link.id)
    assert await seen(Activity.SHARE) == [0] * 6
    stranger = await new_person(database, "Eve")
    for act in (
        sharing.create(stranger, shared.id, NewLink()),
        sharing.list(stranger, shared.id),
        sharing.revoke(stranger, shared.id, link.id),
    ):
        with pytest.raises(MissingError):
            await act


async def test_guests_say_something_where_the_link_is_for_that(
    database, library, sharing, screenings, who
):
    class Nowhere:
        async def read(self, who, project_id):
            return {}

    project = await new_film(database, library, who)
    comments = Comments(database, SystemClock(), Nowhere())
    ours = (await comments.add(who, project.id, "What do you say?")).first
    _, looking = await sharing.create(who, project.id, NewLink())
    with pytest.raises(ShareScopeError):
        await screenings.comment(await sharing.admit(looking), "Eve", "Hm.", Anchor())
    _, token = await sharing.create(who, project.id, NewLink(scope=ShareScope.COMMENT))
    admission = await sharing.admit(token)
    await screenings.comment(admission, " Eve ", "Fine.", Anchor(), ours.id)
    shown = await screenings.show(admission)
    assert shown.breakdown is not None
    scene = Anchor(About.SCENE, shown.breakdown.scenes[0].id)
    said = await screenings.comment(admission, "Eve", "Dark.", scene)
    assert said.anchor.label == "1 INT. HALL - NIGHT"
    for anchor in (Anchor(About.SCENE, "sc_none"), Anchor(About.SHOT)):
        with pytest.raises(InvalidInputError):
            await screenings.comment(admission, "Eve", "Dark.", anchor)
    elsewhere = await new_film(database, library, who)
    theirs = (await comments.add(who, elsewhere.id, "Not for guests.")).first
    for thread in (CommentId.new(), theirs.id):
        with pytest.raises(MissingError):
            await screenings.comment(admission, "Eve", "Hm.", Anchor(), thread)
    threads = (await screenings.list_comments(admission, Paging())).rows
    assert [(one.first.user_id, one.first.guest) for one in threads] == [
        (None, "Eve"),
        (None, None),
    ]
    (_, first) = (await comments.list(who, project.id)).rows
    assert [(one.guest, one.body) for one in first.replies] == [("Eve", "Fine.")]
    for _ in range(58):
        await screenings.comment(admission, "Eve", "Hm.", Anchor())
    with pytest.raises(TooMuchSaidError):
        await screenings.comment(admission, "Eve", "Hm.", Anchor())


async def test_a_files_address_is_good_while_the_link_is_and_for_nothing_else(database_url):
    script = SCRIPT + b"\nShe goes.\n"  # no other test's: each has a home of its own
    async with whole_api(database_url, home()) as api, api.client() as client:
        projects = "/api/v1/projects"
        made = await client.post(projects, json={"script": script.decode(), "name": "Dusk"})
        place = f"{projects}/{made.json()['id']}/shares"
        link = (await client.post(place, json={"scope": "download"})).json()
        shown = (await client.get(f"/api/v1/shares/{link['token']}")).json()
        (file,) = shown["files"].values()
        async with api.client("") as asked:
            assert (await asked.get(file["url"])).content == script
            part = await asked.get(file["url"], headers={"Range": "bytes=0-3"})
            assert (part.status_code, part.content) == (206, script[:4])
            assert part.headers["cache-control"] == "private, no-cache"
            unbound = re.sub(r"&b=[^&]+", "", file["url"])
            assert (await asked.get(unbound)).status_code == 403
            await client.delete(f"{place}/{link['id']}")
            over = await asked.get(file["url"])
            assert (over.status_code, over.json()["code"]) == (404, "share_missing")


async def test_a_project_is_shown_to_anybody_who_has_its_link(database_url):
    async with staged(database_url) as stage, stage.client() as client:
        made = await client.post("/projects", json={"script": SCRIPT.decode(), "name": "Dusk"})
        place = f"/projects/{made.json()['id']}/shares"
        order = {"scope": "comment", "password": "grey sea at dawn, twice"}
        link = await client.post(place, json=order)
        assert link.status_code == 201, link.text
        token = link.json()["token"]
        assert "hash" not in link.text
        del client.headers["Authorization"]
        assert (await client.get(place)).status_code == 401
        at = f"/shares/{token}"
        refused = await client.get(at)
        assert (refused.status_code, refused.json()["code"]) == (403, "share_password")
        client.headers["Reelwright-Share-Password"] = "grey%20sea at dawn, twice"
        shown = await client.get(at)
        assert shown.status_code == 200, shown.text
        assert shown.headers["cache-control"] == "no-store"
        assert shown.json()["name"] == "Dusk"
        assert shown.json()["scenes"][0]["heading"] == "INT. HALL - NIGHT"
        said = {"guest": "Eve", "body": "Fine.", "about": "time", "at_ms": 1500}
        assert (await client.post(f"{at}/comments", json=said)).status_code == 201
        listed = (await client.get(f"{at}/comments")).json()["items"]
        assert [(one["guest"], one["at_ms"]) for one in listed] == [("Eve", 1500)]
        other = await client.get(f"/shares/{token[:-4]}0000")
        nothing = await client.get("/shares/x")
        assert (other.status_code, nothing.status_code) == (404, 404)
        ids = {"request_id"}
        assert {k: v for k, v in other.json().items() if k not in ids} == {
            k: v for k, v in nothing.json().items() if k not in ids
        }
