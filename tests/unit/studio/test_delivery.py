"""Names of exports."""

import pytest

from reelwright.film.exports.catalogue import TEXT_EXPORTS
from reelwright.ground.errors import InvalidInputError
from reelwright.studio.cut.delivery import EXPORTS, check_folder, parse_exports


def test_all_none_and_names_with_commas_between():
    assert parse_exports("all") == EXPORTS
    assert parse_exports("none") == ()
    assert parse_exports("otio, edl,otio") == ("otio", "edl")
    assert all(parse_exports(name) == (name,) for name in EXPORTS)


def test_an_export_may_be_called_by_its_file_too():
    given = "film.otio,fcp7,shots.csv,csv,pdf,contact-sheet.jpg"
    assert parse_exports(given) == ("otio", "fcp7xml", "shots", "storyboard", "contact-sheet")


@pytest.mark.parametrize("text", ["", "avid", "otio,", "otio avid", "ALL", "all,otio"])
def test_an_unknown_name_is_refused_and_the_known_ones_are_named(text):
    with pytest.raises(InvalidInputError, match="no export named") as caught:
        parse_exports(text)
    assert all(name in str(caught.value.way_out) for name in EXPORTS)


def test_text_exports_have_files_of_their_own():
    files = [export.file for export in TEXT_EXPORTS.values()]
    assert len(set(files)) == len(files) == 7


def test_a_folder_that_can_be_written_to_is_left_empty(tmp_path):
    check_folder(tmp_path / "deep" / "out")
    assert list((tmp_path / "deep" / "out").iterdir()) == []
