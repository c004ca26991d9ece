"""What is typed is understood, or refused with the way out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.faces.cli.cache import parse_size
from reelwright.ground.errors import InvalidInputError
from reelwright.studio.options import parse_frame


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0), ("512", 512), ("512b", 512), ("500M", 500_000_000), ("5G", 5 * 10**9),
        ("1.5 GB", 1_500_000_000), (" 2 t ", 2 * 10**12), ("1KiB", 1024), ("2 gib", 2 * 2**30),
    ],
)  # fmt: skip
def test_sizes_are_read_with_their_units(text, expected):
    assert parse_size(text) == expected


@pytest.mark.parametrize(
    "text", ["", "G", "-1", "1e9", "nan", "inf", "1_000", "5 apples", "5Gi5", "3ib", "1.G"]
)
def test_what_is_no_size_is_refused(text):
    with pytest.raises(InvalidInputError, match="no size") as caught:
        parse_size(text)
    assert caught.value.way_out


@given(st.text(max_size=12))
def test_any_text_is_a_size_or_refused(text):
    try:
        assert parse_size(text) >= 0
    except InvalidInputError:
        pass


@pytest.mark.parametrize("text", ["1280x720", " 1280 X 720 ", "1280×720"])
def test_a_frame_is_width_and_height(text):
    assert parse_frame(text) == (1280, 720)


@given(st.integers(64, 3840).map(lambda n: 2 * n), st.integers(64, 2160).map(lambda n: 2 * n))
def test_every_even_frame_up_to_8k_is_taken(width, height):
    assert parse_frame(f"{width}x{height}") == (width, height)


@pytest.mark.parametrize(
    "text", ["", "x", "1280", "1280x", "0x0", "-2x-2", "126x128", "7682x4320", "1281x720",
             "1280x721", "1280x720p", "1e3x1e3", "9999999x2", "1280*720"],
)  # fmt: skip
def test_an_impossible_frame_is_refused(text):
    with pytest.raises(InvalidInputError, match="size") as caught:
        parse_frame(text)
    assert caught.value.way_out
