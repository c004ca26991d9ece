"""Whoever is in a file has agreed to it, or it is not used: said, seen, refused and withdrawn over HTTP."""

from datetime import UTC, datetime, timedelta
from itertools import count

import numpy as np
import pytest

from reelwright.engines.database.database import Database
from reelwright.film.breakdown.script import break_down
from reelwright.film.screenplay.formats import read_screenplay
from reelwright.ground.clock import Clock
from reelwright.ground.ids import AssetId, UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.identity.audit import AuditLog, Sought
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import MadeProduct, Origin, OriginKind
from reelwright.library.likeness import LikenessRefusedError
from support.api import signed_up, whole_api
from support.clocks import HandClock
from support.edits import write_sound
from support.pictures import picture_bytes
from support.rights import rights_of
from support.upload import uploaded

pytestmark = pytest.mark.anyio

API = "/api/v1"
NUMBERS = count()
LIMITS = dict.fromkeys(("sign_up", "sign_in", "sign_in_account", "sign_in_address"), "none")
SCRIPT = "INT. HALL - DAY\n\nMARA stands in the hall.\n\nMARA\nWho is there?\n"
CONSENT = {"basis": "agreed", "wording": "You may draw me.", "wording_version": "2026-1"}


@pytest.fixture(scope="module")
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="module")
async def api(server, tmp_path_factory, anyio_backend):
    url, said = server.create(), {"identity": {"sign_up": "open"}, "limits": LIMITS}
    async with whole_api(url, tmp_path_factory.mktemp("likenesses"), **said) as api:
        yield api
    server.drop(url)


@pytest.fixture
async def client(api):
    """Somebody who has signed up."""
    async with api.client("") as nobody:
        headers = await signed_up(nobody, f"ada-{next(NUMBERS)}")
    async with api.client("", **headers) as client:
        yield client


@pytest.fixture
async def who(client):
    me = (await client.get(f"{API}/auth/session")).json()
    return Principal(UserId(me["user"]["id"]), WorkspaceId(me["workspace"]))


def picture(colour="red"):
    return picture_bytes(colour=colour)


async def film_of(client):
    project = (await client.post(f"{API}/projects", json={"script": SCRIPT})).json()
    return f"{API}/projects/{project['id']}"


async def pinned(client, project, asset, kind="character"):
    pin = {"name": "Mara", "asset_id": asset, "kind": kind}
    return await client.post(f"{project}/references", json=pin)


async def declared(client, asset, person="Ada Byron", **more):
    given = {"person": person, "covers": ["picture"], **more}
    return await client.post(f"{API}/assets/{asset}/likenesses", json=given)


async def test_a_file_stands_for_a_member_of_the_cast_when_it_is_said_who_is_in_it(client):
    project, asset = await film_of(client), await uploaded(client, picture(), "a.png")
    asked = await pinned(client, project, asset)
    assert (asked.status_code, asked.json()["code"]) == (409, "likeness_undeclared")
    assert asset in asked.json()["way_out"]
    assert (await pinned(client, project, asset, "location")).status_code == 201  # is no person's
    nobody = await client.put(f"{API}/assets/{asset}/likenesses/nobody")
    assert (nobody.json()["person"], nobody.json()["standing"]) == (None, "nobody")
    assert (await pinned(client, project, asset)).status_code == 201
    again = await client.put(f"{API}/assets/{asset}/likenesses/nobody")
    assert again.json() == nobody.json()


async def test_a_person_who_has_not_agreed_is_refused_until_they_do_and_after_they_withdraw(client):
    project, asset = await film_of(client), await uploaded(client, picture("blue"), "b.png")
    likenesses = f"{API}/assets/{asset}/likenesses"
    first = await declared(client, asset)
    assert (first.status_code, first.json()["standing"]) == (201, "none")
    refused = await pinned(client, project, asset)
    assert (refused.status_code, refused.json()["code"]) == (409, "likeness_refused")
    assert "Ada Byron" in refused.json()["detail"]
    assert (await client.put(f"{likenesses}/nobody")).status_code == 409  # not after somebody

    evidence = await uploaded(client, picture("white"), "signed.png")
    agreed = CONSENT | {"evidence_id": evidence}
    second = (await declared(client, asset, "ada  byron", consent=agreed)).json()
    assert (second["standing"], second["consent"]["evidence_id"]) == ("in_force", evidence)
    assert (await pinned(client, project, asset)).status_code == 201
    assert (await client.delete(f"{API}/assets/{evidence}")).status_code == 409  # it shows consent

    withdraw = f"{likenesses}/{second['id']}/withdraw"
    for _ in range(2):
        gone = (await client.post(withdraw, json={"reason": "she asked"})).json()
        assert (gone["standing"], gone["withdrawn_reason"]) == ("withdrawn", "she asked")
    assert (await pinned(client, project, asset)).status_code == 409
    assert (await client.delete(f"{API}/assets/{evidence}")).status_code == 204
    not_there = await client.post(f"{likenesses}/{second['id'][:-3]}000/withdraw")
    assert not_there.status_code == 404
    none_given = await client.post(f"{likenesses}/{first.json()['id']}/withdraw")
    assert none_given.status_code == 409

    listed = (await client.get(f"{API}/likenesses?limit=1")).json()
    assert [one["id"] for one in listed["items"]] == [second["id"]]
    more = (await client.get(f"{API}/likenesses?limit=1&cursor={listed['next']}")).json()
    assert [one["id"] for one in more["items"]] == [first.json()["id"]]
    assert len((await client.get(likenesses)).json()) == 2


