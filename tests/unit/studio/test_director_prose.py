"""An answer's prose is read out of its JSON while that is still coming."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from reelwright.studio.advice.pieces import Prose


@given(st.text(), st.integers(1, 9), st.booleans())
@example('"\\\n\u2028 😀', 1, True)
def test_whatever_is_said_arrives_in_whatever_pieces(said, length, ascii_only):
    told = json.dumps({"answer": said, "edits": [{"answer": "no"}]}, ensure_ascii=ascii_only)
    prose = Prose()
    heard = "".join(prose.feed(told[at : at + length]) for at in range(0, len(told), length))
    assert heard == said.replace("\r", "").replace("\b", "").replace("\f", "")
