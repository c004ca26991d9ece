"""A move of the camera over a picture: what can be animated of it without a model."""

import math
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from reelwright.film.breakdown.model import Move
from reelwright.film.timeline import Rate
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset
from reelwright.providers.contract import Product
from reelwright.studio.hands.made import Terms
from reelwright.studio.hands.sketching import Sketches

_ROOM = 0.14
"""How much of the picture the camera travels, or comes nearer."""
_HEIGHTS = {"480p": 480, "720p": 720, "1080p": 1080}
_MOVES: tuple[tuple[Move, str], ...] = (
    (Move.STATIC, r"\bstatic\b|\blocked\b|\bstill camera\b"),
    (Move.PULL_OUT, r"\bpull\w*|\bzoom\w* out|\bback(?:s|wards)?\b|\brecede\w*"),
    (Move.PAN_LEFT, r"\bleft\b"),
    (Move.PAN_RIGHT, r"\bright\b|\bpan\w*|\btrack\w*"),
    (Move.TILT_UP, r"\btilt\w* up|\bris\w+|\bupwards?\b|\bcrane\w*"),
    (Move.TILT_DOWN, r"\btilt\w* down|\bdescend\w*|\bdownwards?\b"),
)


@dataclass(frozen=True, slots=True)
class MovedPicture:
    """A picture under a moving camera, cut to fill the frame."""

    file: Path
    width: int
    height: int
    frames: int
    move: Move
    rate: Rate = Rate()

    operation: ClassVar[str] = "moved_picture"

    def make(self, folder: Path) -> Product:
        """Write the clip."""
        from reelwright.engines.media.pencil import skia  # noqa: PLC0415 - workers only
        from reelwright.engines.media.video import SegmentWriter, Sheet  # noqa: PLC0415
        from reelwright.studio.cut.pictures import load_small  # noqa: PLC0415

        target = folder / "moved.mp4"
        picture = load_small(self.file, self.width * 1.3, self.height * 1.3)
        sheet = Sheet(self.width, self.height)
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
        frame = skia.Rect.MakeWH(self.width, self.height)
        with SegmentWriter(target, self.width, self.height, self.rate, [0]) as segment:
            for n in range(self.frames):
                done = n / max(1, self.frames - 1)
                x, y, w, h = self._seen(picture.width(), picture.height(), done)
                seen = skia.Rect.MakeXYWH(x, y, w, h)
                sheet.canvas.drawImageRect(picture, seen, frame, sampling)
                segment.write(sheet.converted())
        seconds = self.rate.seconds(self.frames)
        return Product(target, "video/mp4", {"frames": self.frames, "seconds": seconds})

    def _seen(self, wide: int, tall: int, done: float) -> tuple[float, float, float, float]:
        """What of the picture is seen at a moment (0.0 to 1.0): x, y, width, height in its pixels."""
        scale = min(wide / self.width, tall / self.height)
        eased = done * done * (3 - 2 * done)
        near = {Move.PUSH_IN: eased, Move.PULL_OUT: 1 - eased, Move.STATIC: 0.0}.get(self.move, 1.0)
        scale *= 1 - _ROOM * near
        w, h = self.width * scale, self.height * scale
        ways = {
            Move.PAN_RIGHT: (eased, 0.5),
            Move.PAN_LEFT: (1 - eased, 0.5),
            Move.TILT_DOWN: (0.5, eased),
            Move.TILT_UP: (0.5, 1 - eased),
        }
        across, down = ways.get(self.move, (0.5, 0.5))
        return (wide - w) * across, (tall - h) * down, w, h


@dataclass(frozen=True, slots=True)
class Panning:
    """Makes clips of pictures by a move of the camera; without one in the words, it comes nearer."""

    sketches: Sketches
    library: AssetService

    async def make(
        self,
        who: Principal,
        picture: Asset,
        words: str,
        seconds: float,
        form: tuple[str, str | None],
        terms: Terms,
    ) -> Asset:
        """The clip; `form` is aspect and resolution, as `16:9` and `720p`."""
        width, height = size_of(*form)
        frames = max(1, math.ceil(seconds * Rate().num / Rate().den))
        with tempfile.TemporaryDirectory(prefix="reelwright-pan-") as folder:
            path = Path(folder) / f"picture{Path(picture.name).suffix}"
            await self.library.fetch(who, picture, path)
            moved = MovedPicture(path, width, height, frames, read_move(words))
            return await self.sketches.own_work(who, moved, (picture.sha256,), terms)


def size_of(aspect: str, resolution: str | None) -> tuple[int, int]:
    """The frame of an aspect and a resolution, in pixels; raises InvalidInputError."""
    height = _HEIGHTS.get(resolution or "", 720)
    found = re.fullmatch(r"(\d{1,2}):(\d{1,2})", aspect)
    if not found or "0" in found.groups():
        raise InvalidInputError(f"{aspect[:20]!r} is no aspect", way_out="write it as 16:9")
    return max(64, round(height * int(found[1]) / int(found[2]) / 2) * 2), height


def read_move(words: str) -> Move:
    """The move of the camera that words ask for."""
    low = words.lower()
    return next((move for move, pattern in _MOVES if re.search(pattern, low)), Move.PUSH_IN)
