"""The page on the audit trail names each action that is written, and none besides."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
LISTED = re.findall(r"^\| `([a-z_]+:[a-z_]+)` \|", PAGE, re.MULTILINE)
ACTION = re.compile(r"([a-z_]+|\*):([a-z_]+|\*)")


def _texts(node):
    """The actions that an expression may stand for; a star for a part that is put in."""
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        parts = [str(one.value) if isinstance(one, ast.Constant) else "*" for one in node.values]
        return ["".join(parts)]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body), *_texts(node.orelse)]
    return []


def _is_written(call):
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    holder = ast.unparse(call.func.value) if name else ""
    return name == "write" and holder.endswith("audit") and len(call.args) == 5


def written(source):
    """The actions a module writes: where it names one in a variable, all that look like one in it."""
    tree = ast.parse(source)
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and _is_written(one)]
    found = [text for one in calls for text in _texts(one.args[2])]
    if any(not _texts(one.args[2]) for one in calls):
        found += [text for node in ast.walk(tree) for text in _texts(node)]
    return {text for text in found if isinstance(text, str) and ACTION.fullmatch(text)}


WRITTEN = {
    action
    for path in sorted((ROOT / "src").rglob("*.py"))
    if "audit" in (source := path.read_text(encoding="utf-8"))
    for action in written(source)
}


def _fits(pattern, action):
    return re.fullmatch(pattern.replace("*", "[a-z_]+"), action)


def test_each_action_that_is_written_stands_on_the_page_once():
    assert len(LISTED) == len(set(LISTED))
    missing = [one for one in WRITTEN if not any(_fits(one, listed) for listed in LISTED)]
    assert missing == []


def test_each_action_on_the_page_is_written_somewhere():
    assert [one for one in LISTED if not any(_fits(pattern, one) for pattern in WRITTEN)] == []


def test_an_action_is_found_however_it_is_named():
    for said in (
        'await audit.write(tx, who, "a:b", one, {})',
        'await self._audit.write(tx, who, "a:b" if x else "c:d", one, {})',
        'A = "a:b"\nawait self._audit.write(tx, who, A, one, {})',
    ):
        assert "a:b" in written(said), said
    assert written('await self._audit.write(tx, who, f"{kind}:done", one, {})') == {"*:done"}
    assert written('file.write(tx, who, "a:b", one, {})') == set()
