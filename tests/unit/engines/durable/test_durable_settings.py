"""What cannot work is refused when it is set."""

import pytest
from pydantic import ValidationError

from reelwright.engines.durable.settings import DurableSettings


def test_a_lease_shorter_than_two_beats_is_refused():
    with pytest.raises(ValidationError, match="lease_s"):
        DurableSettings(beat_s=5, lease_s=6)


def test_the_lease_is_at_most_fifteen_seconds_unless_set():
    assert DurableSettings().lease_s <= 15
