"""The form of a model's input: what fits it, the row accepts; what the row refuses, it does not offer."""

import pytest

from reelwright.engines.http.client import Http
from reelwright.generation.forms import input_form
from reelwright.generation.requests import ASKABLE, read_request, request_type
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import Media
from reelwright.providers.roster import Vendors

VENDORS = Vendors(Http())


def row(name):
    """A row by its id."""
    return next(one for one in VENDORS.models if one.id == name)


MODELS = [one for one in VENDORS.models if one.operation in ASKABLE]


def smallest(schema, root):
    """The least that fits a schema."""
    schema = root["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if "enum" in schema:
        return schema["enum"][0]
    match schema["type"]:
        case "object":
            if "asset" in schema["properties"]:
                return {"asset": AssetId.new()}
            return {one: smallest(schema["properties"][one], root) for one in schema["required"]}
        case "array":
            return [smallest(schema["items"], root) for _ in range(schema.get("minItems", 0))]
        case "number" | "integer":
            return schema.get("minimum", schema.get("maximum", 5))
        case _:
            return "words"


def files_in(value, tmp_path):
    if isinstance(value, dict):
        if value.keys() == {"asset"}:
            return {value["asset"]: Media(tmp_path, "image/png", "0" * 64)}
        return {k: v for one in value.values() for k, v in files_in(one, tmp_path).items()}
    if isinstance(value, list):
        return {k: v for one in value for k, v in files_in(one, tmp_path).items()}
    return {}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_the_least_that_fits_a_form_is_accepted_by_its_row(model, tmp_path):
    form = input_form(model)
    asked = smallest(form, form)
    request = read_request(model.operation, asked, files_in(asked, tmp_path))
    refuse_unsupported(model, request)


def test_a_shot_offers_what_the_row_makes_and_nothing_else():
    fields = input_form(row("pixverse/v6/text-to-video"))["properties"]
    assert fields["seconds"]["enum"] == list(range(1, 16))
    assert fields["aspect"]["enum"][0] == fields["aspect"]["default"] == "16:9"
    assert fields["resolution"]["anyOf"][0]["enum"] == ["360p", "540p", "720p", "1080p"]
    assert fields["prompt"]["maxLength"] == 5000
    assert "sound" in fields
    assert not {"first", "last", "extends"} & fields.keys()


def test_a_shot_from_a_picture_needs_that_picture_as_an_asset():
    form = input_form(row("pixverse/v6/image-to-video"))
    assert form["properties"]["first"] == {"$ref": "#/$defs/Media"}
    assert {"prompt", "seconds", "first"} <= set(form["required"])
    assert form["$defs"]["Media"]["required"] == ["asset"]


def test_what_a_row_refuses_is_not_in_its_form():
    image = input_form(row("fal/flux-dev"))["properties"]
    assert image["count"] | {"minimum": 1, "maximum": 4} == image["count"]
    assert not {"references", "loras"} & image.keys()
    music = input_form(row("elevenlabs/music-v1"))["properties"]
    assert not {"lyrics", "extends", "seed"} & music.keys()
    assert music["seconds"]["maximum"] == 600


def test_what_only_the_artist_draws_is_asked_by_nobody_in_words():
    with pytest.raises(InvalidInputError, match="in words"):
        request_type(Operation.STILL)
