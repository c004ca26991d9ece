"""What differs between Linux and macOS. No other file of the embedded Postgres asks where it runs."""

import functools
import os
import subprocess
import sys
from pathlib import Path

from reelwright.engines.database.embedded.trouble import failed

LINUX = sys.platform.startswith("linux")
SHORT = Path("/tmp")  # noqa: S108 - short enough for a socket; what we make in it is checked


def require_supported(system: str = os.name) -> None:
    """Raise EnvironmentFailedError on a system that has no Unix sockets, locks and signals."""
    if system != "posix":
        raise failed(
            "the embedded Postgres runs on Linux and macOS only",
            "run reelwright inside WSL2 (https://learn.microsoft.com/windows/wsl/install)",
        )


@functools.cache
def disguise() -> tuple[str, ...] | None:
    """The words before a command that root's Postgres needs to believe it is not root.

    Inside a user namespace the process sees itself as nobody, and files stay root's. None where
    namespaces are refused (Docker's default, hardened kernels) or unknown (macOS).
    """
    words = ("unshare", "-U")
    try:
        tried = subprocess.run([*words, "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return words if tried.returncode == 0 else None


def own_folder() -> str | None:
    """A path by which a process reaches its working directory though it may not pass the parents."""
    return "/proc/self/cwd" if LINUX and Path("/proc/self/cwd").exists() else None


def is_postgres(pid: int, data: Path) -> bool:
    """Whether the process is a Postgres of this data directory: never signal a stranger."""
    try:
        if LINUX:
            return Path(f"/proc/{pid}/cwd").samefile(data)
        shown = subprocess.run(
            ["/bin/ps", "-o", "command=", "-p", str(pid)],
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return str(data) in shown.stdout


def holders(lock: Path) -> int | None:
    """How many hold a lock on the file; None where the system does not tell."""
    try:
        found, inode = Path("/proc/locks").read_text(encoding="ascii"), lock.stat().st_ino
    except OSError:
        return None
    return sum(
        line.split()[5].endswith(f":{inode}")
        for line in found.splitlines()
        if "FLOCK" in line and "->" not in line
    )
