"""Each type of project takes in what its rules say, by content, and keeps its state."""

import hashlib

import pytest

from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import ProjectId, UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import AssetInUseError
from reelwright.library.examination import Examiner
from reelwright.library.storage_service import (
    FileRefusedError,
    ProjectDataMissingError,
    StorageService,
    UploadedFile,
)
from reelwright.projects.scripts import ScriptDesk
from reelwright.projects.service import ProjectService
from reelwright.projects.types import PROJECT_CONFIGS
from support.footage import branded, photo
from support.pictures import picture_bytes
from support.projects import project_states

pytestmark = pytest.mark.anyio
PNG = picture_bytes()


@pytest.fixture
def who():
    return Principal(UserId.new(), WorkspaceId.new())


@pytest.fixture
def library(database, tmp_path):
    objects = DiskObjects(tmp_path / "objects", SignedUrls(b"s" * 32, SystemClock()))
    return AssetService(database, objects, SystemClock())


@pytest.fixture
def storage(database, library):
    examiner = Examiner()
    yield StorageService(library, project_states(database), examiner)
    examiner.close()


def uploaded(folder, name, content):
    path = folder / "upload"
    path.write_bytes(content)
    return UploadedFile(path, name)


async def test_a_file_is_taken_in_as_what_it_is(storage, library, who, tmp_path):
    file = uploaded(tmp_path, "face.jpg", PNG)
    asset = await storage.upload_project_file(who, "prj_1", "image-edit", file, {"by": "Ann"})
    assert asset.media_type == "image/png"
    told = dict(asset.facts)
    assert told.pop("sent_sha256") == hashlib.sha256(PNG).hexdigest()
    assert told == {"by": "Ann", "project_type": "image-edit", "width": 16, "height": 9}
    assert (await library.get(who, asset.id)).project_id == "prj_1"


@pytest.mark.parametrize(
    ("project_type", "name", "content"),
    [
        ("image-edit", "a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>"),
        ("image-edit", "a.png", b"<!doctype html><script>x</script>"),
        ("image-edit", "a.png", b"OggS"),
        ("video-edit", "a.mp4", PNG),
        ("music-clip", "a.mp3", b"fLaC"),
        ("custom", "a.bin", b""),
    ],
)
async def test_what_the_rules_do_not_allow_is_refused(
    storage, who, tmp_path, project_type, name, content
):
    with pytest.raises(FileRefusedError):
        await storage.upload_project_file(
            who, "prj_1", project_type, uploaded(tmp_path, name, content)
        )


async def test_a_photo_that_cannot_be_drawn_is_refused_with_a_way_out(storage, who, tmp_path):
    data = branded(photo(tmp_path / "a.avif").read_bytes(), b"heic", b"heic")
    with pytest.raises(FileRefusedError, match="image/heic") as caught:
        await storage.upload_project_file(who, None, "custom", uploaded(tmp_path, "a.heic", data))
    assert caught.value.way_out == "save it as JPEG or PNG"


async def test_a_file_above_the_limit_is_refused(storage, who, tmp_path):
    file = uploaded(tmp_path, "a.png", PNG)
    with file.path.open("r+b") as large:
        large.truncate(20 * 1024 * 1024 + 1)  # a hole: takes no space
    with pytest.raises(FileRefusedError, match="20 MB"):
        await storage.upload_project_file(who, "prj_1", "image-edit", file)


async def test_the_rules_can_be_asked_for(storage):
    for name in ("music-clip", "video-edit", "audio-edit", "image-edit", "custom"):
        rules = storage.get_project_config(name)
        assert rules is PROJECT_CONFIGS[name]
        assert rules["storage_prefix"] == name
    with pytest.raises(InvalidInputError):
        storage.get_project_config("spreadsheet")


async def test_a_state_is_saved_and_loaded_by_its_own_workspace(storage, who):
    stranger = Principal(UserId.new(), WorkspaceId.new())
    for cuts in (1, 2):
        await storage.save_project_data(who, "prj_1", "video-edit", {"cuts": cuts})
    await storage.save_project_data(stranger, "prj_1", "video-edit", {"cuts": 9})
    assert await storage.load_project_data(who, "prj_1", "video-edit") == {"cuts": 2}
    with pytest.raises(ProjectDataMissingError):
        await storage.load_project_data(who, "prj_1", "audio-edit")
    with pytest.raises(InvalidInputError):
        await storage.save_project_data(who, "prj_1", "video-edit", {"cut": float("inf")})


async def test_a_script_becomes_a_project_and_what_is_none_is_refused(database, library, who):
    desk = ScriptDesk(ProjectService(database, SystemClock()), library)
    project = await desk.create_from_text(who, "Dusk", "INT. PIER - DUSK\n\nThe sea.", "fountain")
    script = project.head.files[project.head.screenplay()]
    assert await library.read(who, script) == b"INT. PIER - DUSK\n\nThe sea."
    with pytest.raises(AssetInUseError):
        await library.delete(who, script)
    revision = await desk.revise_from_text(who, project.id, "INT. PIER - DAWN\n\nThe sea.")
    assert revision.number == 2
    same = await desk.revise_from_text(who, project.id, "INT. PIER - DAWN\n\nThe sea.")
    assert same.number == 2
    for text, form in (("", "fountain"), ("<xml", "fdx"), (b"%PDF-1.7", "pdf"), ("a", "docx")):
        with pytest.raises(InvalidInputError):
            await desk.create_from_text(who, "Dusk", text, form)
    with pytest.raises(InvalidInputError):
        await desk.revise_from_text(who, ProjectId(project.id), "", "fountain")
    assert await library.get_user_asset_count(who) == 2
