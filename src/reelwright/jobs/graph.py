"""What depends on what within a batch: it must not go round in a circle."""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import JobId


def in_order(parents: Mapping[JobId, Sequence[JobId]]) -> list[JobId]:
    """The jobs of a batch, each after all it depends on; raises InvalidInputError on a circle.

    Parents outside the batch exist already, so no circle can go through them.
    """
    inside = {job: [one for one in theirs if one in parents] for job, theirs in parents.items()}
    try:
        return list(TopologicalSorter(inside).static_order())
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        raise InvalidInputError(
            f"these jobs wait for each other: {circle}",
            way_out="let one of them depend on nothing in this circle",
        ) from None
