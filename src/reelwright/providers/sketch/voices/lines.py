"""What is spoken of a line: without marks, and in a voice that knows its letters."""

import re
import unicodedata
from collections.abc import Iterable

_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "cmn", "CYRILLIC": "ru",
    "GREEK": "el", "ARABIC": "ar", "HEBREW": "he", "DEVANAGARI": "hi", "THAI": "th",
    "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GEORGIAN": "ka", "ARMENIAN": "hy",
}  # fmt: skip
_NATIVE = {
    "CYRILLIC": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tt", "mn"),
    "ARABIC": ("ar", "fa", "ur", "sd", "ug"),
    "DEVANAGARI": ("hi", "mr", "ne", "kok"),
    "CJK": ("zh", "cmn", "yue", "hak", "ja"),
}
"""Languages that are written so besides the one in `_SCRIPTS`."""
_MARKS = (
    (re.compile(r"\[\[.*?\]\]", re.DOTALL), " "),  # notes
    (re.compile(r"/\*.*?\*/", re.DOTALL), " "),  # struck out
    (re.compile(r"<[^<>]{1,80}>"), " "),  # markup
    (re.compile(r"\([^()]*\)"), " "),  # stage marks inside the speech
    (re.compile(r"\\([*_])"), r"\1"),
    (re.compile(r"[*_]+"), ""),  # emphasis
    (re.compile(r"^[~>!@=]\s*", re.MULTILINE), ""),
    (re.compile(r"\s*(?:--+|[—–])\s*"), ", "),
)  # fmt: skip


def spoken(text: str) -> str:
    """The words of a speech as they are said: marks, notes, stage marks and pictures taken out."""
    for pattern, instead in _MARKS:
        text = pattern.sub(instead, text)
    kept = (
        " " if unicodedata.category(sign) in {"So", "Sk", "Cf", "Co", "Cs", "Cc"} else sign
        for sign in text
    )
    text = re.sub(r"\s+", " ", "".join(kept)).strip()
    return text if any(sign.isalnum() for sign in text) else ""


def tongue(text: str, language: str) -> str | None:
    """The language to say `text` in; None when no voice can read its letters.

    That is the script's own language, unless most letters are of another alphabet.
    """
    own = language.lower().split("-")[0]
    counts: dict[str, int] = {}
    for sign in text:
        if sign.isalpha():
            name = unicodedata.name(sign, "").split(" ")[0]
            counts[name] = counts.get(name, 0) + 1
    if not counts:
        return language
    most = max(sorted(counts), key=lambda name: counts[name])
    if "CJK" in counts and ("HIRAGANA" in counts or "KATAKANA" in counts or own == "ja"):
        # espeak reads kana but hardly any kanji: it would spell them out as "Chinese letter".
        return None
    if most not in _SCRIPTS:
        return language
    native = own == _SCRIPTS[most] or own in _NATIVE.get(most, ())
    return language if native else _SCRIPTS[most]


def whole_words(text: str, events: Iterable[tuple[float, int, int]]) -> list[tuple[float, str]]:
    """The words between spaces, each at the time espeak begins it: it splits `we'd` and `3.5`."""
    spans = [(word.start(), word.end(), word[0]) for word in re.finditer(r"\S+", text)]
    found: list[tuple[float, str]] = []
    taken = -1
    for at, first, _ in events:
        here = next((n for n, (start, end, _) in enumerate(spans) if start <= first < end), None)
        if here is not None and here > taken:
            found.append((at, spans[here][2].strip('.,;:!?"“”„«»()…')))
            taken = here
    return [(at, word) for at, word in found if word]
