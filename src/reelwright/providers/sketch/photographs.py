"""Photographs: a picture that a person brought, under the same camera as a drawn one."""

from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from reelwright.engines.media.pencil import skia
from reelwright.ground.errors import InvalidInputError
from reelwright.providers.sketch.cels import Cel, StillCel
from reelwright.providers.sketch.plates import Patch, Plate, Raster

_MOST_PIXELS = 50_000_000


def cels_from(path: Path, raster: Raster) -> list[Cel]:
    """One cel that covers the frame and the camera's border, cut at the sides that stick out."""
    size = raster.width + 2 * raster.border, raster.height + 2 * raster.border
    with _opened(path) as picture:
        fitted = ImageOps.fit(ImageOps.exif_transpose(picture).convert("RGB"), size)
    pixels = skia.Image.frombytes(fitted.convert("RGBA").tobytes(), size, skia.kRGBA_8888_ColorType)
    info = skia.ImageInfo.Make(*size, skia.kBGRA_8888_ColorType, skia.kOpaque_AlphaType)
    surface = skia.Surface.MakeRaster(info)
    surface.getCanvas().drawImage(pixels, 0, 0)
    patch = Patch(surface.makeImageSnapshot(), -raster.border, -raster.border)
    return [StillCel(Plate((patch,)), 1.0)]


def _opened(path: Path) -> Image.Image:
    """Open a picture; raises InvalidInputError for what is none, or is a bomb."""
    try:
        picture = Image.open(path)
    except (OSError, UnidentifiedImageError) as error:
        raise InvalidInputError(
            f"{path} is not a picture that can be read", way_out="use a PNG, JPEG or WebP file"
        ) from error
    except Image.DecompressionBombError as error:
        raise _too_large(path) from error
    if picture.width * picture.height > _MOST_PIXELS:
        picture.close()
        raise _too_large(path)
    return picture


def _too_large(path: Path) -> InvalidInputError:
    return InvalidInputError(f"{path} has more than 50 million pixels", way_out="scale it down")
