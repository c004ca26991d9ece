"""Films of which models make some parts, and films of which they make none."""

from typing import Any

from typing_extensions import override

from reelwright.ground.progress import Silent
from reelwright.studio.buying import Buyer
from reelwright.studio.workshop import Workshop


class _Nowhere(Workshop):
    @override
    def deliver(self, batches: Any) -> Any:
        raise AssertionError("nothing is made here")


SKETCHED = Buyer(None, _Nowhere(), Silent())
"""Nothing is bought."""
