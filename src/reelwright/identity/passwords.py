"""Passwords: hashed with Argon2id, slow on purpose, so a few at a time and never on the event loop.

Parameters are OWASP's (19 MiB, two passes, one lane): about 20 ms and 19 MiB each. Hashes of bcrypt
are read and, once their password is known, renewed.
"""

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TypeVar

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

from reelwright.ground.errors import InvalidInputError

T = TypeVar("T")

SHORTEST, LONGEST = 8, 256
_BCRYPT_BYTES = 72
_KIB = 19 * 1024
_GUESSED = 72  # signs; more take the guesser long and make no password weaker
_STRONG = 2  # of 0 to 4: more than a million guesses


class PasswordRefusedError(InvalidInputError):
    """This is no password to be used."""

    code = "password_refused"


class Passwords:
    """Hashes and checks passwords, as many at once as there are cores."""

    def __init__(self, *, at_once: int | None = None) -> None:
        fast = Argon2Hasher(time_cost=2, memory_cost=_KIB, parallelism=1)
        self._hash = PasswordHash((fast, BcryptHasher()))
        self.at_once = at_once or max(1, (os.cpu_count() or 2) // 2)
        self._pool = ThreadPoolExecutor(
            self.at_once, thread_name_prefix="passwords", initializer=_stand_back
        )

    async def choose(self, password: str, *own: str | None) -> str:
        """The hash to be kept of a password somebody chooses; `own` are words of theirs, as their name.

        Raises PasswordRefusedError for what is guessed first.
        """
        words = [word for one in own if one for word in (one, *one.split("@"))]
        await self._run(lambda: _check(password, words))
        return await self.hash(password)

    async def hash(self, password: str) -> str:
        """The hash to be kept of a password."""
        return await self._run(lambda: self._hash.hash(password))

    async def verify(self, password: str, kept: str | None) -> tuple[bool, str | None]:
        """Whether it is the password, and the hash to be kept instead if the kept one is of an old kind.

        Without a hash (there is no such person, or they have no password) one is checked all the same.
        A hash of bcrypt takes longer than ours: whoever must not tell that waits for both.
        """
        return await self._run(lambda: self._verify(password, kept))

    def close(self) -> None:
        """End the threads; what is being hashed is left."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    @cached_property
    def _nobodys(self) -> str:
        """Made when it is first needed: most processes never check a password."""
        return self._hash.hash("nobody signs in with this")

    def _verify(self, password: str, kept: str | None) -> tuple[bool, str | None]:
        if len(password) > LONGEST:
            password, kept = "", None
        if kept is None:
            self._hash.verify(password, self._nobodys)
            return False, None
        if BcryptHasher.identify(kept):
            # More was never looked at by the hash, and the library refuses it.
            short = password.encode()[:_BCRYPT_BYTES]
            same = self._hash.verify(short, kept)
            return same, self._hash.hash(password) if same else None
        try:
            return self._hash.verify_and_update(password, kept)
        except UnknownHashError:
            return False, None

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)


def _stand_back() -> None:
    """Let this thread run when nobody else wants to: many who sign in at once hold up nobody else."""
    if sys.platform == "linux":  # elsewhere it would be the whole process
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


def _check(password: str, own: Sequence[str]) -> None:
    """Length and guesses count, kinds of signs do not (NIST SP 800-63B)."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordRefusedError(
            f"a password has {SHORTEST} to {LONGEST} signs", way_out="some words make a good one"
        )
    # Its dictionaries take a tenth of a second to load: only whoever chooses a password waits.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    if zxcvbn(password[:_GUESSED], list(own))["score"] < _STRONG:
        raise PasswordRefusedError(
            "this password is among the first that are tried", way_out="choose another, or longer"
        )
