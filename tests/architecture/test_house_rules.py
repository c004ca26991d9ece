"""The rules of the house, held by machine."""

import ast
from pathlib import Path

import pytest

import reelwright

SOURCE = Path(reelwright.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
BANNED = ("manager", "helper", "util", "utils", "common", "impl", "mixin", "misc")


def _name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_files_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= (20 if path.name == "__init__.py" else 400)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno is not None
            length = node.end_lineno - node.lineno + 1
            assert length <= 40, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_says_what_it_is_and_has_a_name_of_the_trade(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    words = set(path.with_suffix("").relative_to(SOURCE).as_posix().replace("/", "_").split("_"))
    assert not words & set(BANNED)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_skia_is_only_imported_through_the_pencil(path):
    if _name(path) == "engines/media/pencil.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        assert "skia" not in names


def test_the_medians_are_near_a_hundred_lines():
    lengths = sorted(len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES)
    assert lengths[len(lengths) // 2] <= 150
