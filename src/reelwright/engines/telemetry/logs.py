"""Logs as data: one line an event, with request and job, without secrets; the library's logs too."""

import logging
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, TextIO

import structlog

from reelwright.engines.telemetry.settings import LogSettings
from reelwright.services.redaction import redact, redact_fields

_OWN = "_reelwright_handler"
# These write whole URLs, with whatever is in their query, at `info`.
_QUIET = ("aiohttp", "httpx2", "httpcore2", "httpx", "httpcore", "asyncio", "urllib3", "botocore")
_TALKATIVE = ("alembic", "dbos")  # each step they take, at `info`
_OWN_HANDLERS = ("dbos",)  # give themselves one that writes to the console, unless there is any


def configure(settings: LogSettings | None = None, stream: TextIO | None = None) -> None:
    """Set up the process's logs; once at its start, again to change them."""
    settings = settings or LogSettings()
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, without_secrets]
    if settings.format == "json":
        last.insert(1, structlog.processors.format_exc_info)
        last.append(structlog.processors.JSONRenderer(default=str))
    else:
        last.insert(1, structlog.processors.format_exc_info)
        last.append(structlog.dev.ConsoleRenderer(colors=(stream or sys.stderr).isatty()))
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=[*shared, _fields], processors=last)
    )
    setattr(handler, _OWN, True)
    root = logging.getLogger()
    for old in [one for one in root.handlers if hasattr(one, _OWN)]:
        root.removeHandler(old)
    root.addHandler(handler)
    _set_levels(settings)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


@contextmanager
def bound(**names: str | None) -> Iterator[None]:
    """Name the request, the job and the like on every line written inside; None names nothing.

    `with bound(request_id=…, job_id=…):`; tasks begun inside inherit it.
    """
    with structlog.contextvars.bound_contextvars(**{k: v for k, v in names.items() if v}):
        yield


def without_secrets(
    _logger: Any, _method: str, told: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The last word on each line: what looks like a secret, by name or by form, is blackened."""
    clean = redact_fields({k: v for k, v in told.items() if k not in {"event", "exception"}})
    for name in ("event", "exception"):
        if name in told:
            clean[name] = redact(str(told[name]))
    return clean


def _fields(_logger: Any, _method: str, told: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The data a record of the standard library brings as `extra={"fields": …}`."""
    record = told.get("_record")
    fields = getattr(record, "fields", None)
    if isinstance(fields, dict):
        for name, value in fields.items():
            told.setdefault(name, value)
    return told


def _set_levels(settings: LogSettings) -> None:
    root = logging.getLogger()
    root.setLevel(settings.level.value.upper())
    for name in (*_QUIET, *_TALKATIVE):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _OWN_HANDLERS:
        logging.getLogger(name).handlers[:] = [logging.NullHandler()]
        logging.getLogger(name).propagate = True
    for area, level in settings.levels.items():
        logging.getLogger(_logger_name(area)).setLevel(level.value.upper())


def _logger_name(area: str) -> str:
    """An area of ours by its short name, else the name itself."""
    ours = f"reelwright.{area}"
    try:
        known = find_spec(ours) is not None
    except (ImportError, ValueError):
        known = False
    return ours if known else area
