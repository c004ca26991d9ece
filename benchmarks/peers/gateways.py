"""The peers' gateways, each one process that listens on loopback until its block ends."""

import http.client
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url

from benchmarks.homes import fresh_database
from benchmarks.peers.client import Target
from benchmarks.peers.installing import litellm, litellm_environment, portkey
from benchmarks.service import free_port
from reelwright.engines.database.roles import plain_dsn

MODEL = "gpt-6-luna"
CHAT = {"model": MODEL, "messages": [{"role": "user", "content": "Where does the pier lead?"}]}
_MASTER = "sk-benchmark"
_READY_S = 240.0


@contextmanager
def litellm_proxy(fake: str, folder: Path, *, database: bool) -> Iterator[Target]:
    """LiteLLM's proxy; with its database, whoever calls has a key that is kept there."""
    params = {"model": f"openai/{MODEL}", "api_base": fake, "api_key": "key-of-a-test"}
    costs = {"input_cost_per_token": 1e-7, "output_cost_per_token": 5e-7}
    told = {
        "model_list": [{"model_name": MODEL, "litellm_params": params | costs}],
        "general_settings": {"master_key": _MASTER},
    }
    config = folder / "litellm.yaml"
    config.write_text(json.dumps(told), encoding="utf-8")  # which YAML can read
    port = free_port()
    command = [str(litellm() / "litellm"), "--config", str(config), "--host", "127.0.0.1"]
    command += ["--port", str(port), "--num_workers", "1", "--telemetry", "False"]
    quiet = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_LOG": "ERROR"}
    quiet |= {"LITELLM_MODE": "PRODUCTION"}
    env = litellm_environment() | quiet
    if not database:
        with _running(command, env, port, "/health/liveliness", folder):
            yield _chat(port, _MASTER)
        return
    with fresh_database() as urls:
        env |= {"DATABASE_URL": _for_prisma(plain_dsn(urls.owner))}
        with _running(command, env, port, "/health/readiness", folder):
            yield _chat(port, _key(port))


@contextmanager
def portkey_gateway(fake: str, folder: Path) -> Iterator[Target]:
    """Portkey's gateway, which keeps nothing: each call says where it is to go."""
    port = free_port()
    command = [*portkey(), f"--port={port}"]
    with _running(command, dict(os.environ), port, "/", folder):
        where = {"x-portkey-provider": "openai", "x-portkey-custom-host": fake}
        yield _chat(port, "key-of-a-test", where)


def _chat(port: int, token: str, more: Mapping[str, str] | None = None) -> Target:
    headers = {"Authorization": f"Bearer {token}"} | dict(more or {})
    return Target(f"http://127.0.0.1:{port}/v1/chat/completions", CHAT, headers)


def _key(port: int) -> str:
    """A key of the proxy's own database."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {"Authorization": f"Bearer {_MASTER}", "Content-Type": "application/json"}
        connection.request("POST", "/key/generate", "{}", headers)
        return json.loads(connection.getresponse().read())["key"]
    finally:
        connection.close()


def _for_prisma(url: str) -> str:
    """The same server, in the way Prisma wants to be told; in a schema of its own."""
    given = make_url(url)
    host = given.query.get("host") or given.host
    more = {"schema": "litellm"} | ({"host": str(host)} if host else {})
    return given.set(host="localhost", query=more).render_as_string(hide_password=False)


@contextmanager
def _running(
    command: Sequence[str], env: Mapping[str, str], port: int, path: str, folder: Path
) -> Iterator[None]:
    """A server and whatever it starts, from its first good answer on."""
    words = folder / f"{Path(command[0]).name}.log"
    with words.open("wb") as log:
        process = subprocess.Popen(
            command, env=dict(env), cwd=folder, stdout=log, stderr=log, start_new_session=True
        )
    try:
        until = time.monotonic() + _READY_S
        while not _answers(f"http://127.0.0.1:{port}{path}"):
            if process.poll() is not None or time.monotonic() > until:
                said = words.read_text(errors="replace")[-500:]
                raise RuntimeError(f"{Path(command[0]).name} did not get ready: {said}")
            time.sleep(0.1)
        yield
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            continue


def _answers(url: str) -> bool:
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=5)
    try:
        connection.request("GET", where.path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
