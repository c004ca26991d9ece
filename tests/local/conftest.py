"""Tests of the extra `[local]`: they run where torch and diffusers are, and say so where they are not."""

import importlib.util
import os

import pytest

_NEEDED = ("torch", "diffusers", "transformers", "peft")
_MISSING = [name for name in _NEEDED if importlib.util.find_spec(name) is None]


def pytest_collection_modifyitems(items):
    """Without the extra they are left out, with the reason; `make test-local` insists on them."""
    if not _MISSING:
        return
    if os.environ.get("REELWRIGHT_WITH_LOCAL"):
        raise pytest.UsageError(f"the extra [local] is not installed: {', '.join(_MISSING)}")
    reason = f"needs the extra [local] ({', '.join(_MISSING)}): make test-local"
    for item in items:
        if "tests/local" in str(item.path):
            item.add_marker(pytest.mark.skip(reason=reason))
