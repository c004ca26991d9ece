"""A project's file that came from anywhere is read, or refused in a sentence; nothing else happens."""

import hashlib
import json
import random
from contextlib import suppress

import pytest

from reelwright.library.carried import CarriedAsset
from reelwright.projects.named_assets import assets_in, renamed
from reelwright.studio.parcels.believing import believed, type_of
from reelwright.studio.parcels.manifest import (
    ParcelRefusedError,
)
from reelwright.studio.parcels.opening import check_directory, opened
from support.parcels import packed

PARTS = ["revisions", "states", "comments", "references", "music"]
TEXT = b"Title: Small\n\nEXT. BEACH - DAY\n\nMARA walks.\n"
SHA256 = hashlib.sha256(TEXT).hexdigest()
ASSET = {
    "id": "ast_" + "0" * 26,
    "name": "script.fountain",
    "media_type": "text/plain",
    "size": len(TEXT),
    "sha256": SHA256,
    "origin": "upload",
    "ref": "script.fountain",
    "facts": {"seconds": 3, "mouths": [[0.1, "open"]]},
    "favourite": False,
    "tags": ["sea"],
    "marks": [],
    "at": "2026-11-20T12:00:00Z",
}
MANIFEST = {
    "format": "reelwright project",
    "version": 1,
    "made_by": "reelwright 0.1",
    "made_at": "2026-11-20T12:00:00Z",
    "project": {"id": "prj_" + "0" * 26, "name": "Small", "type": "film", "head": 1},
    "parts": {name: [] for name in PARTS},
    "assets": [ASSET],
}
GOOD = packed({f"files/{SHA256}": TEXT, "project.json": json.dumps(MANIFEST).encode()})


def read(path):
    """All contents of a file, as they are unpacked."""
    check_directory(path)
    with opened(path, PARTS) as parcel:
        for sha256 in parcel.sizes:
            parcel.unpack(sha256, path.with_name(sha256))
            yield sha256


@pytest.fixture
def path(tmp_path):
    return tmp_path / "project"


def test_a_good_file_is_read(path):
    path.write_bytes(GOOD)
    assert list(read(path)) == [SHA256]
    assert path.with_name(SHA256).read_bytes() == TEXT


@pytest.mark.parametrize("seed", range(12))
def test_whatever_bytes_are_changed_it_is_read_or_refused(path, seed):
    chance = random.Random(seed)
    for _ in range(25):
        file = bytearray(GOOD)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(file))
            change = chance.choice(["flip", "cut", "repeat", "zero"])
            if change == "flip":
                file[at] ^= 1 << chance.randrange(8)
            elif change == "cut":
                del file[at : at + chance.randint(1, 40)]
            elif change == "repeat":
                file[at:at] = file[at : at + chance.randint(1, 40)]
            else:
                file[at : at + 4] = b"\0\0\0\0"
        path.write_bytes(file)
        path.with_name(SHA256).unlink(missing_ok=True)
        with suppress(ParcelRefusedError):
            assert set(read(path)) <= {SHA256}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_stands_in_the_manifest_it_is_read_or_refused(path, seed):
    chance = random.Random(seed)
    odd = [None, True, -1, 2**70, 1e300, "", "x" * 5000, "a\0b", [], {}, [[]], "ast_" + "1" * 26]
    for _ in range(25):
        one = json.loads(json.dumps(MANIFEST))
        places = list(_places(one))
        for _ in range(chance.randint(1, 3)):
            holder, key = chance.choice(places)
            if isinstance(holder, list):
                holder[key : key + 1] = [chance.choice(odd)]
            else:
                holder[key] = chance.choice(odd)
        path.write_bytes(
            packed({f"files/{SHA256}": TEXT, "project.json": json.dumps(one).encode()})
        )
        path.with_name(SHA256).unlink(missing_ok=True)
        with suppress(ParcelRefusedError):
            assert set(read(path)) <= {SHA256}


def _places(value):
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], (dict, list)):
            yield from _places(value[key])


@pytest.mark.parametrize(
    ("sniffed", "told", "kept"),
    [
        ("text/plain", "application/toml", "application/toml"),
        ("text/plain", "text/vtt", "text/vtt"),
        ("text/plain", "text/html", "text/plain"),
        ("text/plain", "image/png", "text/plain"),
        ("image/png", "text/plain", "image/png"),
        ("application/octet-stream", "text/html", "application/octet-stream"),
        ("application/octet-stream", "model/gltf-binary", "model/gltf-binary"),
        ("text/html", "video/mp4", "text/html"),
    ],
)
def test_a_type_is_what_the_bytes_say(sniffed, told, kept):
    assert type_of(sniffed, told) == kept


@pytest.mark.parametrize(
    ("facts", "fits"),
    [
        ({}, True),
        ({"seconds": 3.2}, True),
        ({"seconds": 9}, False),
        ({"seconds": -1}, False),
        ({"seconds": "3"}, False),
        ({"seconds": True}, False),
        ({"spoken_s": 1e12}, False),
        ({"frames": 72}, True),
        ({"frames": 10**9}, False),
        ({"frames": 1.5}, False),
        ({"width": 160, "height": 90}, True),
        ({"width": 16_000}, False),
    ],
)
def test_a_mark_is_believed_where_the_file_does_not_belie_it(facts, fits):
    mark = {"recipe": "f" * 64, "family": None, "operation": "voice"}
    one = CarriedAsset.model_validate(ASSET | {"facts": facts, "marks": [mark]})
    measured = {"duration_s": 3.0, "width": 160, "height": 90}
    assert bool(believed(one, measured)) is fits


def test_ids_of_assets_are_found_and_renamed_wherever_they_stand():
    one, other = "ast_" + "1" * 26, "ast_" + "2" * 26
    value = {"a": [one, {"b": other}], "c": "ast_no", "d": 3, one: None}
    assert list(assets_in(value)) == [one, other, one]
    new = renamed(value, lambda text: {one: "first"}.get(text, text))
    assert new == {"a": ["first", {"b": other}], "c": "ast_no", "d": 3, "first": None}
