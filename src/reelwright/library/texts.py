"""Names from outside, brought into what can be shown."""

import unicodedata

_LONGEST_NAME = 255


def file_name(name: str) -> str:
    """A file's name as it is shown: no folders, no control signs, never empty, at most 255 signs."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cs"})
    return shown.strip()[-_LONGEST_NAME:] or "file"
