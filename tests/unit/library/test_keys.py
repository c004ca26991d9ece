"""Keys of blobs can be read by people, and by every storage."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.engines.storage.objects import checked_key
from reelwright.ground.ids import WorkspaceId
from reelwright.library.keys import new_key
from reelwright.library.texts import file_name

AT = datetime(2026, 11, 20, tzinfo=UTC)
WORKSPACE = WorkspaceId.new()


def key(name, media_type):
    return new_key(WORKSPACE, AT, name, "0a1b2c3d4e5f" + "0" * 52, media_type)


@pytest.mark.parametrize(
    ("name", "media_type", "folder", "stem", "suffix"),
    [
        ("Dusk at the Pier.mp4", "video/mp4", "video", "Dusk-at-the-Pier", ".mp4"),
        ("Füße.png", "image/png", "image", "Fue", ".png"),
        ("../../etc/passwd", "text/plain", "text", "passwd", ".txt"),
        ("script.fountain", "application/x-fountain", "other", "script", ".fountain"),
        ("日本", "application/octet-stream", "other", "file", ".bin"),
        (".hidden", "audio/wav", "audio", "hidden", ".wav"),
    ],
)
def test_a_key_says_what_it_holds(name, media_type, folder, stem, suffix):
    made = key(name, media_type)
    assert made.startswith(f"{WORKSPACE}/2026-11/{folder}/{stem}-0a1b2c3d4e5f-")
    assert made.endswith(suffix)


@given(st.text(max_size=300), st.sampled_from(["image/png", "a/b", "", "text/html", "x"]))
def test_every_name_gives_a_key(name, media_type):
    assert checked_key(key(name, media_type))


def test_no_key_is_given_twice():
    assert len({key("a.png", "image/png") for _ in range(100)}) == 100


@given(st.text(max_size=400))
def test_a_shown_name_is_one_line_without_folders(text):
    name = file_name(text)
    assert 1 <= len(name) <= 255
    assert not set("/\\\0\n\r") & set(name)
    name.encode()
