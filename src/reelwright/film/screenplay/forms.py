"""A screenplay as plain data, ready for JSON."""

from typing import Any

from reelwright.film.screenplay.elements import Element, ElementType, Screenplay


def to_json(screenplay: Screenplay) -> dict[str, Any]:
    """`{"title_page": {key: [lines]}, "elements": [{"type", "text", "line", ...}]}`.

    `scene_number`, `depth`, `dual`, `forced`, `name` and `extension` stand only where they apply.
    A key that the title page has twice gathers the lines of both.
    """
    title_page: dict[str, list[str]] = {}
    for key, lines in screenplay.title_page:
        title_page.setdefault(key, []).extend(lines)
    return {
        "title_page": title_page,
        "elements": [_element(element) for element in screenplay.elements],
    }


def _element(element: Element) -> dict[str, Any]:
    form: dict[str, Any] = {
        "type": element.type.value,
        "text": element.text,
        "line": element.line,
    }
    if element.scene_number is not None:
        form["scene_number"] = element.scene_number
    if element.depth is not None:
        form["depth"] = element.depth
    if element.dual:
        form["dual"] = True
    if element.forced:
        form["forced"] = True
    if element.type is ElementType.CHARACTER:
        form["name"] = element.name or element.text
        if element.extension is not None:
            form["extension"] = element.extension
    return form
