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
            include_local_variables=False,
            include_source_context=False,
            send_default_pii=False,
            max_request_body_size="never",
            before_send=_blackened,
        )
        self._scope = sentry_sdk.Scope(client=self._client)

    def report(self, error: BaseException, told: Mapping[str, Any]) -> None:
        """Queue an error for sending; returns at once."""
        scope = self._scope.fork()
        scope.set_context("reelwright", dict(told))
        scope.capture_exception(error)

    def close(self) -> None:
        """Send what is queued, for at most 2 s."""
        self._client.close(timeout=2)


def _blackened(event: Any, _hint: Any) -> Any:
    return redact_fields(event, depth=-12)  # an event nests deeper than what we log
