"""Every text export by its name: the file it becomes, and what writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from reelwright.film.breakdown.model import Breakdown
from reelwright.film.exports.edl import write_edl
from reelwright.film.exports.fcp7xml import write_fcp7xml
from reelwright.film.exports.fcpxml import write_fcpxml
from reelwright.film.exports.otio import write_otio
from reelwright.film.exports.shot_list import write_shot_list
from reelwright.film.exports.srt import write_srt
from reelwright.film.exports.webvtt import write_webvtt
from reelwright.film.timeline import Timeline


@dataclass(frozen=True, slots=True)
class TextExport:
    """One export: its file's name and its writer."""

    file: str
    write: Callable[[Timeline, Breakdown], str]


def _of_the_cut(write: Callable[[Timeline], str]) -> Callable[[Timeline, Breakdown], str]:
    return lambda timeline, _: write(timeline)


TEXT_EXPORTS: dict[str, TextExport] = {
    "otio": TextExport("film.otio", _of_the_cut(write_otio)),
    "fcpxml": TextExport("film.fcpxml", _of_the_cut(write_fcpxml)),
    "fcp7xml": TextExport("film.fcp7.xml", _of_the_cut(write_fcp7xml)),
    "edl": TextExport("film.edl", _of_the_cut(write_edl)),
    "srt": TextExport("film.srt", _of_the_cut(write_srt)),
    "vtt": TextExport("film.vtt", _of_the_cut(write_webvtt)),
    "shots": TextExport("shots.csv", write_shot_list),
}
"""All of them, in the order in which they are shown."""
