"""Rights in files for tests, over a database."""

from typing import Any

from reelwright.ground.clock import SystemClock
from reelwright.identity.audit import AuditLog
from reelwright.identity.users import UserService
from reelwright.library.likenesses import Likenesses
from reelwright.library.rights import Rights


def likenesses_of(database, library, clock=None):
    """What is known of the people in files."""
    clock = clock or SystemClock()
    return Likenesses(database, clock, AuditLog(database, clock), library)


def rights_of(database, library, clock=None):
    """Whether files may be used."""
    likenesses = likenesses_of(database, library, clock)
    return Rights(library, likenesses, UserService(database), clock or SystemClock())


class _AllRights:
    """Everything may be used: for tests of what comes after."""

    async def require(self, who, wanted, *, cast=False): ...


ALL_RIGHTS: Any = _AllRights()
CLAIM = {
    "kind": "likeness",
    "claimant": "Ada Byron",
    "reach": "ada@example.com",
    "statement": "This is my face, and I never agreed.",
}
"""What somebody says who wants something taken down."""
