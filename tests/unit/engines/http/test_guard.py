"""The guard lets nobody in by another way of writing an address."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.engines.http.failures import AddressRefusedError, shown
from reelwright.engines.http.guard import Guard, is_public
from reelwright.engines.http.settings import HttpSettings

GUARD = Guard(HttpSettings())


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 198.18.0.1"
    " 224.0.0.1 240.0.0.1 255.255.255.255 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1"
    " fec0::1 ::ffff:127.0.0.1 ::ffff:a9fe:a9fe ::127.0.0.1 64:ff9b::7f00:1 2002:7f00:1::"
    " 2002:a9fe:a9fe::1 2001:0:7f00:1:: nonsense".split(),
)
def test_addresses_that_are_not_of_the_open_internet(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"]
)
def test_addresses_of_the_open_internet(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_no_wrapping_makes_an_address_public(address):
    wrapped = [f"::ffff:{address}", f"64:ff9b::{address}"]
    wrapped.append(str(IPv6Address((0x2002 << 112) | (int(address) << 80))))
    for one in wrapped:
        assert not is_public(one) or is_public(str(address))


@given(st.ip_addresses(v=6))
def test_what_python_calls_private_is_never_public(address):
    if not address.is_global:
        assert not is_public(str(address)) or address.ipv4_mapped is not None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://x/",
        "//x/",
        "http://",
        "http://a@b/",
        "http://u:p@127.0.0.1/",
        "http://x\\@y/",
        "http://x y/",
        "http://x\r\nHost: y/",
        "http://[::1",
        "http://x:99999/",
        "",
    ],
)
def test_what_is_no_plain_web_address(url):
    with pytest.raises(AddressRefusedError):
        GUARD.check_url(url)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "::1"]
)
async def test_every_way_to_write_this_machine_is_refused(host):
    with pytest.raises(AddressRefusedError):
        await GUARD.addresses(host, 80)


@pytest.mark.anyio
async def test_a_name_with_one_private_address_is_refused():
    async def find(_host, _port):
        return ["8.8.8.8", "10.0.0.1"]

    with pytest.raises(AddressRefusedError):
        await Guard(HttpSettings(), find).addresses("mixed.example", 80)
    allowed = Guard(HttpSettings(networks=("10.0.0.0/8",)), find)
    assert await allowed.addresses("mixed.example", 80) == ["8.8.8.8", "10.0.0.1"]


def test_a_network_that_is_allowed_is_no_more_than_it_says():
    guard = Guard(HttpSettings(networks=("10.1.0.0/16",)))
    assert guard.allows("10.1.2.3")
    assert guard.allows("::ffff:10.1.2.3")
    assert not guard.allows("10.2.0.1")
    assert not guard.allows("127.0.0.1")


def test_addresses_are_written_down_without_secrets():
    assert shown("https://me:pw@x.example:8443/a/b?token=1#t") == "https://x.example:8443/a/b"
    assert IPv4Address("127.0.0.1").is_loopback
