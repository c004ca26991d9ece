"""What cannot be used is refused with one plain line, the right status, and nothing left behind."""

import pytest

from support.command import reelwright

GOOD = "INT. ROOM - DAY\n\nA chair.\n"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(8))
    + "]><FinalDraft><Content><Paragraph><Text>&i;</Text></Paragraph></Content></FinalDraft>"
)
FILES = {
    "missing.fountain": None,
    "empty.fountain": b"",
    "blank.fountain": b" \n\n \n",
    "binary.fountain": bytes(range(256)) * 40,
    "nul.fountain": b"INT. ROOM - DAY\n\nA \0 chair.\n",
    "truncated.fdx": b'<?xml version="1.0"?><FinalDraft><Content><Paragraph Type="Action"><Te',
    "bomb.fdx": BOMB.encode(),
    "broken.pdf": b"%PDF-1.7\nnothing more",
}


def _refused(run, *words):
    assert run.returncode == 2, run.stderr
    assert run.stdout == ""
    lines = run.stderr.strip().splitlines()
    assert len(lines) == 1, run.stderr
    for word in words:
        assert word in lines[0]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_screenplay_is_refused_by_name(name, tmp_path):
    script = tmp_path / name
    if FILES[name] is not None:
        script.write_bytes(FILES[name])
    out = tmp_path / "out"
    _refused(reelwright("film", script, "--out", out, "--json"), name)
    assert not out.exists()


def test_a_folder_is_refused(tmp_path):
    _refused(reelwright("film", tmp_path, "--out", tmp_path / "out", "--json"), "folder")


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--size", "0x0"], "0x0"),
        (["--size", "1281x721"], "even"),
        (["--size", "wide"], "wide"),
        (["--fps", "0"], "0"),
        (["--fps", "banana"], "banana"),
        (["--exports", "otio,avid"], "avid"),
        (["--scenes", "9"], "9"),
        (["--scenes", "two"], "TWO"),
        (["--handles", "-1"], "--handles"),
        (["--jobs", "1000"], "--jobs"),
        (["--unknown"], "unknown"),
    ],
)
def test_wrong_usage_is_refused_and_says_what_is_wrong(options, word, tmp_path):
    script = tmp_path / "good.fountain"
    script.write_text(GOOD)
    out = tmp_path / "out"
    _refused(reelwright("film", script, "--out", out, "--json", *options), word)
    assert not out.exists()


def test_a_folder_that_cannot_be_written_is_the_machines_fault(tmp_path):
    script, taken = tmp_path / "good.fountain", tmp_path / "taken"
    script.write_text(GOOD)
    taken.write_text("a file")
    run = reelwright("film", script, "--out", taken, "--json")
    assert (run.returncode, run.stdout) == (1, "")
    assert "taken" in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


def test_a_script_without_scenes_becomes_one_scene_with_a_warning(tmp_path):
    script = tmp_path / "prose.fountain"
    script.write_text("Somebody waits.\n\nNobody comes.\n")
    run = reelwright("breakdown", script, "--json")
    assert run.returncode == 0, run.stderr
    assert "no scene heading" in run.stderr


def test_one_line_of_ten_megabytes_is_read(tmp_path):
    script = tmp_path / "long.fountain"
    script.write_text("INT. ROOM - DAY\n\n" + "word " * 2_000_000)
    run = reelwright("screenplay", script, "--to", "json", timeout=60)
    assert run.returncode == 0, run.stderr[:500]


def test_a_title_page_that_never_ends_is_read(tmp_path):
    script = tmp_path / "title.fountain"
    script.write_text("Title: x\n" + "    more\n" * 200_000)
    run = reelwright("screenplay", script, "--to", "json", timeout=60)
    assert run.returncode == 0, run.stderr[:500]
