"""Several equal child processes that share a pile of jobs."""

import os
import queue
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Any, Self

from reelwright.engines.processes.child import Child, ChildDiedError


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """Up to `size` children of one module; they start when there is work and end with `close`.

    `more` names what they need of our environment beyond what every child does.
    """

    def __init__(self, module: str, size: int, more: Sequence[str] = ()) -> None:
        self.size = max(1, size)
        self._module = module
        self._more = more
        self._idle: queue.SimpleQueue[Child] = queue.SimpleQueue()
        self._children: list[Child] = []
        self._lock = threading.Lock()
        self._closed = False
        self._threads = ThreadPoolExecutor(self.size, thread_name_prefix="crew")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def each(self, jobs: Iterable[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
        """Do all jobs; yield (index of the job, its answer) as they come in, first done first.

        Jobs are taken from the iterable only as fast as they are worked off. The first error ends
        it and is raised here. A job whose child died is tried once more by a new child.
        """
        waiting: dict[Future[dict[str, Any]], int] = {}
        source = enumerate(jobs)
        exhausted = False
        while waiting or not exhausted:
            while not exhausted and len(waiting) < self.size * 2:
                index, job = next(source, (-1, None))
                if job is None:
                    exhausted = True
                    break
                waiting[self._threads.submit(self._do, job)] = index
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()

    def begin(self, job: dict[str, Any]) -> Future[dict[str, Any]]:
        """Have one job done; the future ends with its answer or its error."""
        return self._threads.submit(self._do, job)

    def close(self) -> None:
        """End all children at once, also in the middle of a job."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._closed = True
            for child in self._children:
                child.close()
        self._threads.shutdown(wait=True)

    def _do(self, job: dict[str, Any]) -> dict[str, Any]:
        try:
            child = self._idle.get_nowait()
        except queue.Empty:
            child = Child(self._module, self._more)
            with self._lock:
                self._children.append(child)
                if self._closed:
                    child.close()
        try:
            try:
                return child.ask(job)
            except ChildDiedError:
                return child.ask(job)
        finally:
            self._idle.put(child)
