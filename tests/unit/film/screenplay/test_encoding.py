import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.screenplay.encoding import decode, encode
from reelwright.ground.errors import InvalidInputError

TEXT = "INT. CAFÉ - DAY\r\n\r\n黒澤 drinks.\n"


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le-sig"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be-sig"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\0\0", "utf-32-le-sig"),
    ],
)
def test_unicode_is_read_with_and_without_a_mark(codec, mark, name):
    data = mark + TEXT.encode(codec)
    assert decode(data, "a") == (TEXT, name)
    assert encode(TEXT, name) == data


def test_what_is_not_unicode_is_windows_text():
    assert decode("CAFÉ “so”".encode("cp1252"), "a") == ("CAFÉ “so”", "cp1252")
    assert decode(b"CAF\xc9 \x81", "a") == ("CAFÉ \x81", "latin-1")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"INT. A\0\n", "not text"),
        (b"INT. HOUSE\n\nHe\0 runs.\n", "not text"),
        (bytes(range(256)) * 8, "not text"),
        (b"\xc3\x28\x01\x02", "not text"),
        (b"PK\x03\x04...", "ZIP"),
        (b"\x89PNG\r\n", "picture"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\xff\xfeA", "byte"),
        (b"\xef\xbb\xbf\xff", "byte"),
        ("A\0B".encode("utf-16"), "not text"),
    ],
)
def test_what_is_no_text_is_refused_by_name_and_with_a_way_out(data, what):
    with pytest.raises(InvalidInputError, match=what) as caught:
        decode(data, "film.fountain")
    assert "film.fountain" in caught.value.message
    assert caught.value.way_out


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_come_back_exactly(data):
    try:
        text, encoding = decode(data, "a")
    except InvalidInputError:
        return
    assert encode(text, encoding) == data
    assert "\0" not in text
