from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from reelwright.film.screenplay.elements import Element, ElementType
from reelwright.film.screenplay.fdx import read_fdx, write_fdx
from reelwright.film.screenplay.fountain import read_fountain
from reelwright.ground.errors import InvalidInputError

T = ElementType
SCRIPT = """Title: _**RAIN**_
    A Film
Credit: Written by
Author: Ada Lovelace
Source: Based on the novel
Draft date: 1/2/2026
Contact:
    One Street
    Paris
Copyright: (c) 2026

FADE IN:

INT. HOUSE - DAY #12A#

A _long *and* **bold**_ line. 5 < 6 & "so".
    Indented second line.

JOHN (V.O.)
(low)
No.
Never.
~La la

MARY ^
No.

@McCLANE
Yo *dude*.

CUT TO:

===

.THE ROOF

> Burn to white.

> THE END <
"""


def document(inside, head='<?xml version="1.0" encoding="UTF-8"?>'):
    return f'{head}<FinalDraft DocumentType="Script"><Content>{inside}</Content></FinalDraft>'


def paragraph(kind, text, more=""):
    return f'<Paragraph Type="{kind}"{more}><Text>{text}</Text></Paragraph>'


def kinds(xml):
    return [(one.type, one.text) for one in read_fdx(xml).elements]


def test_a_script_comes_back_from_final_draft_as_it_went():
    script = read_fountain(SCRIPT)
    again = read_fdx(write_fdx(script))
    assert [replace(one, line=0) for one in again.elements] == [
        replace(one, line=0) for one in script.elements
    ]
    assert dict(again.title_page) == {
        **dict(script.title_page),
        "Title": ("_**RAIN**_", "A Film"),
    }


def test_the_document_is_what_final_draft_expects_and_always_the_same():
    xml = write_fdx(read_fountain(SCRIPT))
    root = ET.fromstring(xml)  # noqa: S314 - our own text
    assert root.attrib == {"DocumentType": "Script", "Template": "No", "Version": "5"}
    heading = root.find("Content/Paragraph[@Type='Scene Heading']")
    assert heading is not None
    assert heading.attrib["Number"] == "12A"
    dual = root.findall("Content/Paragraph/DualDialogue/Paragraph")
    assert [one.attrib["Type"] for one in dual][::4] == ["Character", "Character"]
    assert [
        one.attrib["Type"] for one in root.iterfind("Content/Paragraph[@StartsNewPage='Yes']")
    ] == ["Scene Heading"]
    assert {one.attrib.get("Style") for one in root.iter("Text")} >= {
        "Underline",
        "Italic+Underline",
        "Bold+Underline",
    }
    assert xml == write_fdx(read_fountain(SCRIPT))


def test_what_final_draft_has_no_words_for_is_left_out():
    script = read_fountain("# Act\n\n= Synopsis\n\nHe. [[note]]\n\n/* gone */\n")
    assert [one.text for one in read_fdx(write_fdx(script)).elements] == ["He."]


def test_revisions_notes_and_properties_are_passed_over():
    xml = document(
        '<Paragraph Type="Scene Heading" Number="3"><SceneProperties Length="1/8"><Summary>'
        "<Paragraph><Text>Hidden.</Text></Paragraph></Summary></SceneProperties>"
        '<ScriptNote ID="1"><Paragraph><Text>Hidden.</Text></Paragraph></ScriptNote>'
        '<Text RevisionID="2">INT. </Text><Text AdornmentStyle="-1">HOUSE</Text></Paragraph>'
    ).replace("</FinalDraft>", "<Revisions><Paragraph><Text>x</Text></Paragraph></Revisions></FinalDraft>")  # fmt: skip
    assert read_fdx(xml).elements == (Element(T.SCENE_HEADING, "INT. HOUSE", 1, "3"),)


def test_kinds_without_an_element_of_their_own_are_action():
    xml = document(
        paragraph("General", "a")
        + paragraph("Shot", "ANGLE ON B")
        + paragraph("Mine", "c")
        + paragraph("Action", "d", ' Alignment="Center"')
        + paragraph("Action", "EXT/INT. DOOR")
        + paragraph("Action", " ")
        + "<Paragraph/>"
    )
    assert kinds(xml) == [
        (T.ACTION, "a"),
        (T.ACTION, "ANGLE ON B"),
        (T.ACTION, "c"),
        (T.CENTERED, "d"),
        (T.SCENE_HEADING, "EXT/INT. DOOR"),
    ]


def test_only_the_second_speaker_of_a_dual_dialogue_is_dual():
    side = paragraph("Character", "A (O.S.)") + paragraph("Dialogue", "x")
    xml = document(f"<Paragraph><DualDialogue>{side}{side}</DualDialogue></Paragraph>{side}")
    assert [one.dual for one in read_fdx(xml).elements] == [False, False, True, True, False, False]
    assert (read_fdx(xml).elements[0].name, read_fdx(xml).elements[0].extension) == ("A", "O.S.")


def test_two_paragraphs_of_one_speech_are_one_element():
    xml = document(paragraph("Character", "A") + paragraph("Dialogue", "x") * 3)
    assert kinds(xml)[1:] == [(T.DIALOGUE, "x\nx\nx")]


def test_signs_that_are_no_emphasis_stay_what_they_are():
    xml = document(paragraph("Action", "*not italic* and snake_case"))
    assert kinds(xml) == [(T.ACTION, "\\*not italic\\* and snake\\_case")]
    assert "*not italic* and snake_case" in write_fdx(read_fdx(xml))


def test_all_caps_is_a_style_that_readers_see():
    xml = document('<Paragraph Type="Character"><Text Style="AllCaps">john</Text></Paragraph>')
    assert kinds(xml) == [(T.CHARACTER, "JOHN")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_any_declared_encoding_is_read(encoding):
    name = encoding.removesuffix("-sig")
    xml = document(paragraph("Action", "é"), f'<?xml version="1.0" encoding="{name}"?>')
    assert kinds(xml.encode(encoding)) == [(T.ACTION, "é")]


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "iso-8859-1"])
def test_a_document_type_is_refused_in_every_encoding(encoding):
    head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-le")}"?>{BOMB}'
    xml = document(paragraph("Action", "&b;"), head)
    data = b"\xff\xfe" * (encoding == "utf-16-le") + xml.encode(encoding)
    with pytest.raises(InvalidInputError, match="document type"):
        read_fdx(data, "bomb.fdx")


@pytest.mark.parametrize("cut", [30, 60, 150, 400, 700])
def test_a_document_that_breaks_off_is_one_clear_error_with_the_line(cut):
    data = write_fdx(read_fountain(SCRIPT))[:-cut]
    with pytest.raises(InvalidInputError, match=r"cut\.fdx, line \d+: .*breaks off") as caught:
        read_fdx(data, "cut.fdx")
    assert caught.value.way_out


@pytest.mark.parametrize("encoding", ["U.F-8", "rot13", "utf-7", "undefined", "shift_jis", "idna"])
def test_an_encoding_that_cannot_be_read_is_one_clear_error(encoding):
    data = f'<?xml version="1.0" encoding="{encoding}"?><FinalDraft/>'.encode()
    with pytest.raises(InvalidInputError, match=r"cannot be read|damaged"):
        read_fdx(data)


def test_other_xml_is_refused():
    with pytest.raises(InvalidInputError, match="no Final Draft document"):
        read_fdx("<html><body/></html>", "page.fdx")


def test_characters_that_xml_cannot_hold_are_dropped():
    script = read_fountain("He\x01 said\x0c so\ufffe.")
    assert [one.text for one in read_fdx(write_fdx(script)).elements] == ["He said so."]
