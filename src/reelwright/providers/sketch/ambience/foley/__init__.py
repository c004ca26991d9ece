"""The rows of named sounds, one file a family."""

from reelwright.providers.sketch.ambience.foley import (
    alarms,
    bodies,
    creatures,
    impacts,
    machines,
    musical,
)
from reelwright.providers.sketch.ambience.foley.row import Foley

FOLEY: dict[str, Foley] = {
    **impacts.FOLEY,
    **machines.FOLEY,
    **alarms.FOLEY,
    **creatures.FOLEY,
    **bodies.FOLEY,
    **musical.FOLEY,
}
