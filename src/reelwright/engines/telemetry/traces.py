"""Traces by OpenTelemetry: off, and not even imported, unless an endpoint is named."""

from importlib import import_module
from typing import Any

from reelwright.engines.telemetry.settings import TraceSettings
from reelwright.ground.errors import EnvironmentFailedError


class Traces:
    """Sends spans of requests and statements to an OTLP endpoint while it is started."""

    def __init__(self, settings: TraceSettings | None = None) -> None:
        self._settings = settings or TraceSettings()
        self.provider: Any = None

    def start(self) -> None:
        """Begin, before the first connection is made; nothing without an endpoint.

        Raises EnvironmentFailedError when the exporter is not installed. Statements are written
        with placeholders: their values are in no span.
        """
        if self._settings.endpoint is None or self.provider is not None:
            return
        exporter = _exporter(self._settings.endpoint)
        from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
        from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased  # noqa: PLC0415

        self.provider = TracerProvider(
            resource=Resource.create({"service.name": self._settings.service}),
            sampler=ParentBased(TraceIdRatioBased(self._settings.sample)),
        )
        self.provider.add_span_processor(BatchSpanProcessor(exporter))
        PsycopgInstrumentor().instrument(tracer_provider=self.provider)

    def stop(self) -> None:
        """Send what is left, and end."""
        if self.provider is None:
            return
        from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor  # noqa: PLC0415

        PsycopgInstrumentor().uninstrument()
        self.provider.shutdown()
        self.provider = None


def _exporter(endpoint: str) -> Any:
    try:
        exporters = import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    except ImportError as error:
        raise EnvironmentFailedError(
            "traces are to be sent, but the exporter is not installed",
            way_out="pip install opentelemetry-exporter-otlp-proto-http",
        ) from error
    return exporters.OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
