"""Operations on pictures. What they make holds pixels only: no place, no camera, no history."""

from PIL import Image, ImageOps

from reelwright.engines.media.edits.filter_params import FilterParams
from reelwright.engines.media.edits.filters import apply
from reelwright.engines.media.edits.params import CropParams, Fit, ResizeParams
from reelwright.engines.media.edits.reading import read_picture
from reelwright.engines.media.edits.task import Task
from reelwright.engines.media.edits.writing import write_picture

_SMOOTH = Image.Resampling.LANCZOS


def resize(task: Task) -> None:
    """Write the picture in another size."""
    params: ResizeParams = task.params
    size, picture = params.size(task.first.measures), read_picture(task.first.path)
    if params.fit is Fit.STRETCH or not (params.width and params.height):
        _write(task, picture.resize(size, _SMOOTH))
    elif params.fit is Fit.COVER:
        _write(task, ImageOps.fit(picture, size, _SMOOTH))
    else:
        colour = (0, 0, 0, 0) if picture.mode == "RGBA" else "black"
        _write(task, ImageOps.pad(picture, size, _SMOOTH, colour))


def crop(task: Task) -> None:
    """Write a part of the picture."""
    params: CropParams = task.params
    box = (params.x, params.y, params.x + params.width, params.y + params.height)
    _write(task, read_picture(task.first.path).crop(box))


def convert(task: Task) -> None:
    """Write the picture in another form."""
    _write(task, read_picture(task.first.path))


def filtered(task: Task) -> None:
    """Write the picture through the filters."""
    params: FilterParams = task.params
    _write(task, apply(read_picture(task.first.path), params.filters))


def _write(task: Task, picture: Image.Image) -> None:
    target, form = task.out
    write_picture(picture, target, form, task.params.quality)
