"""What bodies look like, for the operations people try first."""

from typing import Any

_SCRIPT = "INT. KITCHEN - NIGHT\n\nMARA looks at the clock.\n\nMARA\nIt is late.\n"

EXAMPLES: dict[str, Any] = {
    "create_workspace": {"name": "Second unit"},
    "create_project": {"name": "The Kitchen", "script": _SCRIPT, "format": "fountain"},
    "revise_project": {"script": _SCRIPT + "\nShe waits.\n", "format": "fountain"},
    "rename_project": {"name": "The Kitchen at Night"},
    "start_film": {"options": {"size": "1280x720", "fps": "24"}},
    "create_job": {"kind": "film", "params": {}, "priority": 3, "name": "Tonight's cut"},
    "generate": {
        "operation": "image",
        "request": {"prompt": "a kitchen at night, one lamp", "width": 1280, "height": 720},
        "route": {"wish": "cheapest"},
        "take": 1,
    },
    "write_text": {"prompt": "Name three kinds of lamp.", "most": 200},
    "create_thread": {"title": "The ending", "system": "You are a patient script editor."},
    "send_message": {"text": "Does the last scene need the clock?"},
    "create_account": {"provider": "fal", "name": "Ours", "key": "...", "requests_per_minute": 60},
    "draft_script": {"text": "A bus driver finds a letter on the last night of the line."},
    "put_preference": {"model": "sketch/stills"},
}
