"""The local owner's token: a file that only they can read, made on first run."""

import asyncio
import contextlib
import fcntl
import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from reelwright.engines.storage.files import environment
from reelwright.ground.errors import UnauthenticatedError
from reelwright.ground.principals import Principal
from reelwright.identity.sessions import NO_DEVICE, Session, SessionService
from reelwright.identity.tokens import TokenService
from reelwright.identity.users import UserService

_NAME = "This machine"
_TURN_S = 0.02


class LocalOwner:
    """The owner of this installation, and how their own commands sign in."""

    def __init__(self, users: UserService, tokens: TokenService, sessions: SessionService) -> None:
        self._users = users
        self._tokens = tokens
        self._sessions = sessions

    async def ensure_local_token(self, home: Path) -> Principal:
        """Write the owner's token to `home/token` (0600) unless a working one stands there.

        Processes that start together take turns, so one token is made. A token that does not work
        (another database, revoked) is replaced.
        """
        owner = await self._users.local_owner()
        path = home / "token"
        async with _turn(home):
            if not await self._works(path, owner):
                _, text = await self._tokens.create(owner, _NAME)
                _write(path, text)
        return owner

    async def renew_token(self, home: Path) -> int:
        """Write a new token in place of all that machines have of the owner; returns how many ended.

        Other homes on the same database make themselves one of their own when they next start.
        """
        owner = await self._users.local_owner()
        async with _turn(home):
            old = [one for one in await self._tokens.list(owner) if one.name == _NAME]
            _, text = await self._tokens.create(owner, _NAME)
            _write(home / "token", text)
            live = [one for one in old if one.revoked_at is None]
            for one in live:  # last: whoever is killed before them has a token that works
                await self._tokens.revoke(owner, one.id)
        return len(live)

    async def sign_in(self) -> tuple[Session, str]:
        """A session of the owner, and its text: for what no token may do."""
        owner = await self._users.local_owner()
        return await self._sessions.open(owner.user, NO_DEVICE)

    async def _works(self, path: Path, owner: Principal) -> bool:
        text = _read(path)
        if text is None:
            return False
        try:
            return await self._tokens.authenticate(text) == owner
        except UnauthenticatedError:
            return False


@contextlib.asynccontextmanager
async def _turn(home: Path) -> AsyncIterator[None]:
    """Be the only one who looks after the token; waits without holding up the event loop."""
    handle = _open_lock(home)
    try:
        while not _take(handle):  # noqa: ASYNC110  # held by another process: no event here
            await asyncio.sleep(_TURN_S)
        yield
    finally:
        os.close(handle)


def _open_lock(home: Path) -> int:
    with environment(f"cannot use {home}"):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.open(home / ".token.lock", os.O_RDWR | os.O_CREAT, 0o600)


def _take(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # some disks know no locks: at worst two tokens are made, and both work
    return True


def _read(path: Path) -> str | None:
    with environment("cannot read the token"):
        try:
            text = path.read_text(encoding="utf-8")
            path.chmod(0o600)  # whoever copied it here may have been less careful
        except (FileNotFoundError, UnicodeDecodeError):
            return None
    return text


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and at no moment readable by others (mkstemp makes files 0600)."""
    with environment("cannot write the token"):
        handle, draft = tempfile.mkstemp(prefix=".token-", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(path)
        finally:
            Path(draft).unlink(missing_ok=True)
