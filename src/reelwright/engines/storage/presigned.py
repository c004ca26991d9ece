"""URLs that S3 has been asked for, with words on how it is to answer, signed anew.

The library that signs for us knows no such words (decision 36). It is told nothing but the URL: where ours and its
signature of that differ, nothing is signed.
"""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

_SIGNATURE = "X-Amz-Signature"


def signed_with(url: str, secret: str, more: Mapping[str, str]) -> str | None:
    """A presigned URL (AWS Signature Version 4) with `more` in its query; None if we cannot sign as it was."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    given = query.pop(_SIGNATURE, "")
    if not given or not hmac.compare_digest(_signature(parts, query, secret), given):
        return None
    query |= more
    signature = _signature(parts, query, secret)
    return parts._replace(query=f"{_written(query)}&{_SIGNATURE}={signature}").geturl()


def _signature(parts: SplitResult, query: Mapping[str, str], secret: str) -> str:
    """Of a GET of which only the host is signed; empty where that is not what was signed."""
    scope = query.get("X-Amz-Credential", "").partition("/")[2]
    when = query.get("X-Amz-Date", "")
    if query.get("X-Amz-SignedHeaders") != "host" or scope.count("/") != 3:
        return ""
    host = f"host:{parts.netloc}\n"
    asked = "\n".join(("GET", parts.path, _written(query), host, "host", "UNSIGNED-PAYLOAD"))
    digest = hashlib.sha256(asked.encode()).hexdigest()
    key = f"AWS4{secret}".encode()
    for step in scope.split("/"):
        key = hmac.digest(key, step.encode(), "sha256")
    text = f"AWS4-HMAC-SHA256\n{when}\n{scope}\n{digest}"
    return hmac.digest(key, text.encode(), "sha256").hex()


def _written(query: Mapping[str, str]) -> str:
    plain = {quote(name, safe="-_.~"): quote(value, safe="-_.~") for name, value in query.items()}
    return "&".join(f"{name}={value}" for name, value in sorted(plain.items()))
