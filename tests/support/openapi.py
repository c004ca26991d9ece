"""Writes `docs/openapi.json`, the interface as it is committed, and the client made from it: `make openapi`."""

import json
from pathlib import Path

from dishka import make_async_container

from reelwright.app.settings import WebSettings
from reelwright.faces.web.application import create_app
from support import client_writer

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"


def written() -> str:
    """The document of the code as it is."""
    described = create_app(make_async_container(), WebSettings()).openapi()
    return json.dumps(described, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the document, and of the client what is made from it."""
    DOCUMENT.write_text(written(), encoding="utf-8")
    modules = client_writer.written(json.loads(written()))
    for folder in ("models", "calls"):
        for stale in set((client_writer.CLIENT / folder).glob("*.py")) - set(modules):
            stale.unlink()
    for path, text in modules.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