async def test_what_is_said_is_held_of_copies_and_of_what_was_cut_from_the_file_too(
    api, client, who, tmp_path
):
    asset = AssetId(await uploaded(client, picture("green"), "c.png"))
    assert (await declared(client, asset)).status_code == 201
    library = await api.opened.container.get(AssetService)
    database = await api.opened.container.get(Database)
    rights = rights_of(database, library)
    again = AssetId(await uploaded(client, picture("green"), "the same.png"))
    cropped = tmp_path / "crop.png"
    cropped.write_bytes(picture("black"))
    facts = {"made": {"operation": "crop", "params": {}, "inputs": [asset]}}
    made = MadeProduct("c" * 64, "crop", cropped, "image/png", facts)
    crop = (await library.keep_products(who, [made]))["c" * 64]
    for one in (again, crop.id):
        with pytest.raises(LikenessRefusedError, match="Ada Byron"):
            await rights.require(who, [one])
    project = await film_of(client)
    assert (await pinned(client, project, crop.id)).status_code == 409


async def test_a_consent_ends_on_its_day_and_is_of_what_it_covers(api, client, who):
    asset = AssetId(await uploaded(client, picture("yellow"), "d.png"))
    library = await api.opened.container.get(AssetService)
    database = await api.opened.container.get(Database)
    clock = await api.opened.container.get(Clock)
    ends = clock.now() + timedelta(days=1)
    agreed = CONSENT | {"ends_at": ends.isoformat()}
    assert (await declared(client, asset, consent=agreed)).status_code == 201
    await rights_of(database, library).require(who, [asset])
    later = HandClock(ends + timedelta(seconds=1))
    with pytest.raises(LikenessRefusedError, match="a day that is over"):
        await rights_of(database, library, later).require(who, [asset])

    heard = await declared(client, asset, covers=["voice"])
    assert (heard.status_code, heard.json()["code"]) == (422, "invalid_input")
    past = CONSENT | {"ends_at": datetime(2020, 1, 1, tzinfo=UTC).isoformat()}
    assert (await declared(client, asset, consent=past)).status_code == 422
    assert (await declared(client, asset, consent=CONSENT | {"wording": ""})).status_code == 422
    elsewhere = CONSENT | {"evidence_id": AssetId.new()}
    assert (await declared(client, asset, consent=elsewhere)).status_code == 404


async def test_a_recording_that_is_to_be_a_voice_asks_whose_it_is(client, tmp_path):
    sound = write_sound(tmp_path / "a.wav", np.sin(np.arange(44_100) / 20) * 0.2)
    asset = await uploaded(client, sound.read_bytes(), "a.wav")
    project = await film_of(client)
    breakdown = break_down(read_screenplay(SCRIPT.encode(), "script.fountain"))
    shots = [shot for scene in breakdown.scenes for shot in scene.shots if shot.dialogue]
    own = f"{project}/shots/{shots[0].id}/own/recordings"
    asked = await client.put(own, json={"asset_ids": [asset]})
    assert (asked.status_code, asked.json()["code"]) == (409, "likeness_undeclared")
    assert (await declared(client, asset, consent=CONSENT)).status_code == 422  # nobody is seen
    said = await declared(client, asset, covers=["voice"], consent=CONSENT)
    assert said.status_code == 201
    assert (await client.put(own, json={"asset_ids": [asset]})).status_code == 200


