"""The adapter of ElevenLabs: every answer is the finished thing, and none can be asked for again."""

from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import urlencode

from reelwright.engines.http.client import Answer, Http
from reelwright.providers.at_once import AnswersAtOnce, receipt
from reelwright.providers.catalogue import Model, models_of
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.contract import Access, Call, Outcome, Product, Receipt, Standing
from reelwright.providers.elevenlabs import effects, music, speech
from reelwright.providers.elevenlabs.errors import error_of, lacks_permission
from reelwright.providers.elevenlabs.shapes import Ask, Subscription
from reelwright.providers.errors import OutOfCreditsError, UnknownOutcomeError, UnsupportedError
from reelwright.providers.prices import Unit, Usage
from reelwright.providers.prompts import MusicRequest, SoundEffectRequest, SpeechRequest
from reelwright.providers.wire import read, save, send_paid, shaped

ADDRESS = "https://api.elevenlabs.io"


class ElevenLabs(AnswersAtOnce):
    """ElevenLabs. It knows no key against doubled calls and no look-up: a lost answer is lost."""

    name = "elevenlabs"
    title = "ElevenLabs"

    def __init__(self, http: Http) -> None:
        self._http = http

    def models(self) -> Sequence[Model]:
        """Voices, music, sound effects."""
        return models_of("reelwright.providers.elevenlabs", self.name)

    async def submit(self, call: Call) -> Receipt:
        """Make it; the answer is the file."""
        refuse_unsupported(call.model, call.request)
        ask = _ask(call)
        url = _address(call.access, ask)
        answer = await send_paid(self._http, url, ask.body, headers=_headers(call.access))
        if answer.status != 200:
            raise error_of(answer, paid=True)
        outcome = Outcome((_product(call, answer),), _used(call, answer))
        return receipt(call, outcome, answer.headers.get("request-id", ""))

    async def probe(self, access: Access) -> Standing:
        """What the subscription has left, in credits. A key that may not read it may still make things."""
        url = _address(access, Ask("/v1/user/subscription", {}))
        answer = await read(self._http, url, headers=_headers(access))
        if lacks_permission(answer):
            return Standing(note="the key may not read how much is left")
        if answer.status != 200:
            raise error_of(answer)
        account = shaped(answer, Subscription)
        left = account.character_limit - account.character_count
        if left <= 0 and account.max_credit_limit_extension == 0:
            raise OutOfCreditsError("the ElevenLabs account has no credits left")
        return Standing(credits=max(0, left))


def _ask(call: Call) -> Ask:
    match call.request:
        case SpeechRequest() as request:
            return speech.ask(call.model, request)
        case MusicRequest() as request:
            return music.ask(call.model, request)
        case SoundEffectRequest() as request:
            return effects.ask(call.model, request)
        case other:
            raise UnsupportedError(f"ElevenLabs makes no {other.operation}", field="operation")


def _product(call: Call, answer: Answer) -> Product:
    if isinstance(call.request, SpeechRequest):
        return speech.product(call, answer)
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not answer.body or not media_type.startswith("audio/"):
        raise UnknownOutcomeError(f"ElevenLabs sent no sound, but {media_type or 'nothing'}")
    path = save(answer.body, call.folder, str(call.model.operation), media_type)
    return Product(path, media_type)


def _used(call: Call, answer: Answer) -> Usage:
    """The credits it says it has taken, and of a speech the characters sent."""
    told = answer.headers.get("character-cost", "")
    taken = {Unit.CREDIT: Decimal(told)} if told.isascii() and told.isdigit() else {}
    if isinstance(call.request, SpeechRequest):
        return taken | {Unit.CHARACTER: speech.characters(call.model, call.request)}
    return taken


def _address(access: Access, ask: Ask) -> str:
    query = f"?{urlencode(ask.query)}" if ask.query else ""
    return f"{(access.base_url or ADDRESS).rstrip('/')}{ask.path}{query}"


def _headers(access: Access) -> dict[str, str]:
    return {"xi-api-key": access.key}
