"""What the documentation tells people to type is typed, against a running service."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.pictures import picture_bytes
from support.service import Service

ROOT = Path(__file__).parents[2]
HOME = "~/.local/share/reelwright"
ADDRESS = "http://127.0.0.1:8000"
_WORDS = f'reelwright() {{ "{sys.executable}" -m reelwright "$@"; }}\n'

pytestmark = pytest.mark.skipif(
    not shutil.which("curl") or not shutil.which("bash"), reason="curl or bash is not installed"
)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with Service(tmp_path_factory.mktemp("docs") / "home") as service:
        service.api("serve")
        yield service


def _blocks(page, language):
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def _here(block, service):
    """The block for the service at hand; a stream, which a person ends, ends by itself."""
    block = block.replace(ADDRESS, service.base).replace(HOME, str(service.home))
    return re.sub(
        r"^(.* -N) (.*)$", r"\1 --max-time 1 \2 || test $? = 28", block, flags=re.MULTILINE
    )


def _type(service, folder, page):
    script = _WORDS + "set -eu\n" + "\n".join(_here(one, service) for one in _blocks(page, "sh"))
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=os.environ | {"REELWRIGHT_HOME": str(service.home)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def test_the_walk_through_of_the_api_works_as_written(service, tmp_path):
    run = _type(service, tmp_path, "docs/api.md")
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr
    assert (tmp_path / "kitchen.mp4").read_bytes()[4:8] == b"ftyp"
    assert len((tmp_path / "first-100-bytes").read_bytes()) == 100
    assert "\n1.0\n" in run.stdout
    report = re.search(r"^\{.*'made': (\d+).*'reused': (\d+)", run.stdout, re.MULTILINE)
    assert report is not None, run.stdout
    made, reused = map(int, report.groups())
    assert made > 0
    assert reused > 0

    (program,) = _blocks("docs/api.md", "python")
    program = program.replace(
        '(Path.home() / ".local/share/reelwright/token")', f'Path("{service.home}/token")'
    )
    (tmp_path / "program.py").write_text(_here(program, service))
    told = subprocess.run(
        [sys.executable, "program.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert re.search(r"\d+ made, \d+ reused", told.stdout)
    assert (tmp_path / "contact-sheet.jpg").read_bytes()[:2] == b"\xff\xd8"


def test_the_commands_about_people_and_notices_work_as_written(service, tmp_path):
    (tmp_path / "ada.png").write_bytes(picture_bytes())
    run = _type(service, tmp_path, "docs/likenesses.md")
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr
    for said in ("in_force", "This is my face.", "451", "it is her", "She signed it in my house."):
        assert f"{said}\n" in run.stdout
    assert '"taken_down"' in (tmp_path / "refused.json").read_text()


def test_the_commands_for_a_newcomer_and_an_operator_work_as_written(service, tmp_path):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for page in ("README.md", "docs/operating.md"):
        run = _type(service, tmp_path, page)
        assert run.returncode == 0, run.stdout[-2000:] + run.stderr
    assert (tmp_path / "films.zip").stat().st_mode & 0o777 == 0o600
    assert "up to date" in run.stdout
