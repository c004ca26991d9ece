"""An S3 server of one's own on loopback, as another machine's storage."""

import contextlib
import urllib.request

import pytest


@contextlib.contextmanager
def s3_server(bucket: str):
    """A running server with one empty bucket; gives the settings that name it, as environment."""
    server = pytest.importorskip("moto.server", reason="moto is not installed: S3 is not tested")
    running = server.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    running.start()
    try:
        host, port = running.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        put = urllib.request.Request(f"{endpoint}/{bucket}", method="PUT")  # noqa: S310  # loopback
        with urllib.request.urlopen(put):  # noqa: S310  # loopback
            pass
        yield {
            "REELWRIGHT_STORAGE__URL": f"s3://{bucket}/library",
            "REELWRIGHT_STORAGE__ENDPOINT": endpoint,
            "REELWRIGHT_STORAGE__REGION": "us-east-1",
            "REELWRIGHT_STORAGE__ACCESS_KEY": "key",
            "REELWRIGHT_STORAGE__SECRET_KEY": "secret",
            "REELWRIGHT_STORAGE__ALLOW_HTTP": "true",
        }
    finally:
        running.stop()
