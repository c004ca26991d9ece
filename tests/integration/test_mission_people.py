"""What document 002 shows of people and files, and 001 imports, is what a script can write in a house that runs."""

import hashlib

import pytest

from reelwright.engines.database.database import Database
from reelwright.ground.errors import InvalidInputError, MissingError, UnauthenticatedError
from reelwright.ground.ids import SessionId, UserId
from reelwright.ground.principals import Principal
from reelwright.library.assets import Origin, OriginKind, SyncStatus
from reelwright.library.downloading import RemoteAssets
from reelwright.projects.service import ProjectService
from reelwright.services import (
    AssetService,
    AuthService,
    ProjectCollaborationService,
    SessionService,
    auth_service,
    get_service,
    slot,
)
from reelwright.services.registry import MissingServiceError
from support.api import whole_api
from support.people import new_person

pytestmark = pytest.mark.anyio

WORDS = "lighthouse keeper 7"


@pytest.fixture
async def house(database_url, tmp_path):
    async with whole_api(database_url, tmp_path / "home", identity={"sign_up": "open"}) as api:
        yield api.opened


async def test_people_sign_in_and_their_sessions_are_listed_and_ended_as_the_document_says(house):
    assert get_service(AuthService) is get_service("auth_service")
    await auth_service.sign_up("user@example.com", WORDS, "john")

    user, token = await auth_service.login("user@example.com", WORDS)
    assert (user.email, await auth_service.verify_token(token)) == ("user@example.com", user)

    sessions = await auth_service.get_user_sessions(user.id)
    assert len(sessions) == 2
    await auth_service.logout(token)
    with pytest.raises(UnauthenticatedError):
        await auth_service.verify_token(token)

    (left,) = await auth_service.get_user_sessions(user.id)
    await auth_service.revoke_session(left.id)
    await auth_service.revoke_session(left.id)
    assert await auth_service.get_user_sessions(user.id) == []
    assert isinstance(get_service("session_service"), SessionService)
    for asked in (
        auth_service.get_user_sessions(UserId.new()),
        auth_service.revoke_session(SessionId.new()),
    ):
        with pytest.raises(MissingError):
            await asked


async def test_without_a_house_the_service_is_said_to_be_missing():
    slot.empty()
    with pytest.raises(MissingServiceError, match="auth_service"):
        auth_service.login  # noqa: B018


async def test_a_download_is_tracked_and_counts_for_its_user_in_whatever_workspace(house, tmp_path):
    assets, remote = get_service(AssetService), await house.container.get(RemoteAssets)
    database = await house.container.get(Database)
    who = await new_person(database)
    team = await get_service("workspace_service").create(who, "Team")
    there = Principal(who.user, team.id)
    origin = Origin(OriginKind.SUBMISSION, "sub_1")
    about = {"name": "file.mp4", "media_type": "video/mp4", "origin": origin}
    asset = await remote.add(there, **about, remote_url="https://example.org/file.mp4")
    path = tmp_path / "file.mp4"
    path.write_bytes(b"a film" * 100)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()

    await assets.mark_downloading(there, asset.id)
    assert (await assets.get(there, asset.id)).sync_status is SyncStatus.DOWNLOADING
    for size, named in ((599, sha256), (600, "0" * 64)):
        with pytest.raises(InvalidInputError, match="not what was to be downloaded"):
            await assets.mark_downloaded(there, asset.id, path, size, named)
    came = await assets.mark_downloaded(there, asset.id, str(path), 600, sha256)
    assert (came.sync_status, came.size) == (SyncStatus.DOWNLOADED, 600)
    assert await assets.mark_downloaded(there, asset.id, path, 600, sha256) == came

    assert await assets.get_user_storage_used(who) == 600
    assert (await assets.stored(who), await assets.stored(there)) == (0, 600)
    assert await assets.get_user_asset_count(there) == 1


async def test_a_colleagues_files_in_ones_workspace_are_not_counted_for_one(house, tmp_path):
    assets = get_service(AssetService)
    database = await house.container.get(Database)
    ada, bob = [await new_person(database, name) for name in ("Ada", "Bob")]
    path = tmp_path / "note.txt"
    path.write_bytes(b"a note")
    told = {"name": "note.txt", "media_type": "text/plain"}
    origin = Origin(OriginKind.UPLOAD, "note.txt")
    await assets.keep(Principal(bob.user, ada.workspace), path, **told, origin=origin)
    assert await assets.stored(ada) == 6
    assert await assets.get_user_storage_used(ada) == 0
    assert await assets.get_user_storage_used(bob) == 6


async def test_a_project_is_worked_on_together_under_one_name(house):
    together = get_service(ProjectCollaborationService)
    owner = house.owner
    projects = await house.container.get(ProjectService)
    project = await projects.create(owner, "Hall", {}, project_type="custom")
    offered = await together.invite(owner, project.id, "bo@example.com")
    assert (offered.invitation.project, offered.invitation.email) == (project.id, "bo@example.com")
    assert await together.list_members(owner, project.id) == []
    said = await together.comment(owner, project.id, "Darker.")
    await together.reply(owner, project.id, said.first.id, "Yes.")
    (thread,) = (await together.list_comments(owner, project.id)).rows
    assert [one.body for one in (thread.first, *thread.replies)] == ["Darker.", "Yes."]
