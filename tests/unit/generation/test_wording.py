"""The words, settings and files of a command, as a request."""

import pytest

from reelwright.generation.requests import read_request
from reelwright.generation.wording import worded
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import Media, VideoRequest

ONE, TWO = AssetId.new(), AssetId.new()


@pytest.mark.parametrize(
    ("operation", "files", "places"),
    [
        (Operation.IMAGE_TO_IMAGE, [ONE, TWO], {"references": [{"asset": ONE}, {"asset": TWO}]}),
        (Operation.IMAGE_TO_VIDEO, [ONE], {"first": {"asset": ONE}}),
        (Operation.FIRST_LAST_FRAME, [ONE, TWO], {"first": {"asset": ONE}, "last": {"asset": TWO}}),
        (Operation.EXTEND_VIDEO, [ONE], {"extends": {"asset": ONE}}),
        (Operation.WORLD, [ONE], {"image": {"asset": ONE}}),
        (Operation.TRAIN_LORA, [ONE], {"images": [{"asset": ONE}]}),
    ],
)
def test_files_go_where_the_operation_takes_them(operation, files, places):
    request = worded(operation, "words", [], files)
    assert {name: request[name] for name in places} == places


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        (Operation.TEXT_TO_IMAGE, "prompt"),
        (Operation.SPEECH, "text"),
        (Operation.SEARCH_IMAGES, "query"),
        (Operation.TRAIN_LORA, "trigger"),
    ],
)
def test_the_prompt_is_called_as_the_operation_calls_it(operation, name):
    assert worded(operation, "words", [], [])[name] == "words"


def test_settings_are_read_as_the_parameters_they_set(tmp_path):
    settings = ["seconds=5", "sound=true", "resolution=720p", "seed=7"]
    values = worded(Operation.IMAGE_TO_VIDEO, "a pier", settings, [ONE])
    picture = Media(tmp_path, "image/png", "0" * 64)
    request = read_request(Operation.IMAGE_TO_VIDEO, values, {ONE: picture})
    assert request == VideoRequest(
        "a pier", seconds=5.0, sound=True, resolution="720p", seed=7, first=picture
    )
    schema = worded(Operation.TEXT, "why?", ['schema={"type": "object"}'], [])["schema"]
    assert schema == {"type": "object"}


@pytest.mark.parametrize("setting", ["seconds", "=5", 'schema={"type'])
def test_what_sets_nothing_is_refused(setting):
    with pytest.raises(InvalidInputError):
        worded(Operation.TEXT_TO_VIDEO, "a pier", [setting], [])


def test_more_files_than_an_operation_takes_are_refused_and_the_way_out_names_another():
    with pytest.raises(InvalidInputError, match="takes none") as caught:
        worded(Operation.TEXT_TO_IMAGE, "a pier", [], [ONE])
    assert "image-to-image" in (caught.value.way_out or "")
