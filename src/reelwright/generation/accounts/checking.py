"""What people say of an account, looked at before it is kept."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reelwright.generation.accounts.account import NewAccount, Sharing
from reelwright.ground.errors import InvalidInputError
from reelwright.identity.names import clean_name
from reelwright.providers.contract import Access
from reelwright.providers.loader import provider_names

MOST_SLOTS = 10_000
MOST_A_MINUTE = 10_000
_ADDRESS = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")
_LONGEST_KEY = 4_000
_LONGEST_PART = 20_000
_MOST_PARTS = 20


def checked(new: NewAccount) -> NewAccount:
    """A new account as it is kept; raises InvalidInputError."""
    known = provider_names()
    if new.provider not in known:
        raise InvalidInputError(
            f"no provider is named {new.provider[:60]!r}", way_out=f"installed: {', '.join(known)}"
        )
    limits = {
        "name": new.name or new.provider,
        "sharing": new.sharing,
        "priority": new.priority,
        "max_concurrent_jobs": new.max_concurrent_jobs,
        "requests_per_minute": new.requests_per_minute,
        "credits": new.credits,
    }
    values = checked_limits(limits)
    values["sharing"] = Sharing(values["sharing"])
    return replace(new, access=checked_access(new.access), **values)


def checked_limits(values: Mapping[str, Any]) -> dict[str, Any]:
    """Limits and a name as they are kept; raises InvalidInputError."""
    kept = dict(values)
    if "name" in kept:
        kept["name"] = clean_name(kept["name"], "account")
    if "sharing" in kept:
        kept["sharing"] = Sharing(kept["sharing"]).value
    _between(kept, "priority", 0, 10)
    _between(kept, "max_concurrent_jobs", 1, MOST_SLOTS)
    if kept.get("requests_per_minute") is not None:
        _between(kept, "requests_per_minute", 1, MOST_A_MINUTE)
    if kept.get("credits") is not None:
        _between(kept, "credits", 0, 1e12)
    return kept


def checked_access(access: Access) -> Access:
    """A key and what belongs to it; raises InvalidInputError, which never repeats it."""
    key = access.key.strip()
    if not key and not access.more:
        raise InvalidInputError("an account needs a key")
    if len(key) > _LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise InvalidInputError("this is no key", way_out="give it as the vendor shows it, alone")
    address = access.base_url
    if address and not (_ADDRESS.fullmatch(address) and address.isprintable()):
        raise InvalidInputError(
            "this is no address of a vendor", way_out="it begins with https:// and holds no key"
        )
    parts = [part for pair in access.more.items() for part in pair]
    if len(parts) > 2 * _MOST_PARTS or any(len(part) > _LONGEST_PART for part in parts):
        raise InvalidInputError("this is more than an account has besides its key")
    return Access(key, access.base_url.rstrip("/"), dict(access.more))


def _between(values: Mapping[str, Any], name: str, least: float, most: float) -> None:
    if name in values and not least <= values[name] <= most:
        raise InvalidInputError(f"{name} is between {least:g} and {most:g}")
