"""`reelwright models`: what can be asked of models, what it costs, and what is set about them."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from cyclopts import App, Parameter

from reelwright.faces.cli.arguments import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reelwright.generation.models import ListedModel
    from reelwright.generation.repertoire.book import OverrideBook
    from reelwright.generation.repertoire.override import Override
    from reelwright.ground.principals import Principal

T = TypeVar("T")

models = App(name="models", help="List models, what they take and cost; set prices, prefer one.")

From = Annotated[str | None, Parameter(name="--from", help="the day it holds from: 2026-12-01")]
Source = Annotated[str, Parameter(help="who says so, and where")]


@models.default
def list_(
    operation: Annotated[str | None, Parameter(help="only of this one: text-to-image ...")] = None,
    /,
    *,
    provider: Annotated[str | None, Parameter(help="only of this vendor")] = None,
    as_json: Json = False,
) -> None:
    """List the models that can be asked, with their prices, the best first.

    `needs a key` says that `reelwright accounts add PROVIDER` comes first.
    """
    from reelwright.generation.models import ModelRegistry
    from reelwright.generation.provider_service import parse_operation

    wanted = parse_operation(operation) if operation else None
    found = _ask(ModelRegistry, lambda registry, who: registry.list(who, wanted, provider))
    if as_json:
        print(json.dumps([one.written() for one in found], ensure_ascii=False))
        return
    for line in _table(found, one_operation=wanted is not None):
        print(line)
    if not found:
        print("none: `reelwright models` lists all")


@models.command(name="set-price")
def set_price(
    model: str,
    /,
    *price: Annotated[str, Parameter(help="second=0.05@resolution=720p ..., free or unknown")],
    source: Source,
    valid_from: From = None,
    currency: str = "USD",
    as_json: Json = False,
) -> None:
    """Say what MODEL costs, as an operator: it holds for everybody from that day on."""
    from reelwright.generation.repertoire.price_parts import read_parts

    _set(model, {"price": read_parts(price, currency)}, source, valid_from, as_json=as_json)


@models.command(name="set")
def set_(
    model: str,
    /,
    *,
    source: Source,
    quality: Annotated[int | None, Parameter(help="1 to 5")] = None,
    speed: Annotated[int | None, Parameter(help="1 to 5")] = None,
    standing: Annotated[str | None, Parameter(help="active, deprecated or retired")] = None,
    ends: Annotated[str | None, Parameter(help="the last day of a deprecated one")] = None,
    replacement: Annotated[str | None, Parameter(help="the model to use instead")] = None,
    note: str | None = None,
    valid_from: From = None,
    as_json: Json = False,
) -> None:
    """Say how good, how fast and how usable MODEL is, as an operator."""
    told = {
        "quality": quality,
        "speed": speed,
        "standing": standing,
        "ends": ends,
        "replacement": replacement,
        "note": note,
    }
    change = {name: value for name, value in told.items() if value is not None}
    _set(model, change, source, valid_from, as_json=as_json)


@models.command
def add(file: Path, /, *, source: Source, valid_from: From = None, as_json: Json = False) -> None:
    """Add the models in FILE, written as a vendor's models.toml, with `provider = "..."` at its top."""
    text = file.read_text(encoding="utf-8")
    day = _day(valid_from)
    said = _operate(lambda book, who: book.add(who, text, source=source, valid_from=day))
    _tell(said, as_json=as_json)


@models.command
def overrides(model: str | None = None, /, *, as_json: Json = False) -> None:
    """Show all that operators have ever said of models, or of one."""
    said = _operate(lambda book, who: book.list(who, model))
    _tell(said, as_json=as_json)
    if not said and not as_json:
        print("nothing is set")


@models.command
def reset(model: str, /, *, as_json: Json = False) -> None:
    """Take back all that operators have said of MODEL."""
    _tell([_operate(lambda book, who: book.reset(who, model))], as_json=as_json)


