"""A service's log: the standard library's, with the service's name and its context on each line."""

import logging
from typing import Any

from reelwright.services.context import current_context
from reelwright.services.redaction import redact, redact_fields

AREA = "reelwright.service"


class ServiceLogger:
    """Writes lines about one service; fields go along as data, secrets are blackened."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._log = logging.getLogger(f"{AREA}.{name}")

    def debug(self, message: str, **fields: Any) -> None:
        """Something for whoever looks closely."""
        self.write(logging.DEBUG, message, **fields)

    def info(self, message: str, **fields: Any) -> None:
        """Something that happened as it should."""
        self.write(logging.INFO, message, **fields)

    def warning(self, message: str, **fields: Any) -> None:
        """Something that went another way, and went on."""
        self.write(logging.WARNING, message, **fields)

    def error(self, message: str, **fields: Any) -> None:
        """Something that failed."""
        self.write(logging.ERROR, message, **fields)

    def write(self, level: int, message: str, **fields: Any) -> None:
        """One line at a level of the standard library's."""
        if not self._log.isEnabledFor(level):
            return
        told = redact_fields({**current_context(), "service": self.name, **fields})
        shown = " ".join(f"{k}={v}" for k, v in told.items() if k not in {"service", "trace"})
        text = redact(message) + (f" [{shown}]" if shown else "")
        if told.get("trace"):
            text += f"\n{told['trace']}"
        self._log.log(level, "%s", text, extra={"fields": told}, stacklevel=3)
