"""What a process of ours goes without that reads bytes of strangers: the network, new rights, our secrets.

Run as a module, with another's name, it goes without before that one loads: a process that has threads
can no longer be taken from the network.
"""

import contextlib
import ctypes
import os
import resource
import runpy
import sys
from collections.abc import Sequence
from fnmatch import fnmatchcase

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_NO_NEW_RIGHTS = 38
_ONLINE = "--online"
_THIS = "reelwright.engines.processes.confining"
_NEEDED = (
    *("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LANGUAGE", "LC_*", "LD_LIBRARY_PATH"),
    *("PYTHONPATH", "PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"),
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ESPEAK_DATA_PATH", "FONTCONFIG_*"),
)


def words_for(module: str, *, online: bool = False) -> list[str]:
    """The command that runs a module of ours confined; `online` leaves it the network."""
    # -P: no file in the user's folder may stand in for a module of ours.
    words = [sys.executable, "-P", "-m", _THIS, module]
    return [*words, _ONLINE] if online else words


def environment_for(more: Sequence[str] = ()) -> dict[str, str]:
    """What of our environment a child needs; `more` are names, or patterns of names, that it needs as well."""
    wanted = (*_NEEDED, *more)
    return {
        name: value
        for name, value in os.environ.items()
        if any(fnmatchcase(name, one) for one in wanted)
    }


def confine(*, online: bool = False) -> None:
    """Go without, from now on, as far as the system lets us: elsewhere than on Linux little of it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
        # Root does without a world of users of its own, in which it could not touch others' files.
        if not online and libc.unshare(_NEW_NET):
            libc.unshare(_NEW_USER | _NEW_NET)


if __name__ == "__main__":
    _, module, *words = sys.argv
    confine(online=_ONLINE in words)
    del sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
