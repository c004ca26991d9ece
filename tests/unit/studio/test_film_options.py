"""Options are written down as people write them, and read back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.timecode import parse_rate
from reelwright.ground.errors import InvalidInputError
from reelwright.studio.cut.delivery import EXPORTS
from reelwright.studio.options import FilmOptions, read_options, written_options

_RATES = ("24", "25", "30", "50", "60", "23.976", "29.97", "59.94")
_OPTIONS = st.builds(
    FilmOptions,
    width=st.integers(64, 960).map(lambda n: 2 * n),
    height=st.integers(64, 540).map(lambda n: 2 * n),
    rate=st.sampled_from(_RATES).map(parse_rate),
    scenes=st.sampled_from([None, "2", "1-3,5"]),
    exports=st.lists(st.sampled_from(EXPORTS), unique=True).map(tuple),
    handles=st.integers(0, 240),
    burn_in=st.booleans(),
    voices=st.booleans(),
    fresh=st.booleans(),
)


@given(_OPTIONS)
def test_what_is_written_is_read_back(options):
    assert read_options(written_options(options)) == options


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ({"colour": "blue"}, "colour"),
        ({"size": 7}, "size"),
        ({"handles": True}, "handles"),
        ({"handles": 2.5}, "handles"),
        ({"burn_in": "yes"}, "burn_in"),
        ({"exports": "otio,movie"}, "movie"),
        ({"fps": {}}, "frame rate"),
    ],
)
def test_what_cannot_be_meant_is_named(written, word):
    with pytest.raises(InvalidInputError, match=word):
        read_options(written)


def test_a_command_line_has_its_dashes():
    with pytest.raises(InvalidInputError, match="--handles"):
        read_options({"handles": -1}, dashes="--")
