"""A server that died with its supervisor comes back while somebody is attached, though nobody new comes."""

import threading
import time
from collections.abc import Callable

from reelwright.engines.database.embedded.locks import Lock
from reelwright.engines.database.embedded.place import Place
from reelwright.ground.errors import ReelwrightError

_PAUSE_S = 5.0


class Guard:
    """Sleeps in a thread until the supervisor's lock is free, then has the server brought back."""

    def __init__(self, place: Place, revive: Callable[[], object]) -> None:
        self._place = place
        self._revive = revive
        self._left = False
        threading.Thread(target=self._watch, name="embedded-postgres", daemon=True).start()

    def leave(self) -> None:
        """No more revivals. The thread sleeps on until the supervisor goes; it does nothing then."""
        self._left = True

    def _watch(self) -> None:
        while not self._left:
            try:
                with Lock(self._place.supervised) as lock:
                    lock.wait()
                if not self._left:
                    self._revive()
            except (OSError, ReelwrightError):  # the home is gone, or the disk is full
                time.sleep(_PAUSE_S)
