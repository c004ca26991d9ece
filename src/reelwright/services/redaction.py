"""Secrets are blackened before anything is written down or sent away."""

import re
from collections.abc import Mapping
from typing import Any

BLACK = "***"
_SENSITIVE = (
    r"(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|private[_-]?key"
    r"|authorization|cookie|credential|signature|session[_-]?id|dsn|[_-]key\b)"
)
_NAMED = re.compile(
    rf"""(?P<name>[\w-]{{0,40}}{_SENSITIVE}[\w-]{{0,40}}["']?\s{{0,4}}[:=]\s{{0,4}})"""
    r"""(?:(?P<quote>["'])(?:(?!(?P=quote)).)*(?P=quote)|(?:(?:Bearer|Basic|Key)\s+)?[^\s,;&'"})\]]+)""",
    re.IGNORECASE,
)
_PATTERNS = (
    (re.compile(r"\b(Bearer|Basic|Key)\s+[A-Za-z0-9._~+/=-]{8,}"), rf"\1 {BLACK}"),
    (re.compile(r"(\w[\w+.-]{0,30}://[^\s/:@]*):[^\s/@]+@"), rf"\1:{BLACK}@"),
    (re.compile(r"\b(?:rw|sk|pk|rk|ghp|whsec|xox[abp])[_-][A-Za-z0-9_-]{12,}"), BLACK),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), BLACK),
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END[^\n]*|\Z)", re.DOTALL), BLACK),
)
_SECRET_FIELD = re.compile(_SENSITIVE, re.IGNORECASE)
_DEEPEST = 8


def redact(text: str) -> str:
    """The text without what looks like a secret: named values, tokens, passwords in URLs, keys."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return _NAMED.sub(rf"\g<name>{BLACK}", text)


def redact_fields(value: Any, depth: int = 0) -> Any:
    """Plain data without its secrets; what is nested very deep is left out."""
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, Mapping):
        return {
            str(k): BLACK if _SECRET_FIELD.search(str(k)) else redact_fields(v, depth + 1)
            for k, v in value.items()
        }
    if isinstance(value, (list, tuple, set, frozenset)):
        return [redact_fields(v, depth + 1) for v in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return redact(str(value))
