"""The console script: all commands, each imported only when it is called."""

import gc
import sys

from cyclopts import App, Group

import reelwright
from reelwright.faces.cli.outcome import run

_CLI, _WEB, _WORKER = "faces.cli", "faces.web.commands", "faces.worker.commands"

_GROUPS: dict[str, dict[str, tuple[str, str]]] = {
    "Films": {
        "film": (_CLI, "Make the film of a screenplay."),
        "quote": (_CLI, "Say what a film by models would cost, before it is made."),
        "notes": (_CLI, "Write notes, in which you overrule any shot."),
        "conform": (_CLI, "Take an editor's cut (OTIO, EDL) over into the notes."),
        "breakdown": (_CLI, "Show scenes, shots, cast and places."),
        "screenplay": (_CLI, "Write a screenplay in another format."),
        "media": (_CLI, "Cut, join, mix, filter, measure plain files."),
        "make": (_CLI, "Stills, shots, moodboards, voices, worlds by words."),
        "music": (_CLI, "Clips of music, in sessions that learn what you like."),
        "analyse": (_CLI, "Have a model read a script: moods, beats, looks, ideas."),
        "write": (_CLI, "Write a script from an idea or from prose."),
        "director": (_CLI, "Ask the director about a script, and take advice over."),
        "project": (_CLI, "List projects, write one to a file, read it back."),
    },
    "Service": {
        "serve": (_WEB, "Run the whole service in one process."),
        "up": (_WEB, "Run the API, and workers beside it."),
        "api": (_WEB, "Run the API only."),
        "worker": (_WORKER, "Run a worker only."),
        "ask": (_CLI, "Ask a language model."),
        "generate": (_CLI, "Have a model make a picture, a shot or a sound."),
        "models": (_CLI, "List models, what they take and cost."),
        "costs": (_CLI, "What was spent, on what; and limits of it."),
        "accounts": (_CLI, "Keys of vendors: add, list, test, pause."),
        "jobs": (_CLI, "List, show, cancel and retry jobs."),
    },
    "House": {
        "doctor": (_CLI, "Check this machine, and say what to do."),
        "users": (_CLI, "Who operates it, and what each may have."),
        "settings": (_CLI, "Show what is set, and where it was set."),
        "db": (_CLI, "Status, upgrade, backup, restore, analysis."),
        "cache": (_CLI, "Show or trim the store of finished products."),
    },
}
"""The commands as they are shown: whose they are, and what for."""


def app() -> App:
    """The command line as a tree of commands."""
    commands = App(
        name="reelwright",
        help="Turns a screenplay into a film: shots, voices, a score, a cut, and an editor's files.",
        version=reelwright.__version__,
        help_format="plaintext",
        suppress_keyboard_interrupt=False,
    )
    for place, (title, shown) in enumerate(_GROUPS.items()):
        group = Group(title, sort_key=place)
        for order, (name, (home, purpose)) in enumerate(shown.items()):
            module = f"{home}.{name}" if home == _CLI else home
            commands.command(
                f"reelwright.{module}:{name}",
                name=name,
                help=purpose,
                group=group,
                sort_key=order,
            )
    options = Group("Options", sort_key=len(_GROUPS))
    commands.register_install_completion_command(
        help="Complete commands in this shell by tab.", group=options
    )
    for flag in ("--help", "--version"):
        commands[flag].group = options
    return commands


def main() -> None:
    """Run the command line and leave with its exit status."""
    # Loading our parts makes objects that stay: looking through them again and again was a tenth of it.
    gc.set_threshold(20_000, 20, 20)
    status = run(app(), sys.argv[1:])
    # The last collection would walk through all that was ever imported: half a second of a stop.
    gc.freeze()
    sys.exit(status)
