"""The Fountain readers that are installed, timed in turns. As a script: text in, JSON out."""

import importlib
import io
import json
import sys
import time
from collections.abc import Callable
from typing import Any

ROUNDS = 9
Reader = Callable[[str], object]

# Every reader's module, and how it is called.
_READERS: dict[str, tuple[str, Callable[[Any, str], object]]] = {
    "reelwright": (
        "reelwright.film.screenplay.fountain",
        lambda module, text: module.read_fountain(text),
    ),
    "fountain-parser": ("fountain_parser", lambda module, text: module.parse(text)),
    "fountain-py": ("fountain", lambda module, text: module.FountainParser().parse(text)),
    "screenplain": (
        "screenplain.parsers.fountain",
        lambda module, text: list(module.parse(io.StringIO(text))),
    ),
    "jouvence": (
        "jouvence.parser",
        lambda module, text: module.JouvenceParser().parseString(text),
    ),
}


def best_times(text: str, only: str | None = None) -> dict[str, float]:
    """Seconds of CPU per installed reader: the best of several rounds, a turn for each."""
    readers = {name: reader for name, reader in _installed() if only in {None, name}}
    best = dict.fromkeys(readers, float("inf"))
    for _ in range(ROUNDS):
        for name, read in readers.items():
            before = time.process_time()
            read(text)
            best[name] = min(best[name], time.process_time() - before)
    return best


def _installed() -> list[tuple[str, Reader]]:
    found: list[tuple[str, Reader]] = []
    for name, (path, call) in _READERS.items():
        try:
            module = importlib.import_module(path)
        except ImportError:
            continue
        found.append((name, lambda text, call=call, module=module: call(module, text)))
    return found


if __name__ == "__main__":
    print(json.dumps(best_times(sys.stdin.buffer.read().decode())))
