import json

import pytest

from reelwright.film.screenplay.elements import ElementType
from reelwright.film.screenplay.formats import WRITERS, read_screenplay, write_screenplay
from reelwright.film.screenplay.fountain import read_fountain
from reelwright.film.screenplay.pdf_layout import PlacedRun
from reelwright.ground.errors import InvalidInputError

SCRIPT = read_fountain("Title: Rain\n\nINT. HOUSE - DAY\n\nJOHN\nHello.\n\nMARY\nYes.\n")
HEADING = (ElementType.SCENE_HEADING, "INT. HOUSE - DAY")


@pytest.mark.parametrize(
    ("made_as", "names"),
    [
        ("fountain", ["a.fountain", "a.spmd", "a.md", "a.txt", "a", "a.screenplay"]),
        ("fdx", ["a.fdx", "a.FDX", "a.xml", "a", "a.txt"]),
        ("text", ["a.txt", "a", "a.script"]),
    ],
)
def test_suffix_and_content_choose_the_format(made_as, names):
    data = WRITERS[made_as](SCRIPT).encode()
    for name in names:
        script = read_screenplay(data, name)
        assert (script.elements[0].type, script.elements[0].text) == HEADING
        assert script.title() == "Rain"
        assert len(script.elements) == 5


def test_pdfs_are_read_by_whoever_can():
    def runs(data, name):
        assert (data, name) == (b"%PDF-1.7 ...", "a.bin")
        return [[PlacedRun(108, 200, 72, "INT. HOUSE - DAY")]]

    assert read_screenplay(b"%PDF-1.7 ...", "a.bin", runs).elements[0].text == "INT. HOUSE - DAY"
    with pytest.raises(InvalidInputError, match="PDF"):
        read_screenplay(b"%PDF-1.7 ...", "a.fountain")


@pytest.mark.parametrize("data", [b"", b" \n\r\n", b"\xef\xbb\xbf", b"\xff\xfe\n\0"])
def test_an_empty_file_is_refused(data):
    with pytest.raises(InvalidInputError, match=r"a\.fountain is empty"):
        read_screenplay(data, "a.fountain")


def test_a_script_without_scenes_is_not_refused_here():
    assert [one.text for one in read_screenplay(b"Once.", "a.fountain").elements] == ["Once."]


def test_windows_text_is_read_with_a_warning():
    script = read_screenplay("INT. CAFÉ\n".encode("cp1252"), "a.fountain")
    assert script.elements[0].text == "INT. CAFÉ"
    assert script.encoding == "cp1252"
    assert "not UTF-8" in script.warnings[0]


def test_a_bomb_is_refused_under_any_name():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><FinalDraft>&a;</FinalDraft>'
    for name in ("a.fdx", "a.fountain", "a"):
        with pytest.raises(InvalidInputError, match="document type"):
            read_screenplay(bomb, name)


def test_every_format_can_be_written_and_json_is_json():
    assert set(WRITERS) == {"json", "fountain", "fdx", "text"}
    assert json.loads(WRITERS["json"](SCRIPT))["title_page"] == {"Title": ["Rain"]}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_fountain_file_is_written_as_the_bytes_it_was_read_from(codec):
    data = "Title: Été\r\n\r\nINT. CAFÉ - DAY\r\n\r\nElle attend.\n".encode(codec)
    assert write_screenplay(read_screenplay(data, "ete.fountain"), "fountain") == data
    assert write_screenplay(read_screenplay(data, "ete.fountain"), "json").decode("utf-8")
