"""Commands that use the embedded Postgres, in processes that a test may kill."""

import ctypes
import json
import os
import platform
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from reelwright.engines.database.embedded.address import Address
from reelwright.engines.database.embedded.locks import is_taken
from reelwright.engines.database.embedded.place import Place

_ATTACH = """
import json, os, sys
from pathlib import Path
import psycopg
from reelwright.engines.database.embedded import EmbeddedPostgres
attachment = EmbeddedPostgres(idle_s=float(sys.argv[2]), durable=False).attach(Path(sys.argv[1]))
with psycopg.connect(attachment.url.replace("+psycopg", "")) as connection:
    [user] = connection.execute("SELECT current_user").fetchone()
print(json.dumps({"url": attachment.url, "user": user, "uid": os.getuid()}), flush=True)
sys.stdin.read()
"""


class Command:
    """Another process that attaches, says so, and stays until it is told to go or killed."""

    def __init__(self, home, *, idle_s=0.3, first="", python=sys.executable, **more):
        script = ["-c", f"{first}\n{_ATTACH}", str(home), str(idle_s)]
        self.process = subprocess.Popen(
            [python, *script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **more
        )

    def said(self):
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def kill(self):
        self.process.kill()
        self.process.communicate()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.communicate()  # its input ends, so it goes


def address(home) -> Address:
    """The running server's address."""
    found = Address.read(Place.of(home))
    assert found is not None
    return found


def sign_in(url):
    return psycopg.connect(url.replace("+psycopg", ""), connect_timeout=5)


def ask(url, statement):
    """The first value that a statement answers."""
    with sign_in(url) as connection:
        row = connection.execute(statement).fetchone()
        assert row is not None
        return row[0]


def is_alive(pid):
    """Whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def eventually(happens, within_s=20.0):
    """Wait until it is so; its last answer."""
    deadline = time.monotonic() + within_s
    while not (so := happens()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return so


def is_gone(home):
    """Whether no supervisor and no process of the server is left."""
    place = Place.of(home)
    return not is_taken(place.supervised) and not is_taken(place.served)


def kill(*pids):
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def refuse_namespaces():
    """From now on the kernel refuses this process and its children user namespaces, as Docker does.

    A seccomp filter: unshare(2) with CLONE_NEWUSER answers EPERM, everything else is allowed.
    """
    unshare = {"x86_64": 272, "aarch64": 97}[platform.machine()]
    load, equal, has, answer = 0x20, 0x15, 0x45, 0x06
    program = [
        (load, 0, 0, 0),  # the call's number
        (equal, 0, 3, unshare),
        (load, 0, 0, 16),  # its first argument
        (has, 0, 1, 0x10000000),  # CLONE_NEWUSER
        (answer, 0, 0, 0x00050000 | 1),  # EPERM
        (answer, 0, 0, 0x7FFF0000),  # allowed
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *one) for one in program))
    head = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    for words in ((38, 1, 0, 0, 0), (22, 2, head, 0, 0)):  # no new privileges; the filter
        if libc.prctl(*words):
            raise OSError(ctypes.get_errno(), "prctl")
