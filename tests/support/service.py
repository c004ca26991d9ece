"""A running service as its users and operators have it: processes, a token, HTTP, an event stream."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from support.homes import furnish


class Service:
    """The processes on one home. Everything still running is killed at the end."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self._environment = os.environ | {"REELWRIGHT_HOME": str(home)} | environment
        self._logs = home.parent / f"{home.name}-logs"
        self._logs.mkdir(parents=True, exist_ok=True)
        self._running: list[subprocess.Popen[bytes]] = []
        self.base = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self._running:
            kill(process)

    def start(self, *arguments: str, ready: str, within: float = 60) -> subprocess.Popen[bytes]:
        """Start a command and wait until it says `ready` on standard error."""
        furnish(self.home, arguments[0])
        log = self._logs / f"{len(self._running)}-{arguments[0]}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-W", "error", "-m", "reelwright", *arguments],
                env=self._environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self._running.append(process)
        until = time.monotonic() + within
        while ready not in log.read_text():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.05)
        return process

    def api(self, command: str = "api", port: int = 0) -> subprocess.Popen[bytes]:
        """Start a command that serves HTTP, on a free port unless one is named."""
        process = self.start(command, "--port", str(port), ready="serves at")
        log = self._logs / f"{len(self._running) - 1}-{command}.log"
        self.base = log.read_text().split("serves at ")[1].split()[0]
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        """Start a worker."""
        return self.start("worker", ready="working")

    @property
    def token(self) -> str:
        return (self.home / "token").read_text().strip()

    def call(self, method: str, path: str, body: object = None, *, patience: float = 30):
        """One request; tried again while the service is away, as a script would."""
        until = time.monotonic() + patience
        while True:
            try:
                with self._open(method, path, body, timeout=10) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                if error.code < 500 or time.monotonic() > until:
                    raise AssertionError(f"{error.code} {error.read().decode()}") from error
            except OSError:
                if time.monotonic() > until:
                    raise
            time.sleep(0.1)

    def ask(self, method: str, path: str, body: object = None, **headers: str):
        """One request, once: the status and what came, also when it is a problem."""
        try:
            with self._open(method, path, body, timeout=30, **headers) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def send(self, method: str, path: str, *parts: tuple[str, str, bytes]):
        """A form of files, each (part, file name, content), as a browser sends it."""
        edge = b"--an-edge-that-no-file-has"
        form = b"".join(
            b'%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n%s\r\n'
            % (edge, part.encode(), name.encode(), content)
            for part, name, content in parts
        )
        kind = f"multipart/form-data; boundary={edge[2:].decode()}"
        return self.ask(method, path, form + edge + b"--\r\n", Content_Type=kind)

    def fetch(self, url: str) -> bytes:
        """Read a signed URL, as anyone may."""
        whole = url if "://" in url else self.base + url  # of a bucket, or of our own
        with urllib.request.urlopen(whole, timeout=30) as answer:  # noqa: S310 - ours
            return answer.read()

    def _open(self, method: str, path: str, body: object, *, timeout: float, **headers: str):
        plain = body is None or isinstance(body, bytes)
        data = body if plain else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data=data, method=method)  # noqa: S310 - ours
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Content-Type", "application/json")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        return urllib.request.urlopen(request, timeout=timeout)  # noqa: S310 - ours

    def wait_for(self, job_id: str, *states: str, within: float = 300) -> dict:
        """Follow a job until it is in one of the states (any end, if none is named)."""
        states = states or ("completed", "failed", "cancelled")
        until = time.monotonic() + within
        while True:
            job = self.call("GET", f"/api/v1/jobs/{job_id}")
            if job["state"] in states:
                return job
            assert time.monotonic() < until, job
            time.sleep(0.1)


class Listener(threading.Thread):
    """Follows the event stream, coming back with the last id it has seen, as a browser does."""

    def __init__(self, service: Service) -> None:
        super().__init__(daemon=True)
        self._service = service
        self._ended = threading.Event()
        self.events: list[dict] = []
        self.ids: list[str] = []
        self._last: str | None = None  # also of a stream's first bytes, which are no event
        self.returns = 0
        self.listening = threading.Event()

    def stop(self) -> None:
        self._ended.set()
        self.join(20)

    def run(self) -> None:
        while not self._ended.is_set():
            with contextlib.suppress(OSError):
                self._follow()
            self.returns += 1
            self._ended.wait(0.1)

    def _follow(self) -> None:
        seen = {"Last_Event_ID": self._last} if self._last else {}
        stream = self._service._open("GET", "/api/v1/events", None, timeout=2, **seen)
        with stream:
            self.listening.set()
            for line in stream:
                if self._ended.is_set():
                    return
                name, _, value = line.decode().strip().partition(": ")
                if name == "id":
                    self._last = value
                elif name == "data":
                    self.ids.append(self._last or "")
                    self.events.append(json.loads(value))


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill -9 a process with all its children that are in its session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def postmaster(home: Path) -> int:
    """The process id of the embedded Postgres of a home."""
    (found,) = home.rglob("postmaster.pid")
    return int(found.read_text().split()[0])
