"""Every export of the bundled examples is read back by libraries that nobody here wrote."""

import csv
import json
from pathlib import Path
from types import SimpleNamespace

import opentimelineio as otio
import pypdfium2
import pysubs2
import pytest
import webvtt
from PIL import Image

from support.command import reelwright

EXAMPLES = Path(__file__).parents[2] / "examples"
ADAPTERS = {"film.otio": "otio_json", "film.edl": "cmx_3600", "film.fcp7.xml": "fcp_xml"}


@pytest.fixture(scope="module", params=["last-bus", "the-keeper"])
def film(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    script, out = EXAMPLES / f"{request.param}.fountain", folder / "out"
    run = reelwright(
        "film", script, "--out", out, "--size", "160x128", "--json", home=folder / "home"
    )
    assert run.returncode == 0, run.stderr
    return SimpleNamespace(out=out, report=json.loads(run.stdout))


@pytest.mark.filterwarnings("default")  # the adapters' own warnings are not ours
@pytest.mark.parametrize("name", ADAPTERS)
def test_the_cut_is_read_by_opentimelineio(film, name):
    cut = otio.adapters.read_from_file(str(film.out / name), adapter_name=ADAPTERS[name])
    picture = cut.video_tracks()[0]
    clips = list(picture.find_clips())
    assert len(clips) >= film.report["shots"]
    assert round(picture.duration().to_seconds(), 1) == round(film.report["duration_s"], 1)


@pytest.mark.filterwarnings("default")  # likewise
def test_the_final_cut_file_is_read_by_its_adapter(film):
    cut = otio.adapters.read_from_file(str(film.out / "film.fcpxml"), adapter_name="fcpx_xml")
    assert cut is not None


def test_subtitles_are_read_by_subtitle_parsers(film):
    lines = pysubs2.load(str(film.out / "film.srt"))
    captions = webvtt.read(str(film.out / "film.vtt"))
    assert len(lines) == len(captions) > 0
    assert lines[-1].end / 1000 <= film.report["duration_s"] + 0.01


def test_the_storyboard_is_read_by_a_pdf_reader_and_has_every_shot(film):
    board = pypdfium2.PdfDocument(str(film.out / "storyboard.pdf"))
    text = "\n".join(page.get_textpage().get_text_range() for page in board)
    with (film.out / "shots.csv").open(encoding="utf-8", newline="") as file:
        shots = [row for row in csv.DictReader(file) if row["scene"]]
    numbers = [row["number"] for row in shots if row["number"]]
    assert len(numbers) == film.report["shots"]
    assert all(number in text.split() for number in numbers)
    assert len(board) > film.report["scenes"]
    board.close()


def test_the_contact_sheet_is_a_picture(film):
    with Image.open(film.out / "contact-sheet.jpg") as sheet:
        assert sheet.width == 2000
