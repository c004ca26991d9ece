"""Telling of what nobody foresaw: to Sentry, where a DSN is set."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from typing_extensions import override

import reelwright
from reelwright.app.settings import Settings
from reelwright.services.errors import CentralizedErrorHandler, Reporter
from reelwright.services.sentry import SentryReporter


@asynccontextmanager
async def error_handler(settings: Settings) -> AsyncIterator[CentralizedErrorHandler]:
    """The error handler of a house; what is queued for Sentry is sent at the end.

    Raises EnvironmentFailedError when a DSN is set and the client is not installed.
    """
    if settings.sentry_dsn is None:
        yield CentralizedErrorHandler()
        return
    reporter = SentryReporter(
        settings.sentry_dsn,
        environment=settings.environment.value,
        release=reelwright.__version__,
    )
    records = ReportedRecords(reporter)
    logging.getLogger("reelwright").addHandler(records)
    try:
        yield CentralizedErrorHandler(reporter)
    finally:
        logging.getLogger("reelwright").removeHandler(records)
        await asyncio.to_thread(reporter.close)


class ReportedRecords(logging.Handler):
    """Hands on the errors that are logged with their traceback: faults of requests and of jobs.

    What goes through the error handler is logged without one, so nothing is reported twice.
    """

    def __init__(self, reporter: Reporter) -> None:
        super().__init__(logging.ERROR)
        self._reporter = reporter

    @override
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            incident = getattr(record, "incident", None)
            told = {"logger": record.name} | ({"incident": incident} if incident else {})
            self._reporter.report(error, told)
