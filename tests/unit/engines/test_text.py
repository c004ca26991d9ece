"""Text: wrapped, shaped, and never silently lost."""

import numpy as np
import pytest

from reelwright.engines.media.fonts import EMOJI, SANS, TYPEWRITER, Cabinet, cabinet, warning_of
from reelwright.engines.media.pencil import skia
from reelwright.engines.media.text import Paragraph, Type, draw_text
from reelwright.ground.errors import InvalidInputError

NOBODY_HAS = "\U000e0fff\U0010fffd"  # unassigned, private: no font draws these


def _inked(text: str) -> int:
    pixels = np.zeros((80, 600, 4), np.uint8)
    surface = skia.Surface(pixels)
    draw_text(surface.getCanvas(), text, Type(40), 4, 4, 590)
    return int((pixels[:, :, 3] > 0).sum())


def test_bundled_fonts_cover_latin_cyrillic_greek_and_emoji():
    assert cabinet().missing("Ångström “naïve” Žluťoučký Привет Ωμέγα 🎬😀") == ""


def test_emoji_are_drawn_by_the_emoji_font():
    assert cabinet().families(SANS, "cut 🎬") == [SANS, EMOJI]


def test_plain_text_needs_only_its_own_family():
    assert cabinet().families(TYPEWRITER, "INT. KITCHEN") == [TYPEWRITER]


def test_what_no_font_has_becomes_a_box_and_a_warning():
    assert cabinet().legible(f"a{NOBODY_HAS[1]}b") == "a□b"
    warning = warning_of(f"a{NOBODY_HAS[1]}b")
    assert warning is not None
    assert "U+10FFFD" in warning
    assert "REELWRIGHT_FONTS" in warning


def test_text_that_is_drawn_gives_no_warning():
    assert warning_of("Everything is here.") is None


def test_a_box_is_really_seen():
    assert _inked(NOBODY_HAS[1]) > 40


def test_every_script_at_hand_leaves_ink():
    for text in ("Light", "Привет", "🎬"):
        assert _inked(text) > 100


def test_a_long_line_wraps_within_its_width():
    laid = Paragraph("the light came back and nobody was there to see it " * 3, Type(20), 300)
    assert laid.width <= 300
    assert laid.height > 3 * 20


def test_line_breaks_of_the_text_are_kept():
    one, two = Paragraph("a", Type(20), 300), Paragraph("a\nb", Type(20), 300)
    assert two.height == pytest.approx(2 * one.height, rel=0.02)


def test_bold_is_wider_than_normal():
    assert (
        Paragraph("mmmm", Type(30, bold=True), 900).width > Paragraph("mmmm", Type(30), 900).width
    )


def test_right_to_left_text_is_laid_out():
    text = "שלום"
    if cabinet().missing(text):
        assert set(cabinet().legible(text)) == {"□"}
    else:
        assert _inked(text) > 100


def test_a_persons_folder_of_fonts_is_read(tmp_path):
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    assert Cabinet(tmp_path).missing("abc") == ""


def test_a_folder_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("REELWRIGHT_FONTS", str(tmp_path / "nowhere"))
    cabinet.cache_clear()
    try:
        with pytest.raises(InvalidInputError, match="nowhere"):
            cabinet()
    finally:
        cabinet.cache_clear()
