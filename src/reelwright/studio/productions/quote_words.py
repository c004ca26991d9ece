"""A film's quote as people read it, and as JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from reelwright.generation.quote_words import obstacles, spelled_range, written, written_call
from reelwright.studio.commissions.route import Part
from reelwright.studio.productions.quoting import FilmQuote, QuotedPart

_SHOWN = {Part.STILLS: "still", Part.MOTION: "shot", Part.VOICES: "voice", Part.SCORE: "score"}


def in_words(quote: FilmQuote, *, shots: bool = False) -> Iterator[str]:
    """What each model would make of which part, each scene's cost, and all together.

    With `shots`, a line for each thing that is asked for besides.
    """
    for scene, parts in _scenes(quote.parts).items():
        yield f"{scene}: {_sum(parts)}  ({_counted(parts)})"
        if shots:
            yield from (f"  {one.commission.name}: {_made_by(one)}" for one in parts)
    for name, parts in _models(quote.parts).items():
        yield f"{name}: {_counted(parts)}, {_sum(parts)}"
    for why, parts in _refused(quote.parts).items():
        yield f"{_counted(parts)} would be sketched, for nothing: {why}"
    if quote.found:
        yield f"{quote.found} found, made before: nothing"
    yield f"together: {_sum(quote.parts)}"
    takes = _takes(quote.parts)
    if takes:
        yield takes
    yield from obstacles(quote.calls)


def written_quote(quote: FilmQuote) -> dict[str, Any]:
    """A quote as JSON; money in millionths of its currency, null where nobody knows."""
    told = written(quote.calls)
    return {
        "parts": [_written_part(one) for one in quote.parts],
        "totals": told["totals"],
        "limits": told["limits"],
        "route": quote.route.written(),
    }


def _written_part(one: QuotedPart) -> dict[str, Any]:
    told = {"name": one.commission.name, "part": one.part.value, "scene": _scene(one)}
    call = written_call(one.call) if one.call else None
    found = one.call is None and one.refusal is None
    return told | {"found": found, "call": call, "refusal": one.refusal}


def _scene(one: QuotedPart) -> str:
    return one.commission.name.partition(",")[0].partition(":")[0]


def _scenes(parts: Sequence[QuotedPart]) -> dict[str, list[QuotedPart]]:
    scenes: dict[str, list[QuotedPart]] = {}
    for one in parts:
        scenes.setdefault(_scene(one), []).append(one)
    return dict(sorted(scenes.items(), key=lambda scene: _order(scene[0])))


def _order(scene: str) -> tuple[int, str]:
    digits = "".join(sign for sign in scene if sign.isdigit())
    return int(digits or 0), scene


def _models(parts: Sequence[QuotedPart]) -> dict[str, list[QuotedPart]]:
    models: dict[str, list[QuotedPart]] = {}
    for one in parts:
        if one.call:
            model = one.call.choice.model
            models.setdefault(f"{model.title} ({model.id})", []).append(one)
    return models


def _refused(parts: Sequence[QuotedPart]) -> dict[str, list[QuotedPart]]:
    refused: dict[str, list[QuotedPart]] = {}
    for one in parts:
        if one.refusal is not None:
            refused.setdefault(one.refusal, []).append(one)
    return refused


def _counted(parts: Sequence[QuotedPart]) -> str:
    counts = Counter(_SHOWN[one.part] for one in parts)
    return ", ".join(
        f"{count} {name if count == 1 else f'{name}s'}" for name, count in counts.items()
    )


def _sum(parts: Sequence[QuotedPart]) -> str:
    sums = []
    currencies = dict.fromkeys(one.call.choice.currency for one in parts if one.call)
    for currency in currencies:
        calls = [one for one in parts if one.call and one.call.choice.currency == currency]
        least = sum(one.least or 0 for one in calls)
        known = [one.most for one in calls if one.most is not None]
        told = spelled_range(least, sum(known), currency)
        unknown = len(calls) - len(known)
        sums.append(f"{told} and {unknown} of unknown price" if unknown else told)
    return " + ".join(sums) or "nothing"


def _made_by(one: QuotedPart) -> str:
    if one.call is None:
        return f"sketched ({one.refusal})" if one.refusal else "found"
    model = one.call.choice.model
    cost = spelled_range(one.least, one.most, one.call.choice.currency)
    seconds = getattr(one.commission.request, "seconds", None)
    length = f", {seconds:g} s of {model.limits.fit(seconds) or seconds:g}" if seconds else ""
    return f"{model.title}{length}, {cost}"


def _takes(parts: Sequence[QuotedPart]) -> str:
    """How shots were fitted to the lengths the model makes, where one take is not one shot."""
    motion = [one.commission.name for one in parts if one.part is Part.MOTION]
    shared, split = (sum(sign in one for one in motion) for sign in (" and ", ", part "))
    told = [f"{shared} of {len(motion)} takes serve several shots of one set-up"] if shared else []
    told += [f"{split} go on with a shot that is longer than any take"] if split else []
    return ", ".join(told)
