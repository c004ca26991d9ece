"""Google's webhooks: those an account has registered, signed after Standard Webhooks.

Those named in a single request are signed in another way, which Google describes too loosely to
rely on; so none are asked for, and who has registered no webhook is served by polling.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from pydantic import Field, ValidationError

from reelwright.providers.contract import Access, Ring
from reelwright.providers.errors import BadKeyError
from reelwright.providers.google.shapes import Snake

_LEEWAY_S = 300


class _Metadata(Snake):
    reference: str | None = None


class _Data(Snake):
    id: str | None = None
    user_metadata: _Metadata = Field(default_factory=_Metadata)


class _Event(Snake):
    data: _Data = Field(default_factory=_Data)
    user_metadata: _Metadata = Field(default_factory=_Metadata)


def ring_of(headers: Mapping[str, str], body: bytes, access: Access, now: datetime) -> Ring:
    """Which call it is about. Raises BadKeyError when it is not signed with the account's secret, or old."""
    secret = _secret_of(access)
    try:
        number, at = headers["webhook-id"], headers["webhook-timestamp"]
        given = headers["webhook-signature"]
        late = abs(now.timestamp() - int(at)) > _LEEWAY_S
    except (KeyError, ValueError):
        raise BadKeyError("a webhook without a signature") from None
    if late:
        raise BadKeyError("a webhook from another time")
    message = f"{number}.{at}.".encode() + body
    wanted = base64.b64encode(hmac.digest(secret, message, hashlib.sha256))
    # While a secret is being replaced there are several: `v1,abc v1,def`.
    signatures = [one.removeprefix("v1,") for one in given.split() if one.startswith("v1,")]
    if not any(hmac.compare_digest(one.encode(), wanted) for one in signatures):
        raise BadKeyError("a webhook that Google has not signed")
    try:
        event = _Event.model_validate_json(body)
    except ValidationError:
        raise BadKeyError("a webhook of a shape nobody foresaw") from None
    return Ring(event.user_metadata.reference or event.data.user_metadata.reference, event.data.id)


def _secret_of(access: Access) -> bytes:
    told = access.more.get("webhook_secret", "").removeprefix("whsec_")
    try:
        secret = base64.b64decode(told, validate=True)
    except binascii.Error:
        secret = b""
    if not secret:
        raise BadKeyError(
            "this account has no secret for webhooks", way_out="give it webhook_secret"
        )
    return secret
