"""How a command ends: its exit status, and one plain line when it failed.

0: done. 1: the machine could not (disk full, folder not writable). 2: wrong input or usage.
130: stopped by the user.
"""

import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError

from reelwright.ground.errors import Kind, ReelwrightError

_STATUS = {Kind.INVALID: 2, Kind.MISSING: 2, Kind.REFUSED: 2}


def run(app: App, arguments: Sequence[str]) -> int:
    """Run a command line; returns the exit status and lets no traceback reach the user."""
    try:
        app(list(arguments), print_error=False, exit_on_error=False)
    except CycloptsError as error:
        return _say(f"{_sentence(str(error))} (try: reelwright --help)", 2)
    except ReelwrightError as error:
        return _say(_sentence(str(error)), _STATUS.get(error.kind, 1))
    except KeyboardInterrupt:
        return _say("stopped; what is finished is kept, the same command goes on from there", 130)
    except BrokenPipeError:
        # Whoever read our output has gone; nothing we say would reach them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _say(f"{error.strerror or error}: {error.filename or 'the machine'}", 1)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 0
    return 0


def _say(message: str, status: int) -> int:
    print(f"reelwright: {message}", file=sys.stderr)
    return status


def _sentence(text: str) -> str:
    return " ".join(text.split())
