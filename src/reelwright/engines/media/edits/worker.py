"""The process in which files are opened and worked on; a bad file can take down no more than this."""

import resource
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from reelwright.engines.media.edits.catalogue import any_operation
from reelwright.engines.media.edits.measures import TooLargeError, UnreadableError
from reelwright.engines.media.edits.measuring import measure_file
from reelwright.engines.media.edits.task import Source, Task
from reelwright.engines.processes.child import serve_telling
from reelwright.engines.storage.files import environment
from reelwright.ground.errors import ReelwrightError

_A_TENTH_S = 0.1
Tell = Callable[[float], None]


def handle(message: dict[str, Any], tell: Callable[[Any], None]) -> dict[str, Any]:
    """Do what a message asks: `measure` files, or `make` an operation; answers JSON values."""
    _bound(message)
    try:
        with environment("cannot work on this file"):
            if message["do"] == "measure":
                return {"measures": [measure_file(path) for path in message["paths"]]}
            return make(message, _seldom(tell))
    except MemoryError:
        raise TooLargeError(
            "this needs more memory than one operation may have", way_out="try a smaller size"
        ) from None
    except ReelwrightError:
        raise
    except Exception as error:
        raise UnreadableError(
            f"this could not be worked on: {type(error).__name__}: {error}"[:300],
            way_out="the file may be damaged: try another",
        ) from error


def make(message: dict[str, Any], tell: Tell) -> dict[str, Any]:
    """Do an operation; answers what it says of itself, and of a file that was made its measures."""
    one = any_operation(message["operation"])
    params = one.read(message["params"])
    sources = [Source(path, measure_file(path)) for path in message["paths"]]
    one.check(params, [source.measures for source in sources])
    form = params.form([source.measures for source in sources])
    target = message["folder"] / f"made{form.suffix}" if form else None
    place = one.does[sources[0].measures.medium]
    said = do(place, Task(sources, params, target, form, tell)) or {}
    if target is None or form is None:
        return {"result": said}
    facts = measure_file(target).written() | said
    return {"path": target, "media_type": form.media_type, "facts": facts}


def do(place: str, task: Task) -> dict[str, Any] | None:
    """Call the function of a place (`module:function`, beside this file)."""
    module, _, function = place.partition(":")
    home = import_module(f"reelwright.engines.media.edits.{module}")
    return getattr(home, function)(task)


def _bound(message: dict[str, Any]) -> None:
    """Take no more memory and time of processors, and write no larger a file, than allowed."""
    for limit, most in (
        (resource.RLIMIT_AS, "memory"),
        (resource.RLIMIT_FSIZE, "file_size"),
        (resource.RLIMIT_CPU, "cpu_s"),
    ):
        if message.get(most):
            _, hard = resource.getrlimit(limit)
            wanted = message[most] if hard == resource.RLIM_INFINITY else min(hard, message[most])
            resource.setrlimit(limit, (wanted, hard))


def _seldom(tell: Callable[[Any], None]) -> Tell:
    last = [0.0]

    def seldom(fraction: float) -> None:
        now = time.monotonic()
        if now - last[0] >= _A_TENTH_S:
            last[0] = now
            tell(fraction)

    return seldom


if __name__ == "__main__":
    serve_telling(handle)
