"""The title page: `Key: value` lines at the top, values also indented below their key."""

from reelwright.film.screenplay.fountain.headings import is_heading, is_transition

TitlePage = tuple[tuple[str, tuple[str, ...]], ...]

_KNOWN = frozenset({
    "title", "credit", "author", "authors", "source", "draft date", "date", "contact",
    "copyright", "notes", "revision", "format", "font", "episode", "logline", "language",
})  # fmt: skip
_INDENTS = ("   ", "\t")
_LONGEST_STRANGE_KEY = 30


def read_title_page(lines: list[str], bare: list[str]) -> tuple[TitlePage, int]:
    """The title page and the row after it; an empty one and row 0 when the text begins otherwise.

    It ends at an empty line, or at an unindented line that is no key.
    """
    last = len(lines) - 1
    row = next((row for row in range(last) if bare[row]), last)
    if row == last or not _opens(lines, bare, row):
        return (), 0
    pairs: list[tuple[str, list[str]]] = []
    while bare[row]:
        if lines[row].startswith(_INDENTS):
            pairs[-1][1].append(bare[row])
        elif (key := _key(bare[row])) is not None:
            value = bare[row][len(key) + 1 :].strip()
            pairs.append((key.rstrip(), [value] if value else []))
        else:
            break
        row += 1
    return tuple((key, tuple(values)) for key, values in pairs), row


def _key(bare: str) -> str | None:
    key, colon, _ = bare.partition(":")
    return key if colon and key.strip() and not is_heading(bare) else None


def _opens(lines: list[str], bare: list[str], row: int) -> bool:
    """Whether a title page begins here. `FADE IN:` and `CUT TO:` look like keys but are none."""
    key = _key(bare[row])
    if key is None or lines[row].startswith(_INDENTS):
        return False
    if key.rstrip().lower() in _KNOWN:
        return True
    has_value = len(bare[row]) > len(key) + 1 or (
        bool(bare[row + 1]) and lines[row + 1].startswith(_INDENTS)
    )
    strange = key.isupper() or is_transition(bare[row]) or len(key) > _LONGEST_STRANGE_KEY
    return has_value and not strange


def write_title_page(pages: TitlePage, newline: str = "\n") -> str:
    """The lines of a title page and the empty line after it; nothing for an empty one."""
    rows: list[str] = []
    for key, values in pages:
        if len(values) == 1:
            rows.append(f"{key}: {values[0]}")
        else:
            rows += [f"{key}:", *(f"    {value}" for value in values)]
    return newline.join([*rows, "", ""]) if rows else ""
