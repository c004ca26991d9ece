"""Webhooks of fal's: believed when one of fal's published keys has signed them a moment ago."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import BaseModel, ValidationError

from reelwright.engines.http.client import Http
from reelwright.providers.errors import BadKeyError, ProviderError, UnavailableError
from reelwright.providers.wire import read, shaped

_WINDOW_S = 300
_KEPT = timedelta(hours=24)
_RENEWED = timedelta(minutes=5)
_NOT_FALS = "this webhook is not fal's"


class _Key(BaseModel):
    """One published key."""

    kty: str = ""
    crv: str = ""
    x: str = ""


class _KeySet(BaseModel):
    """All published keys."""

    keys: list[_Key]


class Delivery(BaseModel):
    """What rings: `request_id` stays the same however often fal tries."""

    request_id: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class _Keys:
    """Keys as they were published at a moment."""

    read_at: datetime
    keys: tuple[Ed25519PublicKey, ...]


class Webhooks:
    """Verifies webhooks; keys are kept for a day, and read anew when none of them fits."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._kept: dict[str, _Keys] = {}

    async def verified(
        self, headers: Mapping[str, str], body: bytes, url: str, now: datetime
    ) -> Delivery:
        """What rings, if fal has signed it with a key published at `url`; else raises BadKeyError."""
        message, signature = _signed(headers, body, now)
        kept = self._kept.get(url)
        fits = kept is not None and now - kept.read_at < _KEPT and _fits(kept, message, signature)
        # Strangers may ring as often as they like: they do not make us ask each time.
        if not fits and (kept is None or now - kept.read_at >= _RENEWED):
            kept = self._kept[url] = await self._read(url, now)
            fits = _fits(kept, message, signature)
        if not fits:
            raise BadKeyError(_NOT_FALS)
        try:
            return Delivery.model_validate_json(body)
        except ValidationError:
            raise ProviderError("fal rang, and nobody foresaw what it said") from None

    async def _read(self, url: str, now: datetime) -> _Keys:
        answer = await read(self._http, url, headers={})
        if answer.status != 200:
            raise UnavailableError(f"fal's keys are not to be had (HTTP {answer.status})")
        published = shaped(answer, _KeySet).keys
        return _Keys(now, tuple(key for one in published if (key := _key(one)) is not None))


def _signed(headers: Mapping[str, str], body: bytes, now: datetime) -> tuple[bytes, bytes]:
    """What was signed, and the signature; raises BadKeyError for what is incomplete or old."""
    try:
        request, user, sent_at, signature = (
            headers[f"x-fal-webhook-{part}"]
            for part in ("request-id", "user-id", "timestamp", "signature")
        )
        late_s = abs(int(now.timestamp()) - int(sent_at))
        signature_bytes = bytes.fromhex(signature)
    except (KeyError, ValueError):
        raise BadKeyError(_NOT_FALS) from None
    if late_s > _WINDOW_S:
        raise BadKeyError("this webhook is an old one, sent again")
    message = "\n".join([request, user, sent_at, hashlib.sha256(body).hexdigest()])
    return message.encode(), signature_bytes


def _fits(keys: _Keys, message: bytes, signature: bytes) -> bool:
    for key in keys.keys:
        try:
            key.verify(signature, message)
        except InvalidSignature:
            continue
        return True
    return False


def _key(published: _Key) -> Ed25519PublicKey | None:
    """A key of the kind webhooks are signed with; there may be others in the set."""
    if (published.kty, published.crv) != ("OKP", "Ed25519"):
        return None
    try:
        padded = published.x + "=" * (-len(published.x) % 4)
        return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(padded))
    except (binascii.Error, ValueError):
        return None