@models.command
def pages(folder: Path, /) -> None:
    """Write a page for each vendor's models into FOLDER, as they come with this version."""
    from reelwright.engines.http.client import Http
    from reelwright.generation.model_pages import model_pages
    from reelwright.providers.roster import Vendors

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in model_pages(Vendors(Http())).items():
        (folder / name).write_text(text, encoding="utf-8")
        print(folder / name)


@models.command
def prefer(
    operation: str,
    model: Annotated[
        str | None, Parameter(help="the model; none: what is preferred is forgotten")
    ] = None,
    /,
    *,
    project: Annotated[str | None, Parameter(help="for all who work on this project")] = None,
) -> None:
    """Ask MODEL first for OPERATION wherever no model is named, from now on."""
    from reelwright.generation.provider_service import parse_operation
    from reelwright.generation.repertoire.preferring import Preferences
    from reelwright.ground.ids import ProjectId

    wanted, place = parse_operation(operation), ProjectId.parse(project) if project else None
    if model is None:
        _ask(Preferences, lambda taste, who: taste.forget(who, wanted, place))
        print(f"{wanted}: none is preferred")
        return
    said = _ask(Preferences, lambda taste, who: taste.prefer(who, wanted, model, place))
    print(f"{said.operation}: {said.model}" + (f" in {place}" if place else ""))


@models.command
def preferred(*, project: str | None = None, as_json: Json = False) -> None:
    """Show which models are asked first where none is named."""
    from reelwright.generation.repertoire.preferring import Preferences
    from reelwright.ground.ids import ProjectId

    place = ProjectId.parse(project) if project else None
    found = _ask(Preferences, lambda taste, who: taste.list(who, place))
    if as_json:
        rows = [
            {"operation": one.operation.value, "model": one.model, "project_id": one.project}
            for one in found
        ]
        print(json.dumps(rows))
        return
    for one in found:
        whose = f"of {one.project}" if one.project else "yours" if one.user else "by the settings"
        print(f"{one.operation:<18}  {one.model}  ({whose})")
    if not found:
        print("none: the cheapest is asked, unless you say --wish best or fastest")


def _set(
    model: str, change: dict[str, Any], source: str, valid_from: str | None, *, as_json: bool
) -> None:
    day = _day(valid_from)
    said = _operate(lambda book, who: book.set(who, model, change, source=source, valid_from=day))
    _tell([said], as_json=as_json)


def _operate(question: "Callable[[OverrideBook, Principal], Awaitable[T]]") -> T:
    from reelwright.generation.repertoire.book import OverrideBook

    return _ask(OverrideBook, question)


def _ask(service: type[Any], question: "Callable[[Any, Principal], Awaitable[T]]") -> T:
    from reelwright.app.running import run_loop, running

    async def ask() -> T:
        async with running() as house:
            return await question(await house.container.get(service), house.owner)

    return run_loop(ask)


def _day(text: str | None) -> Any:
    import datetime as dt

    from reelwright.ground.errors import InvalidInputError

    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidInputError(f"{text!r} is no day", way_out="write 2026-12-01") from None


def _tell(said: "Sequence[Override]", *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([one.written() for one in said], ensure_ascii=False))
        return
    for one in said:
        print(f"{one.valid_from}  {one.deed.value:<5}  {one.model}  {_said(one)}  ({one.source})")


def _said(one: "Override") -> str:
    from reelwright.providers.price_words import in_words, read_price

    words = [f"{name}={value}" for name, value in one.change.items() if name not in _LONG]
    price = one.change.get("price")
    return " ".join(([in_words(read_price(price))] if price else []) + words[:6])


_LONG = ("price", "limits", "defaults", "id", "title", "version", "endpoint", "note")


def _table(found: "Sequence[ListedModel]", *, one_operation: bool) -> list[str]:
    rows = [
        (
            *(() if one_operation else (one.model.operation.value,)),
            one.model.id,
            one.model.title,
            "" if one.configured else "needs a key",
            one.price,
        )
        for one in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
