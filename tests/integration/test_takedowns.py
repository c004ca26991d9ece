"""Somebody's right is hurt: a notice, a decision, and what is held back by every door until it is lifted."""

import asyncio
from datetime import timedelta
from itertools import count

import anyio
import pytest
from sqlalchemy import select, text, update

from reelwright.engines.cache.settings import CacheSettings
from reelwright.engines.database.database import Database
from reelwright.engines.database.exporting import TableExport
from reelwright.engines.database.failures import RightsError
from reelwright.engines.limits.limiter import Limiter, RateLimitedError
from reelwright.engines.limits.settings import LimitSettings
from reelwright.engines.storage.objects import Objects
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.film.breakdown.script import break_down
from reelwright.film.screenplay.formats import read_screenplay
from reelwright.ground.clock import SystemClock
from reelwright.ground.ids import AssetId, TakedownId, UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog, Sought
from reelwright.identity.tables import UserRow
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import MadeProduct, TakenDownError
from reelwright.library.exports import EXPORTS
from reelwright.library.moving import Mover
from reelwright.library.notice import Claim, NoticeKind
from reelwright.library.notices import Notices
from reelwright.library.rights_tables import NoticeRow
from support.api import signed_up, whole_api
from support.clocks import HandClock
from support.databases import doors
from support.pictures import picture_bytes
from support.rights import CLAIM
from support.upload import uploaded

pytestmark = pytest.mark.anyio

API = "/api/v1"
NUMBERS = count()
LIMITS = dict.fromkeys(("sign_up", "sign_in", "sign_in_account", "sign_in_address"), "none")
SCRIPT = "INT. HALL - DAY\n\nMARA stands in the hall.\n"
BLOCKED = '</>; rel="blocked-by"'


@pytest.fixture(scope="module")
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="module")
async def api(server, tmp_path_factory, anyio_backend):
    url = server.create()
    said = {"identity": {"sign_up": "open"}, "limits": LIMITS | {"notice": "none"}}
    async with whole_api(url, tmp_path_factory.mktemp("down"), worker=True, **said) as api:
        yield api
    server.drop(url)


@pytest.fixture
async def operator(api):
    async with api.client() as client:
        yield client


@pytest.fixture
async def nobody(api):
    async with api.client("") as client:
        yield client


@pytest.fixture
async def client(api, nobody):
    """Somebody who has signed up."""
    headers = await signed_up(nobody, f"bob-{next(NUMBERS)}")
    async with api.client("", **headers) as client:
        yield client


@pytest.fixture
async def who(client):
    me = (await client.get(f"{API}/auth/session")).json()
    return Principal(UserId(me["user"]["id"]), WorkspaceId(me["workspace"]))


