"""The console script: all commands, each imported only when it is called."""

import sys

from cyclopts import App

import reelwright
from reelwright.faces.cli.outcome import run

_COMMANDS = {
    "film": "Make the film of a screenplay, with everything an editor needs next.",
    "screenplay": "Read a screenplay and write it in another form (json, fountain, fdx, text).",
    "breakdown": "Show scenes, shots, characters and locations of a screenplay.",
    "notes": "Write a file of notes in which you overrule shots, looks, voices and sounds.",
    "conform": "Take over what an editor changed (OTIO, EDL) into the notes.",
    "cache": "Show or trim the store of finished products.",
    "settings": "Show what is set, to what and by whom; secrets stay covered.",
    "db": "Look after the database: status, upgrade, backup, restore, analyse.",
    "doctor": "Check what works on this machine, and say what to do about what does not.",
}

_SERVICE = {
    "serve": ("web", "Run the whole service in one process: Postgres, API and worker."),
    "up": ("web", "Run the API, and workers in processes of their own."),
    "api": ("web", "Run the API only; workers run elsewhere."),
    "worker": ("worker", "Run a worker: it makes what the API is asked for."),
}
"""Commands of other faces: whose they are, and what for."""


def app() -> App:
    """The command line as a tree of commands."""
    commands = App(
        name="reelwright",
        help="Turns a screenplay into a film: shots, voices, score, a cut, and the files an editor opens next.",
        version=reelwright.__version__,
        help_format="plaintext",
        suppress_keyboard_interrupt=False,
    )
    for name, purpose in _COMMANDS.items():
        commands.command(f"reelwright.faces.cli.{name}:{name}", name=name, help=purpose)
    for name, (face, purpose) in _SERVICE.items():
        commands.command(f"reelwright.faces.{face}.commands:{name}", name=name, help=purpose)
    commands.register_install_completion_command()
    return commands


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(app(), sys.argv[1:]))
