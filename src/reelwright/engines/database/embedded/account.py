"""As whom the server's programs run. Postgres refuses root, so root's server must look or be another.

As a user: as that user. As root: in a user namespace, where files stay root's. Where namespaces are
refused: as an unprivileged number that belongs to nobody else. Then only the data directory is
given away; the programs reach it as their working directory, so no parent is opened to anybody.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reelwright.engines.database.embedded import machine
from reelwright.engines.database.embedded.trouble import failed

UNPRIVILEGED = 65520  # in a range that neither distributions nor systemd hand out
_USER = "run reelwright as an ordinary user"


@dataclass(frozen=True)
class Account:
    """Whom the programs run as: `uid` when it is another, `disguise` when root must not show."""

    disguise: tuple[str, ...] = ()
    uid: int | None = None

    def words(self, program: str, data: Path, *rest: str) -> list[str]:
        """The command line of a program for a data directory; run it with that as its folder."""
        seen = str(data) if self.uid is None else machine.own_folder()
        assert seen is not None
        return [*self.disguise, program, *rest, "-D", seen]

    def identity(self, *, building: bool = False) -> dict[str, Any]:
        """What Popen needs to become that user. Building needs one who has a name: initdb asks."""
        if self.uid is None:
            return {}
        uid = _nobody() if building else self.uid
        return {"user": uid, "group": uid, "extra_groups": []}

    def give(self, path: Path, *, building: bool = False) -> None:
        """Hand a folder with all it holds to that user."""
        if self.uid is None:
            return
        uid = _nobody() if building else self.uid
        for folder, names, files in os.walk(path):
            for name in (*names, *files):
                os.chown(os.path.join(folder, name), uid, uid, follow_symlinks=False)  # noqa: PTH118
        os.chown(path, uid, uid, follow_symlinks=False)


def choose(data: Path) -> Account:
    """The account for a data directory, which may not exist yet.

    Whoever owns the data goes on owning it; root's data are given away when namespaces are refused.
    """
    if os.geteuid() != 0:
        return Account()
    owner = data.stat().st_uid if data.exists() else 0
    disguise = machine.disguise()
    if owner == 0 and disguise is not None:
        return Account(disguise)
    if machine.own_folder() is None:
        raise failed("Postgres does not run as root here", _USER)
    account = Account(uid=owner or UNPRIVILEGED)
    try:
        subprocess.run(["/bin/sh", "-c", ":"], **account.identity(), cwd="/", check=True)
        if data.exists() and owner == 0:
            account.give(data)
    except (OSError, subprocess.SubprocessError) as error:
        raise failed(
            "Postgres does not run as root, and root may not become another", _USER
        ) from error
    return account


def _nobody() -> int:
    try:
        return pwd.getpwnam("nobody").pw_uid
    except KeyError:
        raise failed("Postgres does not run as root, and there is no user nobody", _USER) from None
