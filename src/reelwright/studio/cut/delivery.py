"""The folder a film is delivered in: the film, the boards, the files an editor opens, the media."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reelwright.engines.storage.files import alone_in, copy, environment, place, write_text
from reelwright.film.breakdown.model import Breakdown
from reelwright.film.exports.catalogue import TEXT_EXPORTS
from reelwright.film.timeline import Timeline
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.progress import Progress
from reelwright.studio.cut.boards import contact_sheet_order, storyboard_order
from reelwright.studio.cut.joining import film_order
from reelwright.studio.cut.transitions import transition_orders
from reelwright.studio.footage import Footage
from reelwright.studio.workshop import Order, Workshop

FILM = "film.mp4"
MEDIA = "media"

_BOARDS = {"storyboard": "storyboard.pdf", "contact-sheet": "contact-sheet.jpg"}
_REFERRING = frozenset({"otio", "fcpxml", "fcp7xml", "edl"})
"""Exports that point at files in `media/`."""

EXPORTS = (*TEXT_EXPORTS, *_BOARDS, "media")
"""Everything that can be delivered beside the film."""

_ALSO_CALLED = {
    **{export.file: name for name, export in TEXT_EXPORTS.items()},
    **{file: name for name, file in _BOARDS.items()},
    "fcp7": "fcp7xml",
    "csv": "shots",
    "webvtt": "vtt",
    "pdf": "storyboard",
}
"""Names of exports by their file, and by the word that comes to mind first."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What is to be delivered."""

    breakdown: Breakdown
    timeline: Timeline
    footage: Footage
    exports: Sequence[str]


@dataclass(frozen=True, slots=True)
class Reel:
    """A finished cut: products by the path they get in the delivered folder, and texts likewise.

    `copied` is the owner's to change (the film, the boards); `linked` is the media exports point at.
    """

    copied: Mapping[str, Path]
    linked: Mapping[str, Path]
    texts: Mapping[str, str]

    @property
    def products(self) -> dict[str, Path]:
        """All files that are products, by their path in the folder."""
        return {**self.linked, **self.copied}


def parse_exports(text: str) -> tuple[str, ...]:
    """`all`, `none`, or names (also file names) with commas between; each once, in that order."""
    if text in ("all", "none"):
        return EXPORTS if text == "all" else ()
    given = (name.strip() for name in text.split(","))
    names = tuple(dict.fromkeys(_ALSO_CALLED.get(name, name) for name in given))
    unknown = [name for name in names if name not in EXPORTS]
    if unknown:
        raise InvalidInputError(
            f"--exports: there is no export named {unknown[0]!r}",
            way_out=f"use all, none, or some of {', '.join(EXPORTS)}",
        )
    return names


def check_folder(out: Path) -> None:
    """Make sure the folder can be written to, before any work is done."""
    with environment(f"cannot write to {out}"):
        out.mkdir(parents=True, exist_ok=True)
        probe = out / ".reelwright-probe"
        try:
            probe.write_bytes(b"reelwright")
        finally:
            with suppress(OSError):
                probe.unlink(missing_ok=True)


def finish(cut: Cut, workshop: Workshop, progress: Progress) -> Reel:
    """Join the film, draw the boards, write every export as text."""
    film, boards = _orders(cut, workshop)
    progress.begin("cut", 1 + len(boards) + 1)
    names = [FILM, *boards]
    files: dict[str, Path] = {}
    for number, (delivery,) in workshop.deliver([[film], *([one] for one in boards.values())]):
        files[names[number]] = delivery.stored.path
        progress.advance("cut", note=Path(names[number]).stem)
    texts = {
        TEXT_EXPORTS[name].file: TEXT_EXPORTS[name].write(cut.timeline, cut.breakdown)
        for name in cut.exports
        if name in TEXT_EXPORTS
    }
    media = _media(cut) if "media" in cut.exports or _REFERRING & set(cut.exports) else {}
    progress.advance("cut", note="exports")
    return Reel({name: files[name] for name in [*boards, FILM]}, media, texts)


def write_reel(reel: Reel, out: Path) -> dict[str, Path]:
    """Write the folder, the film last: when it is new, all is new. Returns where each export lies."""
    with alone_in(out):
        _place_all(reel.linked, out)
        for name, text in reel.texts.items():
            write_text(out / name, text)
        for name in sorted(reel.copied, key=lambda one: one == FILM):
            copy(reel.copied[name], out / name)
    return exports_in(out, [*reel.linked, *reel.texts, *reel.copied])


def exports_in(out: Path, files: Collection[str]) -> dict[str, Path]:
    """Where each export of a delivered folder lies, by the names of the folder's files."""
    places = {name: export.file for name, export in TEXT_EXPORTS.items()} | _BOARDS
    found = {name: out / file for name, file in places.items() if file in files}
    if any(name.startswith(MEDIA + "/") for name in files):
        found["media"] = out / MEDIA
    return {name: found[name] for name in EXPORTS if name in found}


def _place_all(files: Mapping[str, Path], out: Path) -> None:
    folders = {(out / name).parent for name in files}
    for folder in folders:
        with environment(f"cannot write to {folder}"):
            folder.mkdir(exist_ok=True)
    with alone_in(*folders):
        for name, source in files.items():
            with suppress(OSError):
                if (out / name).samefile(source):
                    continue
            place(source, out / name)


def _orders(cut: Cut, workshop: Workshop) -> tuple[Order, dict[str, Order]]:
    timeline, footage = cut.timeline, cut.footage
    segments = [one.segment.stored for one in footage.shots]
    wanted = transition_orders(
        timeline.clips,
        [one.path for one in segments],
        [one.digest for one in segments],
        timeline.rate,
    )
    blends = dict(zip(wanted, workshop.all_of(list(wanted.values())), strict=True))
    film = film_order(timeline, segments, {key: one.stored for key, one in blends.items()}, footage)
    boards: dict[str, Order] = {}
    if "storyboard" in cut.exports:
        boards[_BOARDS["storyboard"]] = storyboard_order(timeline, cut.breakdown, footage)
    if "contact-sheet" in cut.exports:
        boards[_BOARDS["contact-sheet"]] = contact_sheet_order(timeline, cut.breakdown, footage)
    return film, boards


def _media(cut: Cut) -> dict[str, Path]:
    """One file a shot, one a speech, ambience and score as stems, under the names the exports use."""
    timeline, footage = cut.timeline, cut.footage
    wanted = {
        clip.media: one.segment.stored.path
        for clip, one in zip(timeline.clips, footage.shots, strict=True)
    }
    wanted |= {
        voice.media: footage.voices.file((voice.shot_id, voice.speech)) for voice in timeline.voices
    }
    wanted |= {stem.media: path for stem, path in footage.stems}
    return wanted
