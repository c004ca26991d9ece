"""What the director proposes, read as notes: what means nothing is left out, and it is said why."""

from collections.abc import Iterable, Sequence
from typing import Any

from reelwright.film.breakdown.model import Breakdown
from reelwright.film.notes import NoteChange
from reelwright.film.notes.proposals import PROPOSABLE, Standing, read_value
from reelwright.studio.advice.model import Edit, StaleProposalError

_MOST = 40
_LONGEST_WHY = 300


def edits_schema() -> dict[str, Any]:
    """The JSON Schema of an answer: prose first, so that it can be shown while the rest comes."""
    text = {"type": "string"}
    fields = {
        "table": {"type": "string", "enum": list(PROPOSABLE)},
        "subject": text,
        "key": text,
        "values": {"type": "array", "items": text},
        "why": text,
    }
    edits = {"type": "array", "items": _object(fields)}
    return _object({"answer": text, "edits": edits})


def read_edits(data: Any, breakdown: Breakdown) -> tuple[list[Edit], list[str]]:
    """The proposals of an answer that mean something in this script, and what is wrong with others."""
    notes = Standing("", breakdown)
    told = data.get("edits") if isinstance(data, dict) else None
    edits, faults = [], []
    for one in told if isinstance(told, list) else ():
        read = _edit(one, notes) if isinstance(one, dict) else "an edit is an object"
        if isinstance(read, str):
            faults.append(read)
        elif len(edits) < _MOST:
            edits.append(read)
    return edits, faults


def _edit(one: dict[str, Any], notes: Standing) -> Edit | str:
    table, name, key, values, why = (
        one.get(field) for field in ("table", "subject", "key", "values", "why")
    )
    if table not in PROPOSABLE or not isinstance(name, str) or not isinstance(key, str):
        return f"there is no table {table!r}; there are {', '.join(PROPOSABLE)}"
    subject = notes.subject(table, name)
    if subject is None:
        return f"the {table} have no {name!r}"
    if not isinstance(values, list) or not all(isinstance(word, str) for word in values):
        return f"the values of {key} are no list of texts"
    try:
        value = read_value(table, key, values)
    except ValueError as error:
        return f"[{table}.{subject}] {key} cannot be {', '.join(values)!r}; it takes {error}"
    reason = " ".join(why.split())[:_LONGEST_WHY] if isinstance(why, str) else ""
    return Edit(table, subject, key, value, reason)


def changes_of(
    edits: Iterable[Edit], standing: str, breakdown: Breakdown, *, over: bool = False
) -> tuple[list[NoteChange], list[Edit], list[Edit]]:
    """Proposals as changes of the notes that stand: the changes, their edits, and those kept back.

    A note that stands is kept, unless `over`. Raises StaleProposalError when the script has lost
    what an edit is about.
    """
    notes = Standing(standing, breakdown)
    changes, applied, kept, gone = [], [], [], []
    for edit in edits:
        subject = notes.subject(edit.table, edit.subject)
        if subject is None:
            gone.append(edit)
            continue
        change = NoteChange(edit.table, subject, edit.key, edit.value)
        if notes.same(change):
            applied.append(edit)
        elif notes.says(change) and not over:
            kept.append(edit)
        else:
            changes.append(change)
            applied.append(edit)
    if gone:
        raise StaleProposalError(
            _gone(gone), way_out="apply the others by their numbers, or ask again"
        )
    return changes, applied, kept


def chosen(edits: Sequence[Edit], numbers: Sequence[int] | None) -> list[Edit]:
    """The edits of these numbers, counted from 1; all of them without numbers."""
    if numbers is None:
        return list(edits)
    wrong = [number for number in numbers if not 0 < number <= len(edits)]
    if wrong:
        raise StaleProposalError(
            f"there is no proposal {wrong[0]}", way_out=f"this answer has {len(edits)}"
        )
    return [edits[number - 1] for number in dict.fromkeys(numbers)]


def _gone(gone: Sequence[Edit]) -> str:
    names = ", ".join(dict.fromkeys(f"[{one.table}.{one.subject}]" for one in gone))
    return f"the script has changed since: there is no {names} any more"


def _object(fields: dict[str, Any]) -> dict[str, Any]:
    closed = {"required": list(fields), "additionalProperties": False}
    return {"type": "object", "properties": fields, **closed}
