"""Where a request comes from."""

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.types import Scope

_FORWARDED = {b"x-forwarded-for", b"x-real-ip", b"forwarded", b"via"}
_ONE_LINE = 64  # what one subscriber has of IPv6, at least


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
    if client is None:
        return "nowhere"
    try:
        address = ip_address(client[0])
    except ValueError:
        return "nowhere"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), _ONE_LINE), strict=False).network_address)
    return str(address)