async def a_picture(client, name="face.png"):
    """A picture that nobody has sent before."""
    number = next(NUMBERS)
    data = picture_bytes(colour=(number % 256, number // 256, 77), size=(64, 36))
    return await uploaded(client, data, name), data


async def filed(client, address, **more):
    answer = await client.post(f"{API}/notices", json={**CLAIM, "address": address, **more})
    assert answer.status_code == 202, answer.text
    return answer.json()["id"]


async def upheld(operator, notice, **more):
    order = {"reason": "it is her", **more}
    answer = await operator.post(f"{API}/operator/notices/{notice}/uphold", json=order)
    assert answer.status_code == 200, answer.text
    return answer.json()["takedown"]


def is_held_back(answer):
    assert answer.status_code == 451, (answer.status_code, answer.text)
    assert answer.headers["link"] == BLOCKED
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()["code"] == "taken_down"


async def link_to(client, asset):
    return (await client.get(f"{API}/assets/{asset}/url")).json()["url"]


def own_picture(project):
    breakdown = break_down(read_screenplay(SCRIPT.encode(), "script.fountain"))
    return f"{project}/shots/{breakdown.scenes[0].shots[0].id}/own/picture"


async def project_with(client, asset):
    project = (await client.post(f"{API}/projects", json={"script": SCRIPT})).json()
    url = f"{API}/projects/{project['id']}"
    put = await client.put(own_picture(url), json={"asset_ids": [asset]})
    assert put.status_code == 200, put.text
    return url


async def filmed(client, project):
    order = {"options": {"size": "320x180", "fps": "24", "exports": "contact-sheet,srt"}}
    film = (await client.post(f"{project}/films", json=order)).json()
    with anyio.fail_after(120):
        while True:
            now = (await client.get(f"{API}/films/{film['id']}")).json()
            if now["state"] != "making":
                assert now["state"] == "finished", now["error"]
                return now
            await anyio.sleep(0.3)


async def test_whoever_files_a_notice_learns_nothing_and_only_operators_read_it(
    client, nobody, operator
):
    asset, _ = await a_picture(client)
    there = await nobody.post(f"{API}/notices", json={**CLAIM, "address": asset})
    elsewhere = await nobody.post(f"{API}/notices", json={**CLAIM, "address": AssetId.new()})
    assert there.status_code == elsewhere.status_code == 202
    assert there.json().keys() == elsewhere.json().keys() == {"id"}
    for wrong in ({"kind": "taste"}, {"address": ""}, {"statement": "x" * 10_001}, {"more": 1}):
        refused = await nobody.post(f"{API}/notices", json={**CLAIM, "address": asset, **wrong})
        assert refused.status_code == 422, wrong
    huge = await nobody.post(f"{API}/notices", content=b" " * 70_000)
    assert huge.status_code == 413

    one = f"{API}/operator/notices/{there.json()['id']}"
    assert (await client.get(one)).status_code == 403
    assert (await nobody.get(one)).status_code == 401
    read = (await operator.get(one)).json()
    assert (read["state"], read["claimant"], read["takedown"]) == ("open", "Ada Byron", None)
    assert [(one["id"], one["name"]) for one in read["named"]] == [
        (asset, read["named"][0]["name"])
    ]
    none = (await operator.get(f"{API}/operator/notices/{elsewhere.json()['id']}")).json()
    assert none["named"] == []
    listed = (await operator.get(f"{API}/operator/notices?state=open&limit=100")).json()["items"]
    assert [one["id"] for one in listed] == sorted(one["id"] for one in listed)
    assert there.json()["id"] in {one["id"] for one in listed}


async def test_notices_are_counted_by_address(server):
    url = server.create()
    async with doors(url) as database:
        limiter = Limiter(LimitSettings(notice="2/hour"), CacheSettings(), SystemClock())
        clock = SystemClock()
        notices = Notices(database, clock, AuditLog(database, clock), limiter)
        claim = Claim(NoticeKind.OTHER, "somewhere", "Ada", "a@b.c", "no")
        for _ in range(2):
            await notices.file(claim, "192.0.2.1")
        with pytest.raises(RateLimitedError):
            await notices.file(claim, "192.0.2.1")
        await notices.file(claim, "192.0.2.2")
        await limiter.close()
    server.drop(url)


async def test_what_is_upheld_is_held_back_by_every_door_until_it_is_lifted(
    client, nobody, operator
):
    asset, data = await a_picture(client)
    before = await link_to(client, asset)
    small = await client.get(f"{API}/assets/{asset}/thumbnail")
    assert (small.status_code, (await nobody.get(before)).content[:4]) == (307, data[:4])
    assert (await nobody.get(small.headers["location"])).status_code == 200

    notice = await filed(nobody, before)  # by its signed address
    down = await upheld(operator, notice)
    assert down["asset_ids"] == [asset]
    for answer in (
        await nobody.get(before),
        await nobody.head(before),
        await nobody.get(before, headers={"Range": "bytes=0-3"}),
        await nobody.get(small.headers["location"]),
        await client.get(f"{API}/assets/{asset}/url"),
        await client.get(f"{API}/assets/{asset}/thumbnail"),
    ):
        assert answer.request.method == "HEAD" or is_held_back(answer)
        assert answer.status_code == 451
    pin = {"name": "Mara", "asset_id": asset, "kind": "location"}
    project = (await client.post(f"{API}/projects", json={"script": SCRIPT})).json()
    assert is_held_back(await client.post(f"{API}/projects/{project['id']}/references", json=pin))
    crop = {"operation": "crop", "inputs": [asset], "params": {"width": 8, "height": 8}}
    assert is_held_back(await client.post(f"{API}/media/operations", json=crop))
    again = await uploaded(client, data, "renamed.png")  # what comes in again is held back as well
    shown = (await client.get(f"{API}/assets/{again}")).json()
    assert shown["withheld_by"] == down["id"]

    lifted = await operator.post(
        f"{API}/operator/notices/{notice}/lift", json={"reason": "it is her twin"}
    )
    assert lifted.json()["takedown"]["lifted_reason"] == "it is her twin"
    for link in (before, small.headers["location"], await link_to(client, again)):
        assert (await nobody.get(link)).status_code == 200
    assert (await client.get(f"{API}/assets/{asset}")).json()["withheld_by"] is None
    twice = await operator.post(f"{API}/operator/notices/{notice}/lift", json={"reason": "x"})
    assert twice.status_code == 409


async def test_the_film_a_picture_is_in_is_held_back_with_it_wherever_it_is_shown(
    client, nobody, operator
):
    asset, _ = await a_picture(client)
    project = await project_with(client, asset)
    film = await filmed(client, project)
    assert {"film.mp4", "contact-sheet.jpg"} < set(film["files"])
    share = (await client.post(f"{project}/shares", json={"scope": "view"})).json()
    opened = (await nobody.get(f"{API}/shares/{share['token']}")).json()
    film_link = opened["files"]["film.mp4"]["url"]
    copy = (await client.post(f"{project}/duplicate")).json()

    notice = await filed(nobody, f"https://reel.example/api/v1/assets/{asset}")
    await upheld(operator, notice)
    assert is_held_back(await nobody.get(f"{API}/shares/{share['token']}"))
    assert is_held_back(await nobody.get(film_link))
    now = (await client.get(f"{API}/films/{film['id']}")).json()["files"]
    assert not {"film.mp4", "contact-sheet.jpg"} & set(now)
    assert set(now) == {one for one in film["files"] if one.endswith(".srt")}
    order = {"options": {"size": "320x180"}}
    for place in (project, f"{API}/projects/{copy['id']}"):
        assert is_held_back(await client.post(f"{place}/films", json=order))

    assert (await client.delete(own_picture(project))).status_code == 200
    other = await filmed(client, project)  # without it there is a film again, and the link shows it
    assert "film.mp4" in other["files"]
    assert (await nobody.get(f"{API}/shares/{share['token']}")).status_code == 200


async def test_a_notice_of_a_share_link_is_one_of_the_film_it_shows(client, nobody, operator):
    asset, _ = await a_picture(client)
    project = await project_with(client, asset)
    film = await filmed(client, project)
    share = (await client.post(f"{project}/shares", json={"scope": "view"})).json()
    notice = await filed(nobody, f"https://reel.example/api/v1/shares/{share['token']}")
    read = (await operator.get(f"{API}/operator/notices/{notice}")).json()
    assert share["token"] not in read["address"]
    assert [one["id"] for one in read["named"]] == [film["files"]["film.mp4"]["asset_id"]]
    await upheld(operator, notice)
    assert is_held_back(await nobody.get(f"{API}/shares/{share['token']}"))
    assert (await client.get(f"{API}/assets/{asset}/url")).status_code == 200  # not what it is of


async def test_the_workspace_is_told_why_and_what_it_replies_reaches_the_operator(
    api, client, who, nobody, operator
):
    asset, _ = await a_picture(client)
    agreed = {"basis": "agreed", "wording": "You may.", "wording_version": "1"}
    said = {"person": "Ada Byron", "covers": ["picture"], "consent": agreed}
    await client.post(f"{API}/assets/{asset}/likenesses", json=said)
    notice = await filed(nobody, asset)
    down = await upheld(operator, notice, reason="the release is forged")
    (mine,) = (await client.get(f"{API}/takedowns")).json()["items"]
    assert (mine["id"], mine["reason"]) == (down["id"], "the release is forged")
    assert CLAIM["reach"] not in str(mine)  # who demands it is told to nobody
    refused = await client.get(f"{API}/assets/{asset}/url")
    assert refused.json()["details"] == {"takedown_id": down["id"]}
    (likeness,) = (await client.get(f"{API}/assets/{asset}/likenesses")).json()
    assert (likeness["standing"], likeness["withdrawn_by"]) == ("withdrawn", None)

    one = f"{API}/takedowns/{down['id']}"
    replied = await client.post(f"{one}/reply", json={"statement": "She signed it here."})
    assert replied.json()["reply"]["statement"] == "She signed it here."
    read = (await operator.get(f"{API}/operator/notices/{notice}")).json()
    assert read["takedown"]["reply"]["user_id"] == who.user

    database = await api.opened.container.get(Database)
    async with database.read(who) as tx:
        told = (await tx.execute(text("SELECT kind, subject FROM events"))).all()
    assert ("takedown:upheld", down["id"]) in [tuple(row) for row in told]
    audit = await api.opened.container.get(AuditLog)
    deeds = [one.action for one in (await audit.list(who, Sought(subject=down["id"]))).rows]
    assert deeds == ["takedown:replied", "takedown:upheld"]
    async with api.client("", **await signed_up(nobody, f"eve-{next(NUMBERS)}")) as stranger:
        assert (await stranger.get(one)).status_code == 404
        assert (await stranger.post(f"{one}/reply", json={"statement": "x"})).status_code == 404


async def test_the_owner_of_the_workspace_gets_a_letter_of_it(api, client, who, nobody, operator):
    database = await api.opened.container.get(Database)
    address = f"owner-{next(NUMBERS)}@example.com"
    mine = update(UserRow).where(UserRow.id == who.user)
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(mine.values(email=address, email_verified_at=SystemClock().now()))
    asset, _ = await a_picture(client)
    notice = await filed(nobody, asset)
    down = await upheld(operator, notice, reason="the release is forged")
    await operator.post(f"{API}/operator/notices/{notice}/lift", json={"reason": "it is not"})

    def told():
        texts = (one.read_text() for one in (api.opened.settings.home / "letters").glob("*"))
        return [one for one in texts if address in one]

    with anyio.fail_after(30):
        while len(letters := await asyncio.to_thread(told)) < 2:  # noqa: ASYNC110  # another task writes
            await anyio.sleep(0.1)
    upheld_one, lifted_one = sorted(letters, key=lambda one: "forged" not in one)
    assert asset in upheld_one
    assert f"/takedowns/{down['id']}/reply" in upheld_one
    assert "it is not" in lifted_one
    assert not any(CLAIM["reach"] in one or "$" in one for one in letters)


async def test_of_two_notices_of_one_file_lifting_one_leaves_the_other(client, nobody, operator):
    asset, _ = await a_picture(client)
    first, second = [await filed(nobody, asset) for _ in range(2)]
    await upheld(operator, first)
    down = await upheld(operator, second)
    await operator.post(f"{API}/operator/notices/{first}/lift", json={"reason": "so"})
    assert is_held_back(await client.get(f"{API}/assets/{asset}/url"))
    assert (await client.get(f"{API}/assets/{asset}")).json()["withheld_by"] == down["id"]
    await operator.post(f"{API}/operator/notices/{second}/lift", json={"reason": "so"})
    assert (await client.get(f"{API}/assets/{asset}/url")).status_code == 200


async def test_a_notice_is_decided_once(client, nobody, operator):
    asset, _ = await a_picture(client)
    notice = await filed(nobody, asset)
    order = {"reason": "it is her"}
    both = await asyncio.gather(
        *(operator.post(f"{API}/operator/notices/{notice}/uphold", json=order) for _ in range(2))
    )
    assert sorted(one.status_code for one in both) == [200, 409]
    other = await filed(nobody, asset)
    url = f"{API}/operator/notices/{other}"
    for _ in range(2):
        rejected = await operator.post(f"{url}/reject", json={"reason": "no such face"})
        assert (rejected.status_code, rejected.json()["state"]) == (200, "rejected")
    assert (await operator.post(f"{url}/uphold", json=order)).status_code == 409
    assert (await operator.post(f"{url}/lift", json=order)).status_code == 409
    nowhere = await filed(nobody, "a film I saw")
    refused = await operator.post(f"{API}/operator/notices/{nowhere}/uphold", json=order)
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_named")
    named = order | {"asset_ids": [asset]}  # the operator finds out what is meant
    found = await operator.post(f"{API}/operator/notices/{nowhere}/uphold", json=named)
    assert found.status_code == 200
    for deed in ("uphold", "reject", "lift"):
        denied = await client.post(f"{API}/operator/notices/{notice}/{deed}", json=order)
        assert denied.status_code == 403


async def test_what_is_made_from_it_while_it_is_held_back_is_held_back_too(
    api, client, who, nobody, operator, tmp_path
):
    asset, _ = await a_picture(client)
    library = await api.opened.container.get(AssetService)
    digest = (await library.get(who, AssetId(asset))).sha256
    made = []
    for number, inputs in enumerate([(digest,), ("a" * 64,), ()]):
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(f"film {number} {digest}".encode())
        made.append(MadeProduct("abc"[number] * 64, "own_shot", path, "video/mp4", inputs=inputs))
    await upheld(operator, await filed(nobody, asset))
    kept = await library.keep_products(who, made)
    for recipe, held in (("a", True), ("b", True), ("c", False)):
        found = await library.get(who, kept[recipe * 64].id)
        assert (found.withheld_by is not None) == held, recipe
    with pytest.raises(TakenDownError):
        await library.read(who, kept["a" * 64].id)


async def test_nothing_that_is_made_just_while_it_is_taken_down_slips_through(
    api, client, who, nobody, operator, tmp_path
):
    asset, _ = await a_picture(client)
    library = await api.opened.container.get(AssetService)
    digest = (await library.get(who, AssetId(asset))).sha256
    notice = await filed(nobody, asset)

    async def made(number):
        await asyncio.sleep(number * 0.002)
        path = tmp_path / f"{number}.png"
        path.write_bytes(f"made of {digest}: {number}".encode())
        one = MadeProduct(f"{number:02}{digest[2:]}", "crop", path, "image/png", inputs=(digest,))
        return (await library.keep_products(who, [one]))[one.recipe_digest].id

    *ids, _ = await asyncio.gather(*(made(one) for one in range(24)), upheld(operator, notice))
    found = await library.get_many(who, ids)
    assert [one.id for one in found.values() if one.withheld_by is None] == []


async def test_whoever_takes_their_data_along_does_not_get_the_bytes_of_what_is_held_back(
    api, client, who, nobody, operator
):
    asset, _ = await a_picture(client)
    other, _ = await a_picture(client)
    await upheld(operator, await filed(nobody, asset))
    database = await api.opened.container.get(Database)
    tables = {one.name: TableExport(database, one) for one in EXPORTS}
    rows = [row async for row in tables["assets"].rows(who, whole=True)]
    keys = {row["id"]: row["key"] for row in rows}
    assert (keys[asset], bool(keys[other])) == (None, True)
    assert [row["assets"] async for row in tables["takedowns"].rows(who, whole=True)] == [[asset]]


async def test_what_a_person_took_along_before_is_held_back_and_what_they_take_after_is_not(
    api, client, who, nobody, operator, tmp_path
):
    asset, _ = await a_picture(client)
    other, _ = await a_picture(client)
    library = await api.opened.container.get(AssetService)

    async def taken_along(name):
        path = tmp_path / f"{name}.zip"
        path.write_bytes(f"all of it, {name}".encode())
        made = MadeProduct(name * 64, "export", path, "application/zip")
        return (await library.keep_products(who, [made]))[name * 64].id

    before = await taken_along("1")
    await upheld(operator, await filed(nobody, asset))
    after = await taken_along("2")
    later, _ = await a_picture(client)
    await upheld(operator, await filed(nobody, later))  # came after both
    held = [(await library.get(who, one)).withheld_by is not None for one in (before, after)]
    assert held == [True, False]
    await upheld(operator, await filed(nobody, other))  # was in both
    assert (await library.get(who, after)).withheld_by is not None


async def test_the_database_itself_shows_notices_to_operators_and_lets_nobody_else_take_down(
    api, client, who, nobody
):
    asset, _ = await a_picture(client)
    await filed(nobody, asset)
    database = await api.opened.container.get(Database)
    async with database.read(who) as tx:
        assert (await tx.scalars(select(NoticeRow))).all() == []
        claimed = text("SELECT * FROM claimed_assets(ARRAY[:asset], NULL, NULL)")
        assert (await tx.execute(claimed, {"asset": asset})).all() == []
    forged = text(
        "INSERT INTO takedowns (id, workspace_id, notice_id, kind, reason, assets)"
        " VALUES (:id, :workspace, 'ntc', 'other', 'x', ARRAY['x'])"
    )
    told = {"id": TakedownId.new(), "workspace": who.workspace}
    with pytest.raises(RightsError):
        async with database.transaction(who) as tx:
            await tx.execute(forged, told)


async def test_notices_are_forgotten_a_year_after_they_were_turned_down(
    api, client, nobody, operator
):
    asset, _ = await a_picture(client)
    rejected, still_open = [await filed(nobody, asset) for _ in range(2)]
    await operator.post(f"{API}/operator/notices/{rejected}/reject", json={"reason": "no"})
    database = await api.opened.container.get(Database)
    limiter = await api.opened.container.get(Limiter)
    later = HandClock(SystemClock().now() + timedelta(days=366))
    notices = Notices(database, later, AuditLog(database, later), limiter)
    assert await notices.forget() >= 1
    assert (await operator.get(f"{API}/operator/notices/{rejected}")).status_code == 404
    assert (await operator.get(f"{API}/operator/notices/{still_open}")).status_code == 200


class _Bucket(DiskObjects):
    """Objects whose signed URLs lead past us, as a bucket's do."""

    @property
    def answers_itself(self):
        return False


async def test_where_a_bucket_signs_what_is_held_back_is_moved_out_of_reach(
    api, client, who, nobody, operator
):
    asset, _ = await a_picture(client)
    await upheld(operator, await filed(nobody, asset))
    database = await api.opened.container.get(Database)
    library = await api.opened.container.get(AssetService)
    objects = await api.opened.container.get(Objects)
    assert isinstance(objects, DiskObjects)
    before = (await library.get(who, AssetId(asset))).key
    assert await Mover(database, objects, SystemClock()).move() == 0  # we answer for it ourselves
    bucket = _Bucket(objects.root, SignedUrls(b"s" * 32, SystemClock()))
    mover = Mover(database, bucket, SystemClock())
    moved = await asyncio.gather(mover.move(), mover.move())
    assert sum(moved) >= 1
    after = (await library.get(who, AssetId(asset))).key
    assert after.startswith(f"{who.workspace}/withheld/")
    assert (await objects.exists(before), await objects.exists(after)) == (False, True)
    assert await mover.move() == 0
    keys = [one.key async for one in objects.list(f"{who.workspace}/withheld")]
    assert len(keys) == len(set(keys)) == 1  # of two who moved it at once, one copy is left
