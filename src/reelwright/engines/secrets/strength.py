"""Whether a secret is one: production refuses to start with weak ones."""

import math
from collections import Counter

_KNOWN = (
    "changeme change-me default example password passphrase secret letmein qwerty admin test"
    " insecure dummy placeholder replace todo yoursecret mysecret 12345 abcde"
).split()
_SHORTEST = 16
_LEAST_BITS = 48.0


def check_secret(text: str) -> str | None:
    """What is wrong with a secret, or None. Never repeats the secret."""
    if len(text) < _SHORTEST:
        return f"it has fewer than {_SHORTEST} signs"
    plain = "".join(sign for sign in text.lower() if sign.isalnum() or sign == "-")
    rest = plain
    for word in _KNOWN:
        rest = rest.replace(word, "")
    if len(rest) < _SHORTEST // 2 or len(rest) < len(plain) / 2:
        return "it is made of words everyone tries first"
    if _bits(text) < _LEAST_BITS or len(set(text)) < 6:
        return "its signs repeat too much"
    return None


def _bits(text: str) -> float:
    """An upper bound of what is random in a text: the entropy of its signs, by its length."""
    counts = Counter(text)
    each = -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())
    return each * len(text)
