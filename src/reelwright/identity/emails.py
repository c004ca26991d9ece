"""E-mail addresses, as people give them."""

import re

from reelwright.ground.errors import InvalidInputError

_LONGEST = 254
# What HTML's own e-mail field takes, and a domain with a dot or none (a house's own server).
_ADDRESS = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    r"(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
)


def clean_email(text: str) -> str:
    """The address in lower case, since one person is one address; raises InvalidInputError."""
    email = text.strip().lower()
    if len(email) > _LONGEST or not _ADDRESS.fullmatch(email):
        raise InvalidInputError("this is no e-mail address", way_out="write name@example.com")
    return email
