"""A gigabyte into a film project by tus: the memory it takes, and what a kill in the middle leaves of it."""

import base64
import hashlib
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from benchmarks.homes import environment, fresh_home, opened_database
from benchmarks.service import free_port

_MB = 1024 * 1024
_BLOCKS = 1024
_SIZE = _BLOCKS * _MB
_KILLED_AFTER = 600
_TUS = {"Tus-Resumable": "1.0.0"}
_SCRIPT = "INT. HALL - DAY\n\nMARA stands in the hall.\n"


def measure() -> Iterator[Figure]:
    """One upload that runs through, then one whose process is killed -9 in the middle."""
    # Postgres stays up all the time: it is not what is measured.
    with fresh_home() as home, opened_database(home):
        with _api(home) as (process, caller):
            Path(f"/proc/{process.pid}/clear_refs").write_text("5")  # what starting took is over
            idle, begun = _peak_mb(process), time.monotonic()
            url = caller.announce()
            caller.send(url, 0)
            took, peak = time.monotonic() - begun, _peak_mb(process)
            right = caller.sha256(url) == _sha256()
        yield Figure(
            "1 GB uploaded to a film project: peak memory of the API process (RSS)",
            "under 150 MB, SHA-256 equal",
            f"{peak:.0f} MB ({idle:.0f} MB before), {_SIZE / _MB / took:.0f} MB/s, equal: {right}",
            right and peak < 150,
        )
        with _api(home) as (process, caller):
            url = caller.announce()
            caller.send(url, 0, kill=process)
        with _api(home) as (_, caller):
            offset = caller.offset(url)
            caller.send(url, offset)
            right = caller.sha256(url) == _sha256()
        yield Figure(
            "the same, the API killed -9 in the middle, and gone on with",
            "SHA-256 equal",
            f"killed after {_KILLED_AFTER} MB, gone on with at {offset / _MB:.0f} MB, equal: {right}",
            right and offset > 0,
        )


def _block(number: int) -> bytes:
    """Bytes that are nowhere the same, and no picture or clip."""
    return number.to_bytes(8, "big") * (_MB // 8)


def _sha256() -> str:
    digest = hashlib.sha256()
    for number in range(_BLOCKS):
        digest.update(_block(number))
    return digest.hexdigest()


@contextmanager
def _api(home: Path) -> Iterator[tuple[subprocess.Popen[bytes], "_Caller"]]:
    port = free_port()
    command = [sys.executable, "-m", "reelwright", "api", "--port", str(port)]
    process = subprocess.Popen(command, env=environment(home), stderr=subprocess.DEVNULL)
    try:
        yield process, _Caller(home, port)
    finally:
        process.terminate()
        process.wait(30)


def _peak_mb(process: subprocess.Popen[bytes]) -> float:
    """The most that was in memory at once, so far."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) / 1024


class _Caller:
    """Speaks to the API once it is ready."""

    def __init__(self, home: Path, port: int) -> None:
        self._port = port
        until = time.monotonic() + 150
        while not self._ready():
            if time.monotonic() > until:
                raise RuntimeError("the service did not get ready")
            time.sleep(0.1)
        token = (home / "token").read_text(encoding="utf-8").strip()
        self._signed = {"Authorization": f"Bearer {token}"}

    def announce(self) -> str:
        """Make a project, and announce a file of it; returns the upload's address."""
        body = json.dumps({"script": _SCRIPT}).encode()
        made = self._ask("POST", "/api/v1/projects", body, {"Content-Type": "application/json"})
        project = base64.b64encode(json.loads(made[1])["id"].encode()).decode()
        more = {"Upload-Length": str(_SIZE), "Upload-Metadata": f"project_id {project}"}
        return self._ask("POST", "/api/v1/uploads", b"", _TUS | more)[0]["Location"]

    def send(self, url: str, offset: int, *, kill: subprocess.Popen[bytes] | None = None) -> None:
        """Send all from `offset` on; with `kill` that process is killed on the way."""

        def body() -> Iterator[bytes]:
            at = offset
            while at < _SIZE:
                if kill and at >= _KILLED_AFTER * _MB:
                    kill.kill()
                    kill.wait()
                    return
                yield _block(at // _MB)[at % _MB :]
                at += _MB - at % _MB

        more = {"Upload-Offset": str(offset), "Content-Length": str(_SIZE - offset)}
        more["Content-Type"] = "application/offset+octet-stream"
        try:
            self._ask("PATCH", url, body(), _TUS | more)
        except (OSError, http.client.HTTPException):
            if not kill:
                raise

    def offset(self, url: str) -> int:
        """How many bytes are safe."""
        return int(self._ask("HEAD", url, b"", _TUS)[0]["Upload-Offset"])

    def sha256(self, url: str) -> str:
        """The digest of the asset that the upload became."""
        asset = json.loads(self._ask("GET", url, b"", {})[1])["asset_id"]
        return json.loads(self._ask("GET", f"/api/v1/assets/{asset}", b"", {})[1])["sha256"]

    def _ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
        try:
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def _ask(
        self, method: str, path: str, body: Any, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=300)
        try:
            connection.request(method, path, body, dict(headers) | self._signed)
            answer = connection.getresponse()
            data = answer.read()
            if answer.status >= 400:
                raise RuntimeError(f"{method} {path}: {answer.status} {data[:300]!r}")
            return answer.headers, data
        finally:
            connection.close()
