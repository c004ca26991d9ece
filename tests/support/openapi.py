"""Writes `docs/openapi.json`, the interface as it is committed: `make openapi`."""

import json
from pathlib import Path

from dishka import make_async_container

from reelwright.app.settings import WebSettings
from reelwright.faces.web.application import create_app

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"


def written() -> str:
    """The document of the code as it is."""
    described = create_app(make_async_container(), WebSettings()).openapi()
    return json.dumps(described, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(written(), encoding="utf-8")
