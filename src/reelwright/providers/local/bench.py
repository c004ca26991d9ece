"""Who works the orders off: a helper process of this one, with a lock so that one at a time uses the machine."""

import contextlib
import threading
from pathlib import Path

from reelwright.engines.database.embedded.locks import Lock, is_taken
from reelwright.engines.processes.child import Child, ChildDiedError
from reelwright.providers.errors import UnavailableError
from reelwright.providers.local.errors import StoppedError, told
from reelwright.providers.local.places import ERROR, OUTCOME, Place, works

MODULE = "reelwright.providers.local.atelier"
_NEEDS = (
    *("REELWRIGHT_HOME", "XDG_*", "HF_*", "TORCH*", "PYTORCH_*", "SSL_CERT_*"),
    *("CUDA_*", "NVIDIA_*", "HIP_*", "ROCR_*", "HSA_*", "MKL_*", "*_proxy", "*_PROXY"),
)


class Bench:
    """Begins orders; each is worked off once, whoever begins it and however often."""

    def __init__(self) -> None:
        # It may fetch a model, and runs on this machine's cards.
        self._child = Child(MODULE, _NEEDS, online=True)
        self._mine = threading.Lock()
        self._begun: set[Path] = set()

    def begin(self, place: Place) -> None:
        """Have it made, in its turn. Harmless when it is being made, or has ended."""
        with self._mine:
            if place.folder in self._begun:
                return
            self._begun.add(place.folder)
        # A daemon: what is not finished when this process ends is begun again by who looks at it.
        threading.Thread(target=self._work, args=(place,), name="local", daemon=True).start()

    def close(self) -> None:
        """End the helper process, whatever it is doing."""
        self._child.close()

    def _work(self, place: Place) -> None:
        try:
            with Lock(place.lock) as own, Lock(works() / "busy") as machine:
                if own.take(shared=False) and not ended(place):
                    machine.take(shared=False, wait_s=float("inf"))
                    self._make(place)
        finally:
            with self._mine:
                self._begun.discard(place.folder)

    def _make(self, place: Place) -> None:
        if place.cancelled:
            place.end(ERROR, told(StoppedError()))
            return
        try:
            self._child.ask({"folder": str(place.folder)})
        except ChildDiedError as error:
            words = "the process that made it ended early: is there enough memory?"
            with contextlib.suppress(FileNotFoundError):
                place.end(ERROR, told(UnavailableError(f"{words} ({error.message})")))


def ended(place: Place) -> bool:
    """Whether it has come to an end, good or bad."""
    return any((place.folder / name).exists() for name in (OUTCOME, ERROR))


def is_begun(place: Place) -> bool:
    """Whether some process of this machine has taken it up."""
    return is_taken(place.lock)