async def test_a_guest_who_edits_a_project_says_who_is_in_its_files_and_in_no_others(
    api, client, who, tmp_path
):
    project = await film_of(client)
    library = await api.opened.container.get(AssetService)
    mine, theirs = tmp_path / "mine.png", tmp_path / "theirs.png"
    mine.write_bytes(picture("navy"))
    theirs.write_bytes(picture("olive"))
    kept = [
        await library.keep(
            who,
            path,
            name=path.name,
            media_type="image/png",
            origin=Origin(OriginKind.UPLOAD, path.name),
            project_id=place,
        )
        for path, place in ((mine, None), (theirs, project.rpartition("/")[2]))
    ]
    name = f"guest-{next(NUMBERS)}"
    async with api.client("") as nobody:
        guest = await signed_up(nobody, name)
    offer = await client.post(
        f"{project}/invitations", json={"email": f"{name}@example.com", "role": "editor"}
    )
    taken = {"invitation": offer.json()["invitation"]}
    async with api.client("", **guest) as hers:
        assert (await hers.post(f"{API}/invitations/accept", json=taken)).status_code == 200
    there = guest | {"Reelwright-Workspace": who.workspace}
    async with api.client("", **there) as hers:
        said = await declared(hers, kept[1].id, consent=CONSENT)
        assert said.status_code == 201, said.text
        assert (await declared(hers, kept[0].id)).status_code in {403, 404}
        pin = await pinned(hers, project, kept[1].id)
        assert pin.status_code == 201, pin.text
        gone = await hers.post(f"{API}/assets/{kept[1].id}/likenesses/{said.json()['id']}/withdraw")
        assert gone.json()["standing"] == "withdrawn"
    await declared(client, kept[0].id)
    async with api.client("", **there) as hers:
        assert (await hers.get(f"{API}/assets/{kept[0].id}/likenesses")).status_code in {403, 404}


async def test_no_film_is_begun_of_a_picture_whose_consent_was_withdrawn(client):
    project, asset = await film_of(client), await uploaded(client, picture("pink"), "e.png")
    said = (await declared(client, asset, consent=CONSENT)).json()
    breakdown = break_down(read_screenplay(SCRIPT.encode(), "script.fountain"))
    own = f"{project}/shots/{breakdown.scenes[0].shots[0].id}/own/picture"
    assert (await client.put(own, json={"asset_ids": [asset]})).status_code == 200
    small = {"options": {"size": "320x180"}}
    await client.post(f"{API}/assets/{asset}/likenesses/{said['id']}/withdraw")
    refused = await client.post(f"{project}/films", json=small)
    assert (refused.status_code, refused.json()["code"]) == (409, "likeness_refused")
    assert (await client.put(own, json={"asset_ids": [asset]})).status_code == 409
    assert (await client.delete(own)).status_code == 200
    assert (await client.post(f"{project}/films", json=small)).status_code == 202


async def test_all_that_is_said_and_withdrawn_is_written_to_the_audit_trail(api, client, who):
    asset = await uploaded(client, picture("brown"), "f.png")
    said = (await declared(client, asset, consent=CONSENT)).json()
    await client.post(f"{API}/assets/{asset}/likenesses/{said['id']}/withdraw")
    audit = await api.opened.container.get(AuditLog)
    deeds = (await audit.list(who, Sought(subject=said["id"]))).rows
    assert [one.action for one in deeds] == ["consent:withdrawn", "consent:recorded"]
    assert deeds[1].detail["version"] == CONSENT["wording_version"]


async def test_whoever_owns_the_installation_is_not_asked_about_their_own_files(api):
    async with api.client() as owner:
        asset = await uploaded(owner, picture("gray"), "g.png")
        project = await film_of(owner)
        assert (await pinned(owner, project, asset)).status_code == 201
        assert (await declared(owner, asset)).status_code == 201  # what they say holds all the same
        assert (await pinned(owner, project, asset)).status_code == 409


async def test_strangers_see_nothing_of_it(api, client):
    asset = await uploaded(client, picture("cyan"), "h.png")
    said = (await declared(client, asset, consent=CONSENT)).json()
    async with api.client("") as nobody:
        stranger = await signed_up(nobody, f"bob-{next(NUMBERS)}")
    async with api.client("", **stranger) as his:
        assert (await his.get(f"{API}/assets/{asset}/likenesses")).status_code == 404
        assert (await declared(his, asset)).status_code == 404
        gone = await his.post(f"{API}/assets/{asset}/likenesses/{said['id']}/withdraw")
        assert gone.status_code == 404
        assert (await his.get(f"{API}/likenesses")).json()["items"] == []
