"""A vendor's invoice beside the ledger, to the millionth. Pure: lines in, differences out."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import HoldId
from reelwright.ground.money import ceiled, read_decimal

_ID, _AMOUNT, _CURRENCY = "remote_id", "amount", "currency"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the ledger says of one hold: `micros` were spent on it, None while it is not settled."""

    hold: HoldId
    remote_id: str | None
    micros: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One call at the vendor: what was billed for it, what is recorded; None is nothing at all.

    `holds` are ours of that name; with nothing recorded they are still open, or were released.
    """

    remote_id: str | None
    billed: int | None
    recorded: int | None
    holds: tuple[HoldId, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """An invoice and the ledger. What is missing here was billed and not settled by us."""

    currency: str
    matched: Sequence[Line] = ()
    differing: Sequence[Line] = ()
    missing_here: Sequence[Line] = ()
    missing_there: Sequence[Line] = ()
    billed: int = 0
    recorded: int = 0

    @property
    def agrees(self) -> bool:
        """Whether everything matched."""
        return not (self.differing or self.missing_here or self.missing_there)


def read_invoice(lines: Iterable[str], currency: str) -> dict[str, int]:
    """Millionths billed by remote id, from CSV with the columns remote_id, amount and, if any, currency.

    Several lines of one call are added up before they are rounded (up, as our prices are); lines in
    other currencies are left out. Raises InvalidInputError that names the line.
    """
    reader = csv.DictReader(lines, skipinitialspace=True)
    names = {name.strip().lstrip("\ufeff").lower(): name for name in reader.fieldnames or ()}
    if not {_ID, _AMOUNT} <= names.keys():
        raise InvalidInputError(
            "this is no invoice that can be read",
            way_out="give CSV whose first line names remote_id, amount and, if needed, currency",
        )
    billed: dict[str, Decimal] = {}
    for row in reader:
        if row.get(names.get(_CURRENCY, ""), currency) != currency:
            continue
        remote_id = (row[names[_ID]] or "").strip()
        try:
            amount = read_decimal(row[names[_AMOUNT]] or "")
        except InvalidInputError as error:
            raise InvalidInputError(f"line {reader.line_num}: {error}") from None
        if not remote_id:
            raise InvalidInputError(f"line {reader.line_num} names no remote_id")
        billed[remote_id] = billed.get(remote_id, Decimal(0)) + amount
    return {remote_id: ceiled(amount) for remote_id, amount in billed.items()}


def compare(billed: dict[str, int], recorded: Iterable[Recorded], currency: str) -> Reconciliation:
    """Put both beside each other. What cost nothing and was not billed is no difference."""
    lines: list[Line] = []
    ours: dict[str, list[Recorded]] = {}
    for one in recorded:
        if one.remote_id is None:
            lines.append(Line(None, None, one.micros, (one.hold,)))
        else:
            ours.setdefault(one.remote_id, []).append(one)
    for remote_id in sorted({*billed, *ours}):
        holds = ours.get(remote_id, [])
        settled = [one.micros for one in holds if one.micros is not None]
        total = sum(settled) if settled else None
        named = tuple(one.hold for one in holds)
        lines.append(Line(remote_id, billed.get(remote_id), total, named))
    both = [one for one in lines if one.billed is not None and one.recorded is not None]
    return Reconciliation(
        currency,
        matched=[one for one in both if one.billed == one.recorded],
        differing=[one for one in both if one.billed != one.recorded],
        missing_here=[one for one in lines if one.billed is not None and one.recorded is None],
        missing_there=[one for one in lines if one.billed is None and one.recorded],
        billed=sum(billed.values()),
        recorded=sum(one.recorded or 0 for one in lines),
    )
