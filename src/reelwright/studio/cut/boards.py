"""Storyboard and contact sheet as orders: the film on paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from reelwright.film.breakdown.model import Breakdown, Shot
from reelwright.film.timecode import timecode
from reelwright.film.timeline import Clip, Timeline
from reelwright.providers.contract import Product
from reelwright.studio.cut.panels import Head, Panel
from reelwright.studio.footage import FilmedShot, Footage
from reelwright.studio.workshop import Order, local_order

MOST_FRAMES = 120
"""A contact sheet shows at most so many frames; of a longer film, evenly chosen ones."""


@dataclass(frozen=True, slots=True)
class Storyboard:
    """Pages of panels; `files` are stills, or segments of people's own shots."""

    head: Head
    panels: tuple[Panel, ...]
    files: tuple[Path, ...]

    operation: ClassVar[str] = "storyboard"

    def make(self, folder: Path) -> Product:
        """Draw the PDF."""
        from reelwright.studio.cut.storyboard import draw_storyboard  # noqa: PLC0415 - workers only

        target = folder / "storyboard.pdf"
        pages = draw_storyboard(self.head, self.panels, self.files, target)
        return Product(target, "application/pdf", {"pages": pages})


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """Frames of the film side by side, each with its label."""

    head: Head
    labels: tuple[str, ...]
    files: tuple[Path, ...]

    operation: ClassVar[str] = "contact_sheet"

    def make(self, folder: Path) -> Product:
        """Draw the picture."""
        from reelwright.studio.cut.contact_sheet import draw_contact_sheet  # noqa: PLC0415 - workers

        target = folder / "contact-sheet.jpg"
        draw_contact_sheet(self.head, self.labels, self.files, target)
        return Product(target, "image/jpeg", {"frames": len(self.files)})


def storyboard_order(timeline: Timeline, breakdown: Breakdown, footage: Footage) -> Order:
    """The order for the storyboard of a film: every shot, the cards left out."""
    shots = [one for one in footage.shots if one.scene is not None]
    panels = tuple(_panel(n, one, timeline) for n, one in enumerate(shots))
    pictures = [_picture(one) for one in shots]
    files = tuple(path for path, _ in pictures)
    request = Storyboard(_head(timeline, breakdown), panels, files)
    return local_order(request, tuple(digest for _, digest in pictures))


def contact_sheet_order(timeline: Timeline, breakdown: Breakdown, footage: Footage) -> Order:
    """The order for the contact sheet: all frames of the film, cards included."""
    shots = footage.shots
    if len(shots) > MOST_FRAMES:
        step = len(shots) / MOST_FRAMES
        shots = tuple(shots[int(n * step)] for n in range(MOST_FRAMES))
    pictures = [_picture(one) for one in shots]
    labels = tuple(_label(one, timeline) for one in shots)
    files = tuple(path for path, _ in pictures)
    request = ContactSheet(_head(timeline, breakdown), labels, files)
    return local_order(request, tuple(digest for _, digest in pictures))


def _picture(one: FilmedShot) -> tuple[Path, str]:
    stored = one.still.stored if one.still else one.segment.stored
    return stored.path, stored.digest


def _panel(number: int, one: FilmedShot, timeline: Timeline) -> Panel:
    shot, clip = one.orders.shot, one.orders.clip
    assert one.scene is not None
    return Panel(
        picture=number,
        number=shot.number,
        heading=f"{one.scene.number}   {one.scene.heading}",
        camera=_camera(shot),
        timing=_timing(clip, timeline),
        action=" ".join(shot.action.split()),
        dialogue=tuple(
            (speech.character, " ".join(speech.text.split())) for speech in shot.dialogue
        ),
    )


def _camera(shot: Shot) -> str:
    words: Iterable[str] = (shot.size.value, shot.angle.value, shot.move.value)
    plain = [word.replace("_", " ") for word in words if word not in ("eye", "static")]
    return " · ".join([*plain, f"{shot.lens} mm"])


def _timing(clip: Clip, timeline: Timeline) -> str:
    seconds = timeline.rate.seconds(clip.frames)
    return f"{timecode(clip.start, timeline.rate)}   {seconds:.1f} s"


def _label(one: FilmedShot, timeline: Timeline) -> str:
    name = one.orders.shot.number or one.orders.clip.name
    return f"{name}   {timecode(one.orders.clip.start, timeline.rate)}"


def _head(timeline: Timeline, breakdown: Breakdown) -> Head:
    minutes, seconds = divmod(round(timeline.duration_s), 60)
    shots = sum(len(scene.shots) for scene in breakdown.scenes)
    scenes = _counted(len(breakdown.scenes), "scene")
    summary = f"{scenes}, {_counted(shots, 'shot')}, {minutes}:{seconds:02d}"
    return Head(timeline.title, timeline.author, summary, timeline.width / timeline.height)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
