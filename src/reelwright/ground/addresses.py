"""Network addresses, as far as they tell one subscriber from another."""

from ipaddress import IPv6Address, ip_address, ip_network

_ONE_LINE = 64  # what one subscriber has of IPv6, at least


def subscriber(address: str) -> str | None:
    """Whoever is behind an address: of IPv6 its /64, all of which one subscriber has. None: it is none."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((int(parsed), _ONE_LINE), strict=False).network_address)
