"""A child process that answers requests over its standard streams and dies with its parent.

The child runs one of our modules, whose `__main__` part calls `serve`. Requests and answers are
pickled dictionaries: both ends are this program, so values and errors keep their types. When the
parent dies, even by kill -9, the pipe closes and the child leaves by itself. Signals from the
terminal reach the parent only; it decides what happens to its children.
"""

import contextlib
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, BinaryIO, Self

from reelwright.engines.processes.confining import environment_for, words_for
from reelwright.ground.errors import Kind, ReelwrightError


class ChildDiedError(ReelwrightError):
    """A child process ended before it answered: killed, out of memory, or crashed in a library."""

    code = "child_died"
    kind = Kind.UNAVAILABLE


class Child:
    """One child process, started at the first question. Not for use by two threads at once.

    It goes without the network, unless it is `online`, and without our environment but what every
    program needs and `more` names.
    """

    def __init__(self, module: str, more: Sequence[str] = (), *, online: bool = False) -> None:
        self._module = module
        self._more = more
        self._online = online
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: BinaryIO | None = None
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def ask(
        self, message: dict[str, Any], heard: Callable[[Any], None] = lambda _: None
    ) -> dict[str, Any]:
        """Send a request and wait for its answer; `heard` gets what the child tells meanwhile.

        Errors the child foresaw are raised here with their own type; ChildDiedError when it is gone
        (the next question starts a new child).
        """
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump(message, process.stdin)
            process.stdin.flush()
            while "told" in (answer := pickle.load(process.stdout)):  # noqa: S301 - our own child
                heard(answer["told"])
        except (BrokenPipeError, EOFError, pickle.UnpicklingError, ValueError):
            raise ChildDiedError(self._last_words()) from None
        if "error" in answer:
            raise answer["error"]
        return answer

    def close(self) -> None:
        """End the child now, whatever it is doing. Safe to call from another thread, and twice."""
        with self._lock:
            self._closed = True
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(BrokenPipeError):
                        stream.close()
        if self._errors is not None:
            self._errors.close()
            self._errors = None

    def _running(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise ChildDiedError(f"the process {self._module} was ended")
            if self._process is None:
                self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
                self._process = subprocess.Popen(
                    words_for(self._module, online=self._online),
                    env=environment_for(self._more),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._errors,
                    start_new_session=True,
                )
            return self._process

    def _last_words(self) -> str:
        with self._lock:
            process, words = self._process, ""
            if process is not None and not self._closed:
                process.kill()
                process.wait()
            if self._errors is not None and not self._errors.closed:
                self._errors.seek(0)
                words = self._errors.read()[-2000:].decode(errors="replace").strip()
            status = process.returncode if process is not None else "unknown"
            self._end()
        tail = f": {words.splitlines()[-1]}" if words else ""
        return f"the process {self._module} ended early (status {status}){tail}"


def serve(handle: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer requests until the parent goes away. Call this from a module's `__main__` part.

    Whatever a library prints goes to standard error: standard output belongs to the answers.
    """
    serve_telling(lambda message, _: handle(message))


def serve_telling(
    handle: Callable[[dict[str, Any], Callable[[Any], None]], dict[str, Any]],
) -> None:
    """The same for work that tells how far it is: what `handle` gives its second argument is heard."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests = sys.stdin.buffer

    def send(answer: dict[str, Any]) -> None:
        pickle.dump(answer, answers)
        answers.flush()

    while True:
        try:
            message = pickle.load(requests)  # noqa: S301 - our own parent, our own pipe
        except EOFError:
            return
        try:
            answer = handle(message, lambda told: send({"told": told}))
        except Exception as error:  # noqa: BLE001 - it is raised again in the parent
            answer = {"error": _portable(error)}
        try:
            send(answer)
        except BrokenPipeError:
            return


def _portable(error: Exception) -> Exception:
    """The error itself when the parent can rebuild it, else one that tells the same."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - made on this very line
    except Exception:  # noqa: BLE001 - any failure means it cannot travel
        return ReelwrightError(f"{type(error).__name__}: {error}")
    return error
