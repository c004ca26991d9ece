"""A process that is gone is told from one that lives, and from its successor by the same number."""

import os
import subprocess
import sys

import pytest

from reelwright.engines.durable.homes import is_gone, own_host, process_started

pytestmark = pytest.mark.skipif(own_host() is None, reason="there is no /proc here")


def test_who_lives_is_not_gone():
    assert not is_gone(os.getpid(), process_started(os.getpid()))


def test_who_has_ended_is_gone_even_before_the_parent_looks():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    started = process_started(child.pid)
    assert not is_gone(child.pid, started)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # a zombie now
    assert is_gone(child.pid, started)
    child.communicate()
    assert is_gone(child.pid, started)


def test_a_successor_by_the_same_number_is_another():
    assert is_gone(os.getpid(), "1")


def test_nothing_is_said_of_whom_nothing_is_known():
    assert not is_gone(os.getpid(), None)
