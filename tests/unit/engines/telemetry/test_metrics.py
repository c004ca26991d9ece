"""Figures: each container its own, read when they are asked for."""

import subprocess
import sys

import pytest

from reelwright.engines.telemetry.metrics import Metrics
from reelwright.engines.telemetry.settings import TraceSettings
from reelwright.engines.telemetry.traces import Traces
from reelwright.ground.errors import EnvironmentFailedError


def test_two_sets_of_figures_do_not_meet():
    one, two = Metrics(), Metrics()
    one.job_ended("film", "completed", 2.0)
    assert b'reelwright_jobs_total{kind="film",state="completed"} 1.0' in one.render()
    assert b'kind="film"' not in two.render()


def test_a_gauge_is_read_when_asked_for():
    metrics, depth = Metrics(), [3]
    metrics.gauge("reelwright_queue_depth", "Jobs that wait.", lambda: depth[0])
    assert b"reelwright_queue_depth 3.0" in metrics.render()
    depth[0] = 5
    assert b"reelwright_queue_depth 5.0" in metrics.render()


def test_what_fails_is_timed_as_well():
    metrics = Metrics()
    with pytest.raises(ZeroDivisionError), metrics.timed(metrics.requests, "GET", "/x", "500"):
        raise ZeroDivisionError
    assert b"reelwright_http_request_seconds_count" in metrics.render()


def test_traces_are_off_until_an_endpoint_is_named():
    traces = Traces()
    traces.start()
    assert traces.provider is None
    traces.stop()


def test_a_missing_exporter_is_said_with_the_way_out(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(EnvironmentFailedError, match="pip install opentelemetry-exporter-otlp"):
        Traces(TraceSettings(endpoint="http://127.0.0.1:4318")).start()


def test_importing_engines_is_cheap_where_it_can_be():
    heavy = "aiohttp, cashews, opentelemetry.sdk, redis".split(", ")
    code = (
        "import sys, reelwright.engines.cache.cache, reelwright.engines.http.client,"
        " reelwright.engines.telemetry.traces, reelwright.engines.telemetry.logs;"
        f"print([one for one in {heavy} if one in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
