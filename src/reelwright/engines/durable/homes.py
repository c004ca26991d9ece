"""Where a process lives, so that others on the same machine can tell that it is gone for certain."""

from pathlib import Path

_PROC = Path("/proc")
_STATE = 0  # fields of /proc/PID/stat after the command's closing bracket
_STARTED = 19


def own_host() -> str | None:
    """This boot of this machine and this space of process ids; None where there is no /proc.

    Containers on one machine share the boot but not the process ids: the space's number tells them
    apart.
    """
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        space = (_PROC / "self/ns/pid").readlink()
    except OSError:
        return None
    return f"{boot}/{space}"


def process_started(pid: int) -> str | None:
    """When a process began, in ticks since the boot; None when there is none or it is a zombie."""
    try:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[_STATE] in "ZX" else fields[_STARTED]


def is_gone(pid: int, started: str | None) -> bool:
    """Whether the process of this host that had this id and this start no longer exists."""
    return started is not None and process_started(pid) != started
