"""What the documentation shows is understood by the code it documents."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from cyclopts import CycloptsError

import reelwright
from reelwright.faces.cli.settings import written
from reelwright.film.notes import parse_notes
from reelwright.main import app
from reelwright.studio.commissions.route import read_route

ROOT = Path(__file__).parents[2]
PAGE_OF_ROUTES = "films-by-models.md"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def _texts(language):
    for page in PAGES:
        for block in re.findall(
            rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL
        ):
            yield page.name, block


def _blocks(language):
    for page, block in _texts(language):
        yield pytest.param(block, id=page)


def _tables():
    """What is written in TOML: notes, and on the page on films by models routes."""
    for page, block in _texts("toml"):
        yield pytest.param(block, page == PAGE_OF_ROUTES, id=page)


def _commands():
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in re.findall(r"```(?:sh)?\n(.*?)```", text, re.DOTALL):
            for line in block.splitlines():
                command = line.split("#")[0].strip()
                if command.startswith("reelwright "):
                    yield pytest.param(shlex.split(command)[1:], id=command)


@pytest.mark.parametrize(("block", "is_route"), list(_tables()))
def test_notes_and_routes_in_the_documentation_are_understood(block, is_route):
    if is_route:
        assert read_route(tomllib.loads(block)).parts
        return
    notes = parse_notes(block, "docs")
    assert notes.characters
    assert notes.shots


@pytest.mark.parametrize("arguments", list(_commands()))
def test_commands_in_the_documentation_can_be_parsed(arguments):
    try:
        app().parse_args(arguments, print_error=False, exit_on_error=False)
    except CycloptsError as error:
        pytest.fail(str(error))


@pytest.mark.parametrize("block", list(_blocks("python")))
def test_python_in_the_documentation_names_what_there_is(block):
    compile(block, "docs", "exec")
    for names in re.findall(r"from reelwright import (.*)", block):
        for name in names.split(", "):
            assert hasattr(reelwright, name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_settings_in_the_documentation_are_settings(page):
    every = set(re.findall(r"`(REELWRIGHT_\w+)`", written()))
    every |= {name.replace("REELWRIGHT_DATABASE__URL", "REELWRIGHT_DATABASE_URL") for name in every}
    for name in re.findall(r"REELWRIGHT_[A-Z]+__[A-Z_]+[A-Z]", page.read_text(encoding="utf-8")):
        assert any(one.startswith(name) for one in every), name


def test_every_file_the_documentation_links_to_is_there():
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
