"""Unforeseen errors, reported to Sentry: the optional extra `reelwright[sentry]`."""

from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

from reelwright.ground.errors import EnvironmentFailedError
from reelwright.services.redaction import redact_fields


class SentryReporter:
    """Hands errors to one Sentry project through a client of its own; nothing is patched globally.

    Local variables, request bodies and user data are never sent.
    """

    def __init__(
        self, dsn: SecretStr, *, environment: str, release: str, transport: Any = None
    ) -> None:
        try:
            import sentry_sdk  # noqa: PLC0415 - an optional extra
            from sentry_sdk.utils import event_from_exception  # noqa: PLC0415 - likewise
        except ModuleNotFoundError as error:
            raise EnvironmentFailedError(
                "Sentry is configured, but its client is not installed",
                way_out="pip install 'reelwright[sentry]', or take the DSN out of the settings",
            ) from error
        self._client = sentry_sdk.Client(
            dsn=dsn.get_secret_value(),
            environment=environment,
            release=release,
            transport=transport,
            default_integrations=False,
            data_collection={
                "user_info": False,
                "http_bodies": [],
                "stack_frame_variables": False,
                "frame_context_lines": 0,
            },
            include_source_context=False,
            include_local_variables=False,
            before_send=_blackened,
        )
        self._read = event_from_exception

    def report(self, error: BaseException, told: Mapping[str, Any]) -> None:
        """Queue an error for sending; returns at once."""
        event, hint = self._read(error, client_options=self._client.options)
        event["contexts"] = {"reelwright": dict(told)}
        self._client.capture_event(event, hint)

    def close(self) -> None:
        """Send what is queued, for at most 2 s."""
        self._client.close(timeout=2)


def _blackened(event: Any, _hint: Any) -> Any:
    return redact_fields(event, depth=-12)  # an event nests deeper than what we log
