"""A served house as a process: it stops soon and in order, and says when its database is gone."""

import os
import signal
import time
from pathlib import Path

import httpx2
import pytest

from support.service import Listener, Service, postmaster


@pytest.fixture
def served(tmp_path):
    with Service(tmp_path / "home") as service:
        process = service.api("serve")
        yield service, process


def readiness(service):
    answer = httpx2.get(f"{service.base}/health/ready", timeout=10, trust_env=False)
    return answer.status_code, answer.json()["parts"]


def wait_for(service, status, within=40):
    until = time.monotonic() + within
    while (found := readiness(service))[0] != status:
        assert time.monotonic() < until, found
        time.sleep(0.1)
    return found[1]


def parent(pid):
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.split("PPid:")[1].split()[0])


def test_a_lost_database_is_told_and_a_stop_takes_few_seconds_with_open_streams(served):
    service, process = served
    assert set(wait_for(service, 200)) == {"database", "storage", "events", "worker"}

    server = postmaster(service.home)
    supervisor = parent(server)
    os.kill(supervisor, signal.SIGSTOP)  # it would bring the server back before anyone looks
    try:
        os.kill(server, signal.SIGKILL)
        assert wait_for(service, 503)["database"] != "works"
    finally:
        os.kill(supervisor, signal.SIGCONT)
    assert set(wait_for(service, 200).values()) == {"works"}

    listeners = [Listener(service) for _ in range(3)]
    for listener in listeners:
        listener.start()
        assert listener.listening.wait(20)
    begun = time.monotonic()
    process.terminate()
    assert process.wait(20) == 0
    assert time.monotonic() - begun < 5
    for listener in listeners:
        listener.stop()


def test_a_start_and_a_stop_say_one_line_and_a_second_signal_ends_at_once(served):
    service, process = served
    assert readiness(service)[0] == 200
    process.terminate()
    assert process.wait(20) == 0
    (log,) = service._logs.glob("*-serve.log")
    (line,) = log.read_text(encoding="utf-8").splitlines()
    assert line.startswith("reelwright serves at http://127.0.0.1:")

    process = service.api("serve")
    process.terminate()
    time.sleep(0.05)
    process.terminate()
    assert process.wait(20) == -signal.SIGTERM
