"""How much of a shot's CPU is spent in x264 alone, and how moviepy 2 compares.

moviepy is installed into an environment of its own for the measure; `REELWRIGHT_BENCH_MOVIEPY` may
name a Python that has it already.
"""

import os
import resource
import subprocess
import tempfile
import time
import venv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast

import av

from benchmarks import figures
from reelwright.engines.media import fonts
from reelwright.engines.media.video import SegmentWriter
from reelwright.film.breakdown.model import Move
from reelwright.ground.progress import Silent
from reelwright.providers.drawings import Caption, MotionRequest, StillRequest
from reelwright.providers.sketch.motion import make_motion
from reelwright.providers.sketch.still import make_still
from reelwright.studio.filming import shots_of
from reelwright.studio.options import FilmOptions
from reelwright.studio.planning import open_workshop, plan_film
from reelwright.studio.reading import read_film
from reelwright.studio.shots import ShotList

SIZE = (1280, 720)
KEEPER = Path(__file__).parents[1] / "examples" / "the-keeper.fountain"


@cache
def _filmed() -> list[MotionRequest]:
    """Every shot of the longer example as the studio orders it, with the lips of its voices."""
    with tempfile.TemporaryDirectory() as folder:
        options = FilmOptions(*SIZE, store=Path(folder))
        with open_workshop(options) as workshop:
            read = read_film(KEEPER)
            plan = plan_film(read, options, workshop, Silent())
        shots = ShotList(plan.timeline, plan.director, plan.provider, plan.voices, False, {})
        found = shots.orders(shots_of(read.breakdown), plan.buyer)
        orders = [one for one in found if one.scene]
    return [cast("MotionRequest", one.motion.request) for one in orders]


def _spread(requests: Sequence[MotionRequest], count: int) -> list[MotionRequest]:
    """So many of the requests, evenly spread over the film."""
    return [requests[(2 * n + 1) * len(requests) // (2 * count)] for n in range(count)]


def _rests(request: MotionRequest) -> bool:
    return request.picture.framing.move is Move.STATIC


def moving_shots() -> list[MotionRequest]:
    """Eight shots with parallax and without speech, from all over the film."""
    return _spread([r for r in _filmed() if not _rests(r) and not r.lips], 8)


def talking_shots() -> list[MotionRequest]:
    """Four shots with lips, from all over the film."""
    return _spread([r for r in _filmed() if r.lips], 4)


def static_shots() -> list[MotionRequest]:
    """Eight shots in which the camera rests, with lips or without, from all over the film."""
    return _spread([r for r in _filmed() if _rests(r)], 8)


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


def share_of_x264(requests: Iterable[MotionRequest]) -> float:
    """CPU of x264 alone over CPU of the whole pipeline, over all the shots together."""
    whole = alone = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for request in requests:
            a, b = _costs(request, Path(folder))
            whole, alone = whole + a, alone + b
            f, n = request.picture.framing, request.frames
            print(
                f"  {request.picture.place.location[:12]:12} {f.size:13} {f.move:12} {n:4} frames"
                f" whole {1e3 * a / n:5.2f}  x264 {1e3 * b / n:5.2f} ms a frame  {b / a:.2f}"
            )
    return alone / whole


_MOVIEPY = """
import sys
from moviepy import CompositeVideoClip, ImageClip, TextClip
still, font, out, frames = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
seconds = frames / 24
zoom = ImageClip(still).with_duration(seconds).resized(lambda t: 1 + 0.02 * t).with_position("center")
text = TextClip(font, "We said we'd only stay till the light came back.", font_size=31, color="white")
text = text.with_duration(seconds).with_position(("center", 0.86), relative=True)
film = CompositeVideoClip([zoom, text], size=(1280, 720))
film.write_videofile(out, fps=24, codec="libx264", preset="veryfast", audio=False, threads=1,
                     ffmpeg_params=["-crf", "21"], logger=None)
"""


def _moviepy_python(folder: Path) -> Path | None:
    """A Python that has moviepy 2: the one named in the environment, else a new environment's."""
    named = os.environ.get("REELWRIGHT_BENCH_MOVIEPY")
    if named:
        return Path(named)
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = subprocess.run(
        [python, "-m", "pip", "install", "-q", "moviepy>=2,<3"], capture_output=True, check=False
    )
    return python if done.returncode == 0 else None


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _moviepy_frame_s(python: Path, folder: Path) -> float:
    """CPU seconds of one more frame: two lengths, so that starting up does not count."""
    picture = moving_shots()[2].picture
    still = make_still(StillRequest(picture), folder).path
    font = Path(fonts.__file__).parent / "fonts" / "Inter-SemiBold.ttf"
    spent = []
    for frames in (24, 96):
        before = _children_cpu()
        subprocess.run(
            [python, "-c", _MOVIEPY, still, font, folder / "moviepy.mp4", str(frames)],
            check=True, capture_output=True,
        )  # fmt: skip
        spent.append(_children_cpu() - before)
    return (spent[1] - spent[0]) / 72


def share_of_moviepy() -> float | None:
    """Our CPU a frame (parallax, figures and a caption) over moviepy's; None without moviepy."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = _moviepy_python(folder / "moviepy")
        if python is None:
            return None
        theirs = _moviepy_frame_s(python, folder)
        request = moving_shots()[2]
        lines = ("We said we'd only stay", "till the light came back.")
        request = replace(request, captions=(Caption(0, request.frames, lines),))
        ours = _cpu(lambda: make_motion(request, folder)) / request.frames
    print(f"  moviepy {1e3 * theirs:.1f} ms a frame, ours {1e3 * ours:.1f}")
    return ours / theirs


def measure() -> Iterator[figures.Figure]:
    """The figures of shots, measured now."""
    share_of_x264(static_shots()[-1:])  # warm: fonts, grade, first imports
    shots = share_of_x264([*moving_shots(), *talking_shots()])
    yield figures.Figure(
        "CPU of x264 alone over CPU of the whole shot pipeline, 12 shots of the longer example (8 parallax, 4 lips), 720p",
        ">= 0.50",
        f"{shots:.2f}",
        shots >= 0.50,
    )
    static = share_of_x264(static_shots())
    yield figures.Figure("the same, static shots", ">= 0.65", f"{static:.2f}", static >= 0.65)
    against = share_of_moviepy()
    yield figures.Figure(
        "CPU per frame against moviepy 2: parallax shot with caption / one zooming still with caption",
        "<= 0.25",
        "-" if against is None else f"{against:.2f}",
        None if against is None else against <= 0.25,
        "moviepy could not be installed" if against is None else "",
    )


def main() -> None:
    """Print the figures, shot by shot."""
    for figure in measure():
        print(f"{figure.name}: {figure.measured} (must reach: {figure.wanted})", flush=True)


if __name__ == "__main__":
    main()
