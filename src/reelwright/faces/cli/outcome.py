"""How a command ends: its exit status, and one plain line when it failed.

0: done. 1: the machine could not (disk full, folder not writable). 2: wrong input or usage.
130: stopped by the user.
"""

import io
import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError

from reelwright.ground.errors import Kind, ReelwrightError

_LONGEST = 300
_STATUS = {Kind.INVALID: 2, Kind.MISSING: 2, Kind.REFUSED: 2}


def run(app: App, arguments: Sequence[str]) -> int:
    """Run a command line; returns the exit status and lets no traceback reach the user."""
    _open_streams()
    try:
        app(list(arguments), print_error=False, exit_on_error=False)
        sys.stdout.flush()
    except CycloptsError as error:
        return _say(f"{error} (try: reelwright --help)", 2)
    except ReelwrightError as error:
        return _say(str(error), _STATUS.get(error.kind, 1))
    except KeyboardInterrupt:
        return _say("stopped; what is finished is kept, the same command goes on from there", 130)
    except BrokenPipeError:
        # Whoever read our output has gone; nothing we say would reach them.
        _drop_output()
        return 1
    except OSError as error:
        _drop_output()
        where = f": {error.filename}" if error.filename else ""
        return _say(f"{error.strerror or error}{where} (look at the disk and the rights)", 1)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 0
    except Exception as error:
        if os.environ.get("REELWRIGHT_TRACEBACK"):
            raise
        # Its first line only: what follows may hold statements and what was in them.
        first = str(error).partition("\n")[0][:_LONGEST]
        what = f"{type(error).__name__}: {first}"
        return _say(f"a fault of reelwright: {what} (REELWRIGHT_TRACEBACK=1 shows where)", 1)
    return 0


def _open_streams() -> None:
    """Give the standard streams that were closed an end, lest a file of ours takes their place.

    Output is UTF-8 in every locale: JSON must be, and scripts hold what no other encoding can say.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number: this one
        if getattr(sys, name) is None:
            stream = os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False)
            setattr(sys, name, stream)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """Let what is still unwritten go nowhere, or the interpreter would try again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message: str, status: int) -> int:
    print(f"reelwright: {' '.join(message.split())}", file=sys.stderr)
    return status
