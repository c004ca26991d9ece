"""Stills: one finished picture of a shot."""

from pathlib import Path

from reelwright.engines.media.pencil import skia
from reelwright.film.picture import Picture
from reelwright.film.timeline import Rate
from reelwright.ground.digests import digest
from reelwright.providers.contract import Product
from reelwright.providers.drawings import StillRequest
from reelwright.providers.sketch.camera import Camera
from reelwright.providers.sketch.exposure import cels_of, raster_of

_QUALITY = 90


def make_still(request: StillRequest, folder: Path) -> Product:
    """Draw a picture as it stands at rest in its shot and write it as a JPEG."""
    path = folder / f"still-{digest(request)[:16]}.jpg"
    data = drawn(request.picture).encodeToData(skia.kJPEG, _QUALITY)
    path.write_bytes(bytes(data))
    size = {"width": request.picture.width, "height": request.picture.height}
    return Product(path, "image/jpeg", size)


def drawn(picture: Picture) -> "skia.Image":
    """The finished picture, out of the plates that its shot is filmed from."""
    camera = Camera.set_up(picture)
    raster = raster_of(picture, camera)
    surface = skia.Surface.MakeRasterN32Premul(picture.width, picture.height)
    for cel in cels_of(picture, raster, camera, Rate()):
        cel.draw(surface.getCanvas(), cel.state(0), moving=False)
    return surface.makeImageSnapshot()
