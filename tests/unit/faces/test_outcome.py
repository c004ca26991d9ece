"""Every ending has its status and one plain line."""

import errno

import pytest
from cyclopts import App

from reelwright.faces.cli.outcome import run
from reelwright.ground.errors import (
    EnvironmentFailedError,
    InvalidInputError,
    Kind,
    ReelwrightError,
)


def _ending(error):
    app = App(suppress_keyboard_interrupt=False)

    @app.default
    def _command():
        raise error

    return run(app, [])


@pytest.mark.parametrize("kind", list(Kind))
def test_wrong_input_is_2_and_everything_else_1(kind, capsys):
    expected = 2 if kind in (Kind.INVALID, Kind.MISSING, Kind.REFUSED) else 1
    assert (
        _ending(type("_Error", (ReelwrightError,), {"kind": kind})("no", way_out="yes")) == expected
    )
    assert capsys.readouterr() == ("", "reelwright: no (yes)\n")


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (InvalidInputError("bad\n  name"), 2, "bad name"),
        (EnvironmentFailedError("disk", way_out="buy one"), 1, "disk (buy one)"),
        (OSError(errno.ENOSPC, "No space left on device", "/x"), 1, "No space left on device: /x"),
        (KeyboardInterrupt(), 130, "stopped"),
        (ZeroDivisionError("by zero"), 1, "ZeroDivisionError: by zero"),
        (MemoryError(), 1, "MemoryError"),
        (ValueError("no such column\n[SQL: SELECT ...]"), 1, "ValueError: no such column (REEL"),
    ],
)
def test_an_ending_is_one_line_on_standard_error(error, status, said, capfd):
    assert _ending(error) == status
    out, err = capfd.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_fault_of_ours_shows_where_when_asked(monkeypatch):
    monkeypatch.setenv("REELWRIGHT_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        _ending(ZeroDivisionError())


def test_a_done_command_is_0_and_its_own_status_is_kept():
    app = App()
    app.default(lambda: None)
    assert run(app, []) == 0
    assert _ending(SystemExit(3)) == 3


def test_an_unknown_option_is_2(capsys):
    app = App()
    app.default(lambda: None)
    assert run(app, ["--nothing"]) == 2
    assert "--nothing" in capsys.readouterr().err
