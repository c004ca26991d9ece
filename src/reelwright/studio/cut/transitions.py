"""Transitions as small segments of their own, so that the bodies of shots are never encoded again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypedDict

from reelwright.film.timeline import Clip, Rate
from reelwright.providers.contract import Product
from reelwright.studio.workshop import Order, local_order

if TYPE_CHECKING:
    import av


class _Coming(TypedDict):
    coming: Path
    coming_first: int


@dataclass(frozen=True, slots=True)
class Blend:
    """`frames` frames that go from one picture to another; None is black.

    `kind` is dissolve, wipe, fade_in or fade_out. `leaving` and `coming` are segment files, each
    read from its frame `leaving_first`, `coming_first` on.
    """

    kind: str
    frames: int
    rate: Rate
    leaving: Path | None = None
    leaving_first: int = 0
    coming: Path | None = None
    coming_first: int = 0

    operation: ClassVar[str] = "transition"

    def make(self, folder: Path) -> Product:
        """Write its segment."""
        from reelwright.engines.media.frames import write_segment  # noqa: PLC0415 - workers only

        target = folder / "transition.mp4"
        write_segment(self._frames(), target, self.rate)
        return Product(target, "video/mp4", {"frames": self.frames})

    def _frames(self) -> "Iterator[av.VideoFrame]":
        from reelwright.engines.media.frames import blended, wiped  # noqa: PLC0415 - workers only

        pairs = zip(
            self._read(self.leaving, self.leaving_first),
            self._read(self.coming, self.coming_first),
            strict=True,
        )
        for number, (one, other) in enumerate(pairs):
            t = (number + 1) / (self.frames + 1)
            if self.kind == "wipe" and one is not None and other is not None:
                yield wiped(one, other, t)
            else:
                yield blended(one, other, t)

    def _read(self, file: Path | None, first: int) -> "Iterator[av.VideoFrame | None]":
        from reelwright.engines.media.frames import read_frames  # noqa: PLC0415 - workers only

        if file is None:
            return iter([None] * self.frames)
        return read_frames(file, first, self.frames)


def transition_orders(
    clips: Sequence[Clip], files: Sequence[Path], names: Sequence[str], rate: Rate
) -> dict[tuple[int, str], Order]:
    """The orders of all transitions, by the clip's number and `in` or `out`.

    `files` and `names` are each clip's segment and the digest of its recipe.
    """
    orders: dict[tuple[int, str], Order] = {}
    for n, clip in enumerate(clips):
        end = clip.handles + clip.frames
        coming: _Coming = {"coming": files[n], "coming_first": clip.handles}
        if clip.shared:
            blend = Blend(
                clip.transition,
                clip.shared,
                rate,
                leaving=files[n - 1],
                leaving_first=clips[n - 1].handles + clips[n - 1].frames - clip.shared,
                **coming,
            )
            orders[n, "in"] = local_order(blend, (names[n - 1], names[n]))
        elif clip.fade_in:
            blend = Blend("fade_in", clip.fade_in, rate, **coming)
            orders[n, "in"] = local_order(blend, (names[n],))
        if clip.fade_out:
            first = end - clip.fade_out
            blend = Blend("fade_out", clip.fade_out, rate, leaving=files[n], leaving_first=first)
            orders[n, "out"] = local_order(blend, (names[n],))
    return orders
