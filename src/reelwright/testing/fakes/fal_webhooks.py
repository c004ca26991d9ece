"""How the fake of fal rings: signed with a key of its own, which it publishes."""

import asyncio
import base64
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reelwright.engines.http.client import Http
from reelwright.engines.http.failures import UnreachableError
from reelwright.engines.http.settings import HttpSettings
from reelwright.testing.fakes.fal_outputs import Made
from reelwright.testing.fakes.server import Work

_TRIES = 3
_USER = "user-of-a-test"


@dataclass
class Ringer:
    """Rings for finished works, up to three times where nobody takes it; and all of that `times` times."""

    times: int = 1
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    def published(self) -> dict[str, Any]:
        """The keys as fal publishes them: among others, of another kind."""
        raw = self.key.public_key().public_bytes_raw()
        x = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
        ours = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": "1", "x": x}
        return {"keys": [{"kty": "RSA", "n": "AQAB", "e": "AQAB"}, ours]}

    def ring_when_done(self, url: str, work: Work, made: Callable[[Work], Made]) -> None:
        """Ring at `url`, in the background."""
        for _ in range(self.times):
            task = asyncio.create_task(self._ring_when_done(url, work, made))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    def signed(self, work: Work, body: bytes, now: int) -> dict[str, str]:
        """The headers of a webhook sent at that second."""
        message = [work.remote_id, _USER, str(now), hashlib.sha256(body).hexdigest()]
        return {
            "Content-Type": "application/json",
            "X-Fal-Webhook-Request-Id": work.remote_id,
            "X-Fal-Webhook-User-Id": _USER,
            "X-Fal-Webhook-Timestamp": str(now),
            "X-Fal-Webhook-Signature": self.key.sign("\n".join(message).encode()).hex(),
        }

    async def _ring_when_done(self, url: str, work: Work, made: Callable[[Work], Made]) -> None:
        await asyncio.sleep(max(0.0, work.done_at - time.monotonic()))
        body = json.dumps(_told(work, made(work))).encode()
        http = Http(HttpSettings(private=True, read_s=15))
        try:
            for attempt in range(_TRIES):
                try:
                    headers = self.signed(work, body, int(time.time()))
                    answer = await http.post(url, content=body, headers=headers)
                except UnreachableError:
                    answer = None
                if answer is not None and answer.status < 300:
                    return
                await asyncio.sleep(0.05 * 2**attempt)
        finally:
            await http.close()


def _told(work: Work, made: Made) -> dict[str, Any]:
    ids = {"request_id": work.remote_id, "gateway_request_id": work.remote_id}
    if made.status < 400:
        return ids | {"status": "OK", "payload": made.body}
    wrong = f"Invalid status code: {made.status}"
    return ids | {"status": "ERROR", "error": wrong, "payload": made.body}
