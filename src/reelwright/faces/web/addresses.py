"""Where a request comes from."""

from ipaddress import ip_address

from starlette.types import Scope

from reelwright.ground.addresses import subscriber

_FORWARDED = {b"x-forwarded-for", b"x-real-ip", b"forwarded", b"via"}


def is_local(scope: Scope) -> bool:
    """Whether it comes from this machine, and not through a proxy on it."""
    client = scope.get("client")
    if client is None or not _FORWARDED.isdisjoint(name for name, _ in scope["headers"]):
        return False
    try:
        return ip_address(client[0]).is_loopback
    except ValueError:
        return False


def address_of(scope: Scope) -> str:
    """Whoever is behind an address: of IPv6 its /64, all of which one subscriber has."""
    client = scope.get("client")
    return (client and subscriber(client[0])) or "nowhere"
