"""Stills: one finished picture of a shot."""

from pathlib import Path

from reelwright.engines.media.pencil import skia
from reelwright.film.picture import Picture
from reelwright.ground.digests import digest
from reelwright.providers.contract import Product, StillRequest
from reelwright.providers.sketch.grade import grade
from reelwright.providers.sketch.plates import Piece, Raster, flatten
from reelwright.providers.sketch.tableau import actor_of, composed, set_pieces

_QUALITY = 90


def make_still(request: StillRequest, folder: Path) -> Product:
    """Draw a picture as it stands in the middle of its shot and write it as a JPEG."""
    path = folder / f"still-{digest(request)[:16]}.jpg"
    data = drawn(request.picture).encodeToData(skia.kJPEG, _QUALITY)
    path.write_bytes(bytes(data))
    return Product(
        path, "image/jpeg", {"width": request.picture.width, "height": request.picture.height}
    )


def drawn(picture: Picture) -> "skia.Image":
    """The finished picture."""
    composition = composed(picture)
    behind, before = set_pieces(composition)
    people = [
        Piece(one.depth, actor_of(one, composition).draw, one.blur) for one in composition.cast
    ]
    raster = Raster(picture.width, picture.height)
    plate = flatten([*behind, *people, *before], raster, opaque=True)
    assert plate is not None
    surface = skia.Surface.MakeRasterN32Premul(picture.width, picture.height)
    canvas = surface.getCanvas()
    canvas.drawImage(plate.image, 0, 0)
    canvas.drawImage(grade(picture.width, picture.height), 0, 0)
    return surface.makeImageSnapshot()
