"""What is said about projects, over HTTP and underneath: threads, anchors, guests, who is looking."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import insert

from reelwright.engines.database.failures import RightsError
from reelwright.engines.events.reading import replay
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.paging import Paging
from reelwright.ground.principals import Activity, Principal, Role
from reelwright.identity.tables import MembershipRow
from reelwright.projects.comment import (
    About,
    Anchor,
    CommentFilter,
    CommentMissingError,
    NotYoursError,
)
from reelwright.projects.comments import Comments
from reelwright.projects.presences import Presences
from reelwright.projects.service import ProjectService
from reelwright.projects.settings import ProjectSettings
from reelwright.projects.values import ProjectAwayError, ProjectMissingError
from support.clocks import HandClock
from support.generating import staged
from support.people import join, new_person
from support.projects import project_life, project_states

pytestmark = pytest.mark.anyio

SCRIPT = "INT. HALL - NIGHT\n\nMARA (40) waits.\n\nEXT. PIER - DAY\n\nThe sea is calm and grey.\n"


@pytest.fixture(scope="module")
def database_url(server):
    """One database for all tests here: each has a workspace of its own."""
    url = server.create()
    yield url
    server.drop(url)


class Names:
    """The scenes and shots that a script has just now."""

    def __init__(self):
        self.now = {"sc_hall": "1 INT. HALL", "sh_sea": "2A The sea."}

    async def read(self, who, project_id):
        return self.now


@pytest.fixture
async def who(database):
    return await new_person(database)


@pytest.fixture
async def other(database, who):
    """Somebody else in the same workspace."""
    ben = await new_person(database, "Ben")
    colleague = Principal(ben.user, who.workspace)
    await join(database, colleague, who.workspace, "editor")
    return colleague


@pytest.fixture
async def project(database, who):
    projects = ProjectService(database, SystemClock())
    return (await projects.create(who, "Sounds", {}, project_type="custom")).id


@pytest.fixture
def names():
    return Names()


@pytest.fixture
def comments(database, names):
    return Comments(database, SystemClock(), names)


async def events_of(database, who, subject):
    async with database.transaction(who) as tx:
        found = await replay(tx, who.workspace, subject, -1, 2**62, 100)
    return [(one.kind, one.data.get("what", one.data.get("user_id"))) for one in found]


async def test_a_thread_is_begun_answered_resolved_and_opened_again(
    comments, database, who, other, project
):
    thread = await comments.add(who, project, "  Too dark. ")
    reply = await comments.reply(other, project, thread.first.id, "So it is.")
    nested = await comments.reply(who, project, reply.id, "Brighter then.")
    assert nested.thread_id == thread.first.id
    done = await comments.resolve(other, project, nested.id, resolved=True)
    assert (done.id, done.resolved_by) == (thread.first.id, other.user)
    assert (await comments.list(who, project, CommentFilter(resolved=False))).rows == []
    await comments.resolve(other, project, thread.first.id, resolved=True)
    await comments.resolve(who, project, thread.first.id, resolved=False)
    (found,) = (await comments.list(who, project, CommentFilter(resolved=False))).rows
    assert [one.body for one in (found.first, *found.replies)] == [
        "Too dark.",
        "So it is.",
        "Brighter then.",
    ]
    told = [what for kind, what in await events_of(database, who, project) if "comment" in kind]
    assert told == ["added", "added", "added", "resolved", "reopened"]


async def test_only_who_said_it_changes_it_and_what_was_answered_stays_empty(
    comments, who, other, project
):
    thread = await comments.add(who, project, "Too dark.")
    reply = await comments.reply(other, project, thread.first.id, "So it is.")
    for act in (comments.edit(other, project, thread.first.id, "No."),):
        with pytest.raises(NotYoursError):
            await act
    with pytest.raises(NotYoursError):
        await comments.delete(other, project, thread.first.id)
    edited = await comments.edit(who, project, thread.first.id, "Too bright.")
    assert (edited.body, edited.edited_at is not None) == ("Too bright.", True)
    await comments.delete(who, project, thread.first.id)
    (found,) = (await comments.list(who, project)).rows
    assert (found.first.body, found.first.deleted_at is not None) == ("", True)
    await comments.delete(other, project, reply.id)
    assert (await comments.list(who, project)).rows == []
    with pytest.raises(CommentMissingError):
        await comments.edit(who, project, thread.first.id, "again")


async def test_a_comment_outlives_its_scene_and_says_so(comments, names, who, project):
    await comments.add(who, project, "a", Anchor(About.SCENE, "sc_hall"))
    await comments.add(who, project, "b", Anchor(About.SHOT, "sh_sea"))
    await comments.add(who, project, "c", Anchor(About.TIME, at_ms=12_500))
    names.now = {"sc_new": "1 EXT. PIER"}
    found = (await comments.list(who, project)).rows
    assert [(one.first.anchor.label, one.lost) for one in found] == [
        (None, False),
        ("2A The sea.", True),
        ("1 INT. HALL", True),
    ]
    (scene,) = (await comments.list(who, project, CommentFilter(anchor="sc_hall"))).rows
    assert scene.first.body == "a"
    (time,) = (await comments.list(who, project, CommentFilter(about=About.TIME))).rows
    assert time.first.anchor.at_ms == 12_500


@pytest.mark.parametrize(
    "anchor",
    [
        Anchor(About.SCENE, "sc_gone"),
        Anchor(About.SCENE),
        Anchor(About.TIME, at_ms=-1),
        Anchor(About.TIME, "sc_hall", 1),
        Anchor(About.PROJECT, at_ms=1),
    ],
)
async def test_a_place_that_is_none_is_refused(comments, who, project, anchor):
    with pytest.raises(InvalidInputError):
        await comments.add(who, project, "here", anchor)
    assert (await comments.list(who, project)).rows == []


async def test_threads_come_in_pages_and_others_are_missing(comments, database, who, project):
    for number in range(5):
        await comments.add(who, project, str(number))
    first = await comments.list(who, project, paging=Paging(limit=3))
    rest = await comments.list(who, project, paging=Paging(limit=3, cursor=first.next))
    assert [one.first.body for one in (*first.rows, *rest.rows)] == ["4", "3", "2", "1", "0"]
    stranger, said = await new_person(database, "Eve"), first.rows[0].first.id
    for act in (
        comments.list(stranger, project),
        comments.add(stranger, project, "me"),
        comments.reply(stranger, project, said, "me"),
    ):
        with pytest.raises(ProjectMissingError):
            await act
    with pytest.raises(CommentMissingError):
        await comments.edit(stranger, project, said, "me")
    await project_life(database).trash(who, project)
    with pytest.raises(ProjectAwayError):
        await comments.add(who, project, "late")


async def test_of_an_answer_and_a_taking_back_at_once_neither_breaks_the_other(
    comments, who, other, project
):
    for _ in range(6):
        said = (await comments.add(who, project, "Hm.")).first.id
        answer, _ = await asyncio.gather(
            comments.reply(other, project, said, "What?"),
            comments.delete(who, project, said),
            return_exceptions=True,
        )
        left = (await comments.list(who, project)).rows
        if isinstance(answer, CommentMissingError):
            assert said not in {one.first.id for one in left}
        else:
            assert [one.replies for one in left if one.first.id == said] == [[answer]]


async def test_who_looks_is_seen_by_others_until_not_heard_of(database, who, other, project):
    clock = HandClock(SystemClock().now())
    presences = Presences(database, clock, ProjectSettings(presence_s=45))
    await presences.beat(who, project, "scene 1")
    clock.pass_time(30)
    here = await presences.beat(other, project)
    assert [(one.user_id, one.place) for one in here] == [
        (other.user, None),
        (who.user, "scene 1"),
    ]
    assert here[0].until - clock.now() == timedelta(seconds=45)
    clock.pass_time(30)
    await presences.beat(other, project)  # nothing new of them, but of who is gone
    assert [one.user_id for one in await presences.list(other, project)] == [other.user]
    await presences.beat(who, project, "scene 2")
    await presences.beat(who, project, "scene 2")
    await presences.leave(other, project)
    await presences.leave(other, project)
    assert [one.user_id for one in await presences.list(who, project)] == [who.user]
    told = await events_of(database, who, project)
    assert [one for one in told if one[0] in {"project:joined", "project:left"}] == [
        ("project:joined", who.user),
        ("project:joined", other.user),
        ("project:left", who.user),
        ("project:joined", who.user),
        ("project:left", other.user),
    ]
    with pytest.raises(ProjectMissingError):
        await presences.beat(await new_person(database, "Eve"), project)


async def test_the_database_confines_commenters_lookers_on_and_guests(
    comments, database, who, other, project
):
    """Also where a route forgot to ask."""
    states = project_states(database)
    ours = await ProjectService(database, SystemClock()).create(
        who, "Ours", {}, project_type="custom"
    )
    for one in (project, ours.id):
        await states.save(who, one, {"data": {"secret": 1}})
        await comments.add(who, one, "Hm.")
    eve = await new_person(database, "Eve")
    membership = {"workspace_id": who.workspace, "user_id": eve.user, "project_id": project}
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(insert(MembershipRow).values(role="commenter", **membership))
    commenter = Principal(other.user, who.workspace, Role.COMMENTER)
    viewer = Principal(other.user, who.workspace, Role.VIEWER)
    guest = Principal(eve.user, who.workspace, Role.GUEST)
    presences = Presences(database, SystemClock(), ProjectSettings())
    for one in (commenter, guest):
        thread = await comments.add(one, project, "I say.")
        await comments.delete(one, project, thread.first.id)
    for one in (commenter, viewer, guest):
        assert (await presences.beat(one, project))[0].user_id == one.user
        with pytest.raises(RightsError):
            await states.change(one, project, lambda _: {"data": {}}, editor="custom")
    with pytest.raises(RightsError):
        await comments.add(viewer, project, "I may not.")
    for asking in (states.load(guest, ours.id), comments.list(guest, ours.id)):
        with pytest.raises(ProjectMissingError):
            await asking
    assert (await states.load(guest, project)).state == {"data": {"secret": 1}}
    with pytest.raises(ProjectMissingError):
        await presences.beat(guest, ours.id)


async def test_comments_and_presence_over_http(database_url):
    async with staged(database_url) as stage, stage.client() as client:
        project = (await client.post("/projects", json={"script": SCRIPT})).json()["id"]
        place = f"/projects/{project}/comments"
        breakdown = await client.get(f"/projects/{project}/breakdown")
        scene = breakdown.json()["scenes"][1]
        said = {"body": "Is it morning?", "about": "scene", "anchor": scene["id"]}
        made = await client.post(place, json=said)
        assert made.status_code == 201, made.text
        assert made.json()["label"] == f"{scene['number']} EXT. PIER - DAY"
        shot = {"body": "Hold it.", "about": "shot", "anchor": scene["shots"][0]["id"]}
        assert (await client.post(place, json=shot)).status_code == 201
        assert (await client.post(place, json=said | {"anchor": "sc_no"})).status_code == 422
        at = f"{place}/{made.json()['id']}"
        reply = await client.post(f"{at}/replies", json={"body": "Yes."})
        assert (reply.status_code, reply.json()["thread_id"]) == (201, made.json()["id"])
        assert (await client.patch(at, json={"body": "Morning?"})).json()["body"] == "Morning?"
        assert (await client.post(f"{at}/resolve")).status_code == 200
        only = {"script": SCRIPT.partition("EXT.")[0]}
        await client.put(f"/projects/{project}/revision", json=only)
        found = (await client.get(place, params={"resolved": True})).json()["items"]
        assert [(one["lost"], len(one["replies"])) for one in found] == [(True, 1)]
        assert (await client.post(f"{at}/reopen")).status_code == 200
        assert (await client.delete(at)).status_code == 204
        here = await client.put(f"/projects/{project}/presence", json={"place": "scene 1"})
        assert [one["place"] for one in here.json()] == ["scene 1"]
        assert (await client.delete(f"/projects/{project}/presence")).status_code == 204
        assert (await client.get(f"/projects/{project}/presence")).json() == []
