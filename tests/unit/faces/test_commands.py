"""The command line as a newcomer meets it: short, in order, and completed by the shell."""

import pytest

from reelwright.main import app


def shown(capsys, *words):
    app()([*words, "--help"], result_action="return_value")
    return capsys.readouterr().out


def test_help_shows_every_command_on_one_line_films_first(capsys):
    lines = [line.strip("│ ") for line in shown(capsys).splitlines()]
    words = [line.split()[0] for line in lines if line and line[0].isalpha()]
    order = ["film", "notes", "serve", "up", "api", "worker", "jobs", "doctor", "settings", "db"]
    places = [words.index(one) for one in order]
    assert places == sorted(places)
    for one in order:
        (line,) = [line for line in lines if line.startswith(f"{one} ")]
        assert line.endswith("."), line  # its purpose fits on the line


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_and_what_is_below_them(shell):
    script = app().generate_completion(shell=shell)
    for word in ("serve", "restore", "--workers", "retry"):
        assert word in script or word.removeprefix("--") in script
