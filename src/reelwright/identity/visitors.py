"""Whoever has come in at the door: as whom, with what key, and what that key is good for."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from reelwright.ground.ids import SessionId, TokenId, UserId
from reelwright.ground.principals import Principal
from reelwright.identity.settings import IdentitySettings


class Scope(StrEnum):
    """What a token may be used for. People who have signed in may all."""

    READ = "read"  # look
    WRITE = "write"  # make and change, as far as it costs no money
    SPEND = "spend"  # call vendors
    MANAGE = "manage"  # members, keys, limits


EVERYTHING = frozenset(Scope)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who has come in. `session` is None with a token, which may only what its scopes say.

    `operator` is whoever acts in the person's place.
    """

    principal: Principal
    scopes: frozenset[Scope] = EVERYTHING
    session: SessionId | None = None
    operator: UserId | None = None


Key = tuple[TokenId | SessionId, str, str]
"""The id and the hash of the secret, and the workspace that was asked for."""


class Remembered:
    """Visitors who were let in a moment ago, so that each request does not ask the database."""

    def __init__(self, settings: IdentitySettings, now: Callable[[], datetime]) -> None:
        self._for = timedelta(seconds=settings.remember_s)
        self._most = settings.remember_at_most
        self._now = now
        self._seen: OrderedDict[Key, tuple[Visitor, datetime]] = OrderedDict()

    def find(self, key: Key) -> Visitor | None:
        """The visitor of a key that was looked up a moment ago."""
        visitor, until = self._seen.get(key, (None, None))
        return visitor if until is not None and until > self._now() else None

    def keep(self, key: Key, visitor: Visitor) -> None:
        """Remember a visitor for a few seconds."""
        self._seen[key] = (visitor, self._now() + self._for)
        self._seen.move_to_end(key)
        while len(self._seen) > self._most:
            self._seen.popitem(last=False)

    def forget(self, *, key: str | None = None, user: UserId | None = None) -> None:
        """Forget whoever came with a key, and all keys of a person."""
        for known, (visitor, _) in list(self._seen.items()):
            if known[0] == key or (user is not None and visitor.principal.user == user):
                self._seen.pop(known, None)
