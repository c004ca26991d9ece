"""Where requests may go: never to this machine or a private network, whatever the name says.

The check is made on the addresses a name resolves to, at the moment of connecting, and the
connection goes to an address that was checked: a name that changes its mind gains nothing.
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from reelwright.engines.http.failures import AddressRefusedError, NotSentError, shown
from reelwright.engines.http.settings import HttpSettings

Resolve = Callable[[str, int], Awaitable[list[str]]]
_SIXTYFOUR = ip_network("64:ff9b::/96")  # NAT64: the last four bytes are an IPv4 address
_COMPATIBLE = ip_network("::/96")
_ODD = re.compile(r"[\x00-\x20\\\x7f]")
_WAY_OUT = "allow it with REELWRIGHT_HTTP__NETWORKS, or REELWRIGHT_HTTP__PRIVATE"


async def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name, in every form a resolver understands (also 0x7f.1)."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotSentError(f"{host[:100]!r} is no name that can be found") from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(text: str) -> bool:
    """Whether an address is one of the open internet, with those hidden inside IPv6 unwrapped."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(_open(one) for one in _inside(address))


def _open(address: IPv4Address | IPv6Address) -> bool:
    local = isinstance(address, IPv6Address) and address.is_site_local
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or local
    )


def _inside(address: IPv4Address | IPv6Address) -> Iterable[IPv4Address | IPv6Address]:
    """The addresses by which a packet may in the end arrive."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address in _SIXTYFOUR or address in _COMPATIBLE:
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    if address.sixtofour is not None:
        return [address, address.sixtofour]
    return [address, *(address.teredo or ())]


class Guard:
    """Says where requests may go."""

    def __init__(self, settings: HttpSettings, find: Resolve = resolve) -> None:
        self._private = settings.private
        self._networks = [ip_network(one) for one in settings.networks]
        self._find = find

    def check_url(self, url: str) -> None:
        """Refuse what is no plain web address; raises AddressRefusedError. Looks nothing up."""
        try:
            parts = urlsplit(url)
            parts.port  # noqa: B018  # raises for what is no port
        except ValueError as error:
            raise AddressRefusedError("that is no web address") from error
        odd = _ODD.search(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or odd:
            raise AddressRefusedError(f"{shown(url)[:200]!r} is no web address")
        if "@" in parts.netloc:
            raise AddressRefusedError("a web address may not hold a user or a password")

    async def addresses(self, host: str, port: int) -> list[str]:
        """Checked addresses of a name: if one is refused, all are. Raises AddressRefusedError."""
        found = await self._find(host, port)
        if not found or not all(self.allows(one) for one in found):
            raise _refused(host)
        return found

    def check_address(self, address: str) -> None:
        """Refuse an address that requests may not go to; raises AddressRefusedError."""
        if not self.allows(address):
            raise _refused(address)

    def allows(self, address: str) -> bool:
        """Whether requests may go to an address."""
        if self._private or is_public(address):
            return True
        try:
            parsed = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        plain = getattr(parsed, "ipv4_mapped", None) or parsed
        return any(plain in network for network in self._networks)


def _refused(host: str) -> AddressRefusedError:
    return AddressRefusedError(
        f"{host[:100]!r} is an address requests may not go to", way_out=_WAY_OUT
    )
