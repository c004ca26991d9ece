"""Prose out of JSON that is still being written: the value of its `answer`, sign by sign."""

import re

_BEGIN = re.compile(r'"answer"\s*:\s*"')
_SIGNS = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "", "/": "/", "\\": "\\", '"': '"'}
_CODE = len("\\u0000")
_HIGH, _LOW, _HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000), range(0xD800, 0xE000)
_BROKEN = "\ufffd"


class Prose:
    """Fed with pieces of an answer's JSON, it gives the prose in them; after its end, nothing."""

    def __init__(self) -> None:
        self._rest = ""
        self._inside = False
        self._ended = False

    def feed(self, piece: str) -> str:
        """What the piece adds to the prose."""
        self._rest += "" if self._ended else piece
        if not self._inside:
            begun = _BEGIN.search(self._rest)
            if begun is None:
                return ""
            self._inside, self._rest = True, self._rest[begun.end() :]
        said = []
        while self._rest and not self._ended:
            sign, length = self._next()
            if not length:
                break
            said.append(sign)
            self._rest = self._rest[length:]
        return "".join(said)

    def _next(self) -> tuple[str, int]:
        """The next sign and how long it is written; a length of 0: not all of it is there yet."""
        rest = self._rest
        if rest[0] == '"':
            self._ended = True
            return "", 1
        if rest[0] != "\\":
            return rest[0], 1
        if len(rest) < 2:
            return "", 0
        if rest[1] != "u":
            return _SIGNS.get(rest[1], ""), 2
        return self._coded()

    def _coded(self) -> tuple[str, int]:
        first = _unit(self._rest)
        if first is None:
            return "", 0 if len(self._rest) < _CODE else _CODE
        if first not in _HALVES:
            return chr(first), _CODE
        if len(self._rest) < 2 * _CODE and "\\u".startswith(self._rest[_CODE:][:2]):
            return "", 0
        second = _unit(self._rest[_CODE:])
        if first not in _HIGH or second is None or second not in _LOW:
            return _BROKEN, _CODE
        return chr(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)), 2 * _CODE


def _unit(text: str) -> int | None:
    """The number of a coded sign, if all of it is there."""
    return int(text[2:6], 16) if re.match(r"\\u[0-9a-fA-F]{4}", text) else None
