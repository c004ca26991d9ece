"""How much a request will use, before it is made: the least and the most, in the units of prices."""

from decimal import Decimal

from reelwright.providers.catalogue import Model, PictureTokens
from reelwright.providers.contract import Request
from reelwright.providers.prices import Unit, Usage
from reelwright.providers.prompts import (
    ImageRequest,
    LoraRequest,
    MusicRequest,
    SoundEffectRequest,
    SpeechRequest,
    TextRequest,
    VideoRequest,
    media_of,
)

_TOKENS_A_PICTURE = (250, 3000)  # over the vendors that say how they count
_CHARACTERS_A_TOKEN = (5, 1)  # ordinary English; the worst of any language


def expected(model: Model, request: Request) -> tuple[Usage, Usage]:
    """The least and the most that will be used; equal where it is certain."""
    one = {Unit.CALL: Decimal(1)}
    match request:
        case ImageRequest(width=width, height=height, count=count):
            pixels = Decimal(width * height * count) / 1_000_000
            sure = one | {Unit.IMAGE: Decimal(count), Unit.MEGAPIXEL: pixels}
            few, many = _picture_tokens(model.pictures, request)
            return sure | few, sure | many
        case VideoRequest(seconds=seconds) | MusicRequest(seconds=seconds):
            made = model.limits.fit(seconds) or seconds
            sure = one | {Unit.SECOND: Decimal(str(made))}
            return sure, sure
        case SoundEffectRequest(seconds=seconds):
            asked = seconds and (model.limits.fit(seconds) or seconds)
            least = asked or (model.limits.seconds[0] if model.limits.seconds else 1)
            most = asked or (model.limits.seconds[-1] if model.limits.seconds else 30)
            few, many = ({Unit.SECOND: Decimal(str(n))} for n in (least, most))
            return one | few, one | many
        case SpeechRequest(text=text, directions=directions):
            # A model that is directed in the text itself counts the directions, and their brackets.
            written = len(text) + (len(directions) + 3 if directions else 0)
            few, many = ({Unit.CHARACTER: Decimal(n)} for n in (len(text), written))
            return one | few, one | many
        case LoraRequest(steps=steps):
            sure = one | {Unit.STEP: Decimal(steps)}
            return sure, sure
        case TextRequest():
            return _tokens(request)
        case _:
            return one, one


def choices(request: Request) -> dict[str, str]:
    """What of a request may change its price, by the names prices use."""
    match request:
        case VideoRequest(resolution=resolution, sound=sound, aspect=aspect):
            made = {"sound": "yes" if sound else "no", "aspect": aspect}
            return made | ({"resolution": resolution} if resolution else {})
        case ImageRequest(quality=quality):
            return {"quality": quality}
        case _:
            return {}


def price_range(model: Model, request: Request) -> tuple[int | None, int | None]:
    """Millionths of the price's currency, least and most; None: nobody knows."""
    least, most = expected(model, request)
    made_so = choices(request)
    return model.price.of(least, made_so), model.price.of(most, made_so)


def _picture_tokens(
    how: PictureTokens | None, request: ImageRequest
) -> tuple[dict[Unit, Decimal], dict[Unit, Decimal]]:
    """Tokens of a picture drawn from words; of one drawn after others nobody tells what those count.

    The size that is drawn is the nearest the model has: a step in each direction lies in between.
    """
    if how is None or request.references:
        return {}, {}
    long, short = sorted((request.width, request.height), reverse=True)
    grid = how.grid[request.quality]
    narrow = max(short / long, 1 / how.slimmest)
    ends = []
    for step, places, letters in ((-how.step, -1, _CHARACTERS_A_TOKEN[0]), (how.step, 1, 1)):
        pixels = min(max((long + step) * (short + step), how.fewest), how.most)
        columns = min(max(round(grid * narrow) + places, 1), grid)
        drawn = -(-grid * columns * (how.base + pixels) // how.scale)
        read = -(-len(request.prompt) // letters) + how.overhead
        counted = {Unit.OUTPUT_TOKEN: Decimal(drawn), Unit.INPUT_TOKEN: Decimal(read)}
        ends.append({unit: amount * request.count for unit, amount in counted.items()})
    return ends[0], ends[1]


def _tokens(request: TextRequest) -> tuple[Usage, Usage]:
    written = sum(len(message.text) for message in request.messages)
    schema = len(str(request.schema)) if request.schema else 0
    pictures = len(media_of(request))
    few, many = (
        Decimal(-(-(written + schema) // per) + pictures * each)
        for per, each in zip(_CHARACTERS_A_TOKEN, _TOKENS_A_PICTURE, strict=True)
    )
    least = {Unit.CALL: Decimal(1), Unit.INPUT_TOKEN: few, Unit.OUTPUT_TOKEN: Decimal(1)}
    most = {
        Unit.CALL: Decimal(1),
        Unit.INPUT_TOKEN: many,
        Unit.OUTPUT_TOKEN: Decimal(request.most),
    }
    return least, most
