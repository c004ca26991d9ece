"""Where fal is, and how it is spoken to: three hosts in the world, one when a base URL is set."""

import json
from dataclasses import dataclass

from reelwright.providers.contract import Access


@dataclass(frozen=True, slots=True)
class Hosts:
    """The queue takes requests, `rest` files and the keys of webhooks, the platform tells what was asked."""

    queue: str = "https://queue.fal.run"
    rest: str = "https://rest.fal.ai"
    platform: str = "https://api.fal.ai"

    @property
    def keys(self) -> str:
        """What webhooks are signed with."""
        return f"{self.rest}/.well-known/jwks.json"


def hosts_of(access: Access) -> Hosts:
    """The hosts of an account: fal's own, or one that speaks for all three."""
    base = access.base_url.rstrip("/")
    return Hosts(base, base, base) if base else Hosts()


def signed(access: Access) -> dict[str, str]:
    """The header that says who asks."""
    return {"Authorization": f"Key {access.key}"}


def lifetime(seconds: int) -> str:
    """The value of the headers that say how long files are kept."""
    return json.dumps({"expiration_duration_seconds": seconds})


def urls_of(queue: str, endpoint: str, remote_id: str) -> dict[str, str]:
    """Where a request stands, by fal's rule: under the owner and the app, whatever follows in the endpoint.

    Only for a request whose answer was lost: the addresses fal names itself come first.
    """
    app = "/".join(endpoint.split("/")[:2])
    request = f"{queue}/{app}/requests/{remote_id}"
    return {"status": f"{request}/status", "result": request, "cancel": f"{request}/cancel"}
