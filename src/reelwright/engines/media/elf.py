"""Just enough of the ELF format to read a library's missing names and to write a library of names."""

import itertools
import platform
import struct
from collections.abc import Iterable

from reelwright.ground.errors import EnvironmentFailedError

_DYNSYM = 11  # section type of the dynamic symbol table
_MACHINES: dict[str, tuple[int, bytes, int]] = {
    # e_machine, code of a function that returns 0, page size
    "x86_64": (62, b"\x31\xc0\xc3", 0x1000),
    "aarch64": (183, b"\x00\x00\x80\xd2\xc0\x03\x5f\xd6", 0x10000),
}


def undefined_symbols(image: bytes, prefixes: tuple[bytes, ...]) -> list[bytes]:
    """Names a 64-bit library expects others to define, that begin with one of `prefixes`."""
    (table,) = struct.unpack_from("<Q", image, 40)
    size, count = struct.unpack_from("<HH", image, 58)
    sections = [struct.unpack_from("<IIQQQQIIQQ", image, table + i * size) for i in range(count)]
    names: set[bytes] = set()
    for section in sections:
        if section[1] != _DYNSYM:
            continue
        strings = sections[section[6]][4]
        for at in range(section[4], section[4] + section[5], 24):
            name, _, _, home, _, _ = struct.unpack_from("<IBBHQQ", image, at)
            if home == 0 and name:
                text = image[strings + name : image.index(b"\0", strings + name)]
                if text.startswith(prefixes):
                    names.add(text)
    return sorted(names)


def _system_v_hash(name: bytes) -> int:
    value = 0
    for sign in name:
        value = (value << 4) + sign
        high = value & 0xF0000000
        if high:
            value ^= high >> 24
        value &= ~high & 0xFFFFFFFF
    return value


def _hash_table(names: list[bytes]) -> bytes:
    buckets = [0] * max(1, len(names) // 2)
    chain = [0] * (len(names) + 1)
    for index, name in enumerate(names, 1):
        bucket = _system_v_hash(name) % len(buckets)
        chain[index], buckets[bucket] = buckets[bucket], index
    head = struct.pack("<II", len(buckets), len(chain))
    return head + struct.pack(f"<{len(buckets) + len(chain)}I", *buckets, *chain)


def _padded(value: int, step: int) -> int:
    return value + (-value) % step


def shared_library(soname: str, names: Iterable[bytes]) -> bytes:
    """A library image named `soname` in which every name is a function that returns 0."""
    try:
        machine, code, page = _MACHINES[platform.machine()]
    except KeyError:
        raise EnvironmentFailedError(
            f"no libGL and libEGL here, and none can be made for {platform.machine()}",
            way_out="install libgl1 and libegl1",
        ) from None
    exported = list(names)
    offsets = [1, *itertools.accumulate((len(n) + 1 for n in exported), initial=1)][1:]
    strings = b"\0" + b"".join(n + b"\0" for n in exported) + soname.encode() + b"\0"
    hashes = _hash_table(exported)

    header_size = 64 + 56 * 4
    symbols_at = _padded(header_size, 8)
    hash_at = symbols_at + 24 * (len(exported) + 1)
    strings_at = hash_at + len(hashes)
    code_at = _padded(strings_at + len(strings), 16)
    code_end = code_at + len(code)
    dynamic_at = _padded(code_end, page)
    tags = [(14, offsets[-1]), (4, hash_at), (5, strings_at), (6, symbols_at)]
    tags += [(10, len(strings)), (11, 24), (0, 0)]
    dynamic = b"".join(struct.pack("<QQ", *tag) for tag in tags)
    symbols = b"\0" * 24 + b"".join(
        struct.pack("<IBBHQQ", at, 0x12, 0, 1, code_at, len(code)) for at in offsets[:-1]
    )

    ident = b"\x7fELF\x02\x01\x01" + b"\0" * 9
    header = ident + struct.pack("<HHIQQQIHHHHHH", 3, machine, 1, 0, 64, 0, 0, 64, 56, 4, 64, 0, 0)
    span = (dynamic_at, dynamic_at, dynamic_at, len(dynamic), len(dynamic))
    segments = struct.pack("<IIQQQQQQ", 1, 5, 0, 0, 0, code_end, code_end, page)
    segments += struct.pack("<IIQQQQQQ", 1, 6, *span, page)
    segments += struct.pack("<IIQQQQQQ", 2, 6, *span, 8)
    segments += struct.pack("<IIQQQQQQ", 0x6474E551, 6, 0, 0, 0, 0, 0, 16)  # no executable stack
    image = bytearray(dynamic_at + len(dynamic))
    parts = ((0, header), (64, segments), (symbols_at, symbols), (hash_at, hashes))
    for at, part in (*parts, (strings_at, strings), (code_at, code), (dynamic_at, dynamic)):
        image[at : at + len(part)] = part
    return bytes(image)
