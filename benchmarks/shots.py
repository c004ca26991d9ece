"""How much of a shot's CPU is spent in x264 alone, and how moviepy compares. See `main`."""

import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import av

from reelwright.engines.media.video import SegmentWriter
from reelwright.film.breakdown.model import Acting, Move, Setting, Size, TimeOfDay, Weather
from reelwright.film.looks import Look
from reelwright.film.picture import Figure, Framing, Picture, Place
from reelwright.providers.contract import Lips, MotionRequest
from reelwright.providers.sketch.motion import make_motion

SIZE = (1280, 720)
FRAMES = 84  # three and a half seconds: a usual shot

_STREET = Place("EXT. STREET - NIGHT", Setting.EXT, "STREET", TimeOfDay.NIGHT, Weather.RAIN)
_BEACH = Place("EXT. BEACH - DUSK", Setting.EXT, "BEACH", TimeOfDay.DUSK)
_KITCHEN = Place("INT. KITCHEN - DAY", Setting.INT, "KITCHEN", TimeOfDay.DAY)
_FOREST = Place("EXT. FOREST - MORNING", Setting.EXT, "FOREST", TimeOfDay.MORNING)
_MARA = Figure("MARA", Look(sex="woman", hair="bob", colour="crimson"), facing=1)
_TOM = Figure("TOM", Look(hair="short", colour="navy", beard="stubble"), facing=-1)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, its value, and the least (or most) it must be."""

    name: str
    value: float
    wanted: str
    reached: bool


def _request(
    place: Place, size: Size, move: Move, *figures: Figure, talk: bool = False
) -> MotionRequest:
    lens = {Size.WIDE: 28, Size.MEDIUM: 50, Size.CLOSE: 85}.get(size, 35)
    picture = Picture(*SIZE, place, Framing(size=size, move=move, lens=lens), figures)
    shapes = ("open", "closed", "wide", "teeth", "small", "round", "tongue", "rest")
    cues = (*((0.3 + 0.11 * i, shapes[i * 5 % 8]) for i in range(26)), (3.2, "rest"))
    lips = tuple(Lips(f.name, cues) for f in figures[:1]) if talk else ()
    return MotionRequest(picture, FRAMES, lips=lips)


def moving_shots() -> list[MotionRequest]:
    """Eight shots with parallax."""
    walking = replace(_MARA, acting=Acting(pose="walk"))
    return [
        _request(_STREET, Size.WIDE, Move.TRACK_RIGHT, _MARA, _TOM),
        _request(_STREET, Size.MEDIUM, Move.PUSH_IN, _MARA),
        _request(_BEACH, Size.WIDE, Move.PAN_LEFT, _MARA, _TOM),
        _request(_BEACH, Size.MEDIUM, Move.HANDHELD, _TOM),
        _request(_KITCHEN, Size.WIDE, Move.PUSH_IN, _MARA, _TOM),
        _request(_KITCHEN, Size.FULL, Move.TRACK_LEFT, _TOM),
        _request(_FOREST, Size.WIDE, Move.TRACK_RIGHT, walking),
        _request(_FOREST, Size.WIDE, Move.CRANE_UP, _MARA, _TOM),
    ]


def talking_shots() -> list[MotionRequest]:
    """Four shots with lips, three of them from a camera at rest."""
    return [
        _request(_KITCHEN, Size.CLOSE, Move.STATIC, _MARA, talk=True),
        _request(_KITCHEN, Size.CLOSE, Move.STATIC, _TOM, talk=True),
        _request(_BEACH, Size.MEDIUM, Move.STATIC, _MARA, _TOM, talk=True),
        _request(_STREET, Size.MEDIUM_CLOSE, Move.PUSH_IN, _MARA, talk=True),
    ]


def static_shots() -> list[MotionRequest]:
    """Shots in which the camera rests."""
    still = [r for r in talking_shots() if r.picture.framing.move is Move.STATIC]
    return [*still, _request(_BEACH, Size.WIDE, Move.STATIC, _MARA, _TOM)]


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _costs(request: MotionRequest, folder: Path) -> tuple[float, float]:
    """CPU seconds of the whole shot, and of encoding its decoded frames alone."""
    whole = _cpu(lambda: make_motion(request, folder))
    path = max(folder.glob("motion-*.mp4"), key=lambda p: p.stat().st_mtime_ns)
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))

    def encode() -> None:
        with SegmentWriter(folder / "alone.mp4", *SIZE, request.rate, {0}) as writer:
            for frame in frames:
                writer.write(frame)

    return whole, _cpu(encode)


def share_of_x264(requests: Iterable[MotionRequest], *, say: bool = False) -> float:
    """CPU of x264 alone over CPU of the whole pipeline, over all the shots together."""
    whole = alone = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for request in requests:
            a, b = _costs(request, Path(folder))
            whole, alone = whole + a, alone + b
            if say:
                f = request.picture.framing
                print(
                    f"  {request.picture.place.location:8} {f.size:13} {f.move:12}"
                    f" whole {1e3 * a / FRAMES:5.2f}  x264 {1e3 * b / FRAMES:5.2f} ms a frame  {b / a:.2f}"
                )
    return alone / whole


def rows() -> list[Row]:
    """The figures, measured now."""
    warm = _request(_BEACH, Size.WIDE, Move.STATIC)
    share_of_x264([warm])
    shots = share_of_x264([*moving_shots(), *talking_shots()], say=True)
    static = share_of_x264(static_shots(), say=True)
    return [
        Row(
            "x264 alone / whole pipeline, 12 shots (8 parallax, 4 lips), 720p",
            shots,
            ">= 0.50",
            shots >= 0.5,
        ),
        Row("x264 alone / whole pipeline, static shots, 720p", static, ">= 0.65", static >= 0.65),
    ]


def main() -> None:
    for row in rows():
        print(
            f"{'ok  ' if row.reached else 'SHORT'} {row.name}: {row.value:.3f} (wanted {row.wanted})"
        )


if __name__ == "__main__":
    main()
