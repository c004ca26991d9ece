"""A child process for tests: it says what it is told to say."""

import os
import time
from pathlib import Path

from reelwright.engines.processes.child import serve
from reelwright.ground.errors import InvalidInputError


def handle(message):
    if "print" in message:
        print(message["print"])
    if "fail" in message:
        raise InvalidInputError(message["fail"], way_out="try another")
    if "sleep" in message:
        time.sleep(message["sleep"])
    if "die_once" in message:
        mark = Path(f"/tmp/reelwright-echo-{os.getppid()}")  # noqa: S108 - named after the parent
        if not mark.exists():
            mark.touch()
            os._exit(9)
        mark.unlink()
    return {"said": os.getpid() if "pid" in message else message.get("say")}


if __name__ == "__main__":
    serve(handle)
