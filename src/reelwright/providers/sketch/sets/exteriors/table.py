"""The table of exteriors: add a file, import it here, add one row."""

from reelwright.providers.sketch.sets.exteriors import (
    alley,
    beach,
    desert,
    farm,
    forest,
    harbour,
    lighthouse,
    meadow,
    mountain,
    park,
    quiet_street,
    road,
    street,
    suburb,
)
from reelwright.providers.sketch.stage import SetDesign

EXTERIORS: tuple[SetDesign, ...] = (
    quiet_street.DESIGN,
    street.DESIGN,
    alley.DESIGN,
    suburb.DESIGN,
    park.DESIGN,
    road.DESIGN,
    meadow.DESIGN,
    farm.DESIGN,
    forest.DESIGN,
    mountain.DESIGN,
    desert.DESIGN,
    beach.DESIGN,
    lighthouse.DESIGN,
    harbour.DESIGN,
)
