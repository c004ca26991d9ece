"""Bytes to text and back, exactly: UTF-8, UTF-16 and UTF-32 with or without a mark, Windows."""

from reelwright.ground.errors import InvalidInputError

# Encodings with a byte order mark at the front; the longer mark first, for one begins the other.
_MARKED = (
    ("utf-8-sig", b"\xef\xbb\xbf", "utf-8"),
    ("utf-32-le-sig", b"\xff\xfe\x00\x00", "utf-32-le"),
    ("utf-32-be-sig", b"\x00\x00\xfe\xff", "utf-32-be"),
    ("utf-16-le-sig", b"\xff\xfe", "utf-16-le"),
    ("utf-16-be-sig", b"\xfe\xff", "utf-16-be"),
)
# What files begin with that people take for a script.
_STRANGERS = (
    (b"PK\x03\x04", "a ZIP archive (a Word, Highland or Pages document is one)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
)
# Control characters that no text file has; tab, line ends, form feed, escape and DOS's end remain.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b")
_CONTROL_SIGNS = frozenset(_CONTROLS.decode("ascii"))
_WAY_OUT = "give a text file: Fountain, Final Draft (.fdx), PDF or plain text"
WINDOWS = frozenset({"cp1252", "latin-1"})


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and its encoding, which `encode` takes to give the same bytes back.

    Raises InvalidInputError, naming the file, when the bytes are no text.
    """
    for kind, mark, codec in _MARKED:
        if data.startswith(mark):
            return _strict(data[len(mark) :], codec, name), kind
    for begin, what in _STRANGERS:
        if data.startswith(begin):
            raise InvalidInputError(f"{name} is {what}, not text.", way_out=_WAY_OUT)
    if b"\0" in data:
        return _decode_wide(data, name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_windows(data, name)


def encode(text: str, encoding: str) -> bytes:
    """The bytes of a text in an encoding that `decode` named."""
    for kind, mark, codec in _MARKED:
        if kind == encoding:
            return mark + text.encode(codec)
    return text.encode(encoding)


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"{name} begins like {codec.upper()} text, but byte {error.start} does not fit.",
            way_out="save it again as UTF-8",
        ) from error
    if "\0" in text:
        raise _not_text(name)
    return text


def _decode_wide(data: bytes, name: str) -> tuple[str, str]:
    """UTF-16 without a mark: of Latin letters, spaces and line ends, every other byte is zero."""
    high, low = data[0::2].count(0), data[1::2].count(0)
    codec, zeros = ("utf-16-le", low) if low > high else ("utf-16-be", high)
    # Text in UTF-8 with a stray zero in it must not pass for a few Chinese signs.
    enough = len(data) // 4 if _is_utf8(data) else len(data) // 40
    if zeros > enough and min(low, high) * 8 <= zeros:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            raise _not_text(name) from None
        if not _CONTROL_SIGNS.intersection(text):
            return text, codec
    raise _not_text(name)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_windows(data: bytes, name: str) -> tuple[str, str]:
    if len(data.translate(None, _CONTROLS)) < len(data):
        raise _not_text(name)
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


def _not_text(name: str) -> InvalidInputError:
    return InvalidInputError(
        f"{name} is not text: it holds zero bytes or the like.", way_out=_WAY_OUT
    )
