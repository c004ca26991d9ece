"""The table of exteriors: add a file, import it here, add one row."""

from reelwright.providers.sketch.sets.exteriors import (
    beach,
    forest,
    lighthouse,
    meadow,
    street,
    suburb,
)
from reelwright.providers.sketch.stage import SetDesign

EXTERIORS: tuple[SetDesign, ...] = (
    street.DESIGN,
    suburb.DESIGN,
    forest.DESIGN,
    meadow.DESIGN,
    beach.DESIGN,
    lighthouse.DESIGN,
)
