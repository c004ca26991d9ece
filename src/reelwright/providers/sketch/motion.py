"""Motion: a picture set in motion, written as one segment of film."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import av

from reelwright.engines.media.pencil import skia
from reelwright.engines.media.video import SegmentWriter, Sheet, paste
from reelwright.ground.digests import digest, draw
from reelwright.providers.contract import Product
from reelwright.providers.drawings import MotionRequest
from reelwright.providers.sketch.camera import Camera, Pose
from reelwright.providers.sketch.captions import CaptionCel
from reelwright.providers.sketch.cels import Cel
from reelwright.providers.sketch.exposure import cels_of, raster_of
from reelwright.providers.sketch.photographs import cels_from
from reelwright.providers.sketch.plates import Raster
from reelwright.providers.sketch.stage import FRAME_HEIGHT

_WORTH_PATCHING = 0.6  # of the frame: above it the whole frame is as cheap


def make_motion(request: MotionRequest, folder: Path) -> Product:
    """Draw, move and encode one shot: `handles + frames + handles` frames."""
    name = digest([replace(request, still=None), str(request.still)])
    path = folder / f"motion-{name[:16]}.mp4"
    writing = path.with_suffix(".part")
    picture, handles = request.picture, request.handles
    keys = {0, handles, handles + request.frames, *(handles + key for key in request.keys)}
    with SegmentWriter(writing, picture.width, picture.height, request.rate, keys) as writer:
        Shot(request).film(writer)
        total = writer.frames
    writing.replace(path)
    return Product(path, "video/mp4", {"frames": total})


def camera_of(request: MotionRequest) -> Camera:
    """The camera of a requested shot."""
    picture, framing = request.picture, request.picture.framing
    return Camera(
        framing.move,
        framing.size,
        framing.lens,
        request.rate.seconds(request.frames),
        FRAME_HEIGHT * picture.width / picture.height,
        draw("hand", picture.place.heading, [f.name for f in picture.figures]),
    )


class Film(Protocol):
    """What takes finished frames: a segment writer, or whoever wants to see them."""

    def write(self, frame: av.VideoFrame) -> None:
        """Take a yuv420p frame; it may be changed and given again."""
        ...


class Shot:
    """Films cels frame by frame; draws and converts only what changed since the frame before."""

    def __init__(self, request: MotionRequest) -> None:
        self._request = request
        self._camera = camera_of(request)
        picture = request.picture
        self._raster = raster_of(picture, self._camera)
        self.cels: Sequence[Cel] = [
            *(
                cels_from(request.still, self._raster)
                if request.still
                else cels_of(picture, self._raster, self._camera, request.rate, request.lips)
            ),
            CaptionCel(request.captions, self._raster),
        ]
        self._sheet = Sheet(picture.width, picture.height)
        self._patches: dict[tuple[int, int], Sheet] = {}

    def film(self, writer: Film) -> None:
        """Write all the frames, handles included."""
        request = self._request
        shown: av.VideoFrame | None = None
        pose_before, before = None, ()
        for frame in range(-request.handles, request.frames + request.handles):
            pose = self._camera.at(frame / max(1, request.frames - 1))
            states = tuple(cel.state(frame) for cel in self.cels)
            if shown is None or pose != pose_before:
                self._draw(self._sheet.canvas, states, pose)
                shown = self._sheet.converted()
            elif states != before:
                shown = self._update(shown, before, states, pose)
            writer.write(shown)
            pose_before, before = pose, states

    def frame(self, number: int) -> av.VideoFrame:
        """One frame, drawn whole."""
        pose = self._camera.at(number / max(1, self._request.frames - 1))
        self._draw(self._sheet.canvas, [cel.state(number) for cel in self.cels], pose)
        return self._sheet.converted()

    def _draw(self, canvas: "skia.Canvas", states: Sequence[Hashable], pose: Pose) -> None:
        for cel, state in zip(self.cels, states, strict=True):
            if self._camera.still or cel.depth is None:
                cel.draw(canvas, state, moving=False)
                continue
            canvas.save()
            canvas.concat(
                self._camera.matrix(pose, cel.depth, self._raster.width, self._raster.height)
            )
            cel.draw(canvas, state, moving=True)
            canvas.restore()

    def _update(
        self,
        shown: av.VideoFrame,
        before: Sequence[Hashable],
        states: Sequence[Hashable],
        pose: Pose,
    ) -> av.VideoFrame:
        """Draw what changed while the camera rests, and convert only that."""
        areas = [
            _even(cel.area(old, new), self._raster)
            for cel, old, new in zip(self.cels, before, states, strict=True)
            if old != new
        ]
        most = _WORTH_PATCHING * self._raster.width * self._raster.height
        if any(area.width() * area.height() > most for area in areas):
            self._draw(self._sheet.canvas, states, pose)
            return self._sheet.converted()
        for area in areas:
            if not area.isEmpty():
                self._redraw(shown, area, states, pose)
        return shown

    def _redraw(
        self, shown: av.VideoFrame, area: "skia.IRect", states: Sequence[Hashable], pose: Pose
    ) -> None:
        size = area.width(), area.height()
        if size not in self._patches:
            self._patches[size] = Sheet(*size)
        patch = self._patches[size]
        canvas = patch.canvas
        canvas.save()
        canvas.translate(-area.left(), -area.top())
        self._draw(canvas, states, pose)
        canvas.restore()
        paste(shown, patch.converted(), area.left(), area.top())


def _even(area: "skia.IRect", raster: Raster) -> "skia.IRect":
    """The area within the frame, with even edges, because chroma has half the pixels."""
    left, top = max(0, area.left()) & ~1, max(0, area.top()) & ~1
    right, bottom = (
        min(raster.width, area.right() + 1 & ~1),
        min(raster.height, area.bottom() + 1 & ~1),
    )
    return skia.IRect(left, top, max(left, right), max(top, bottom))
