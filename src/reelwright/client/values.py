"""Values that a newer service may know more of."""

from typing import Any

from pydantic import ValidationError, ValidatorFunctionWrapHandler, WrapValidator


def _known_or_newer(value: Any, known: ValidatorFunctionWrapHandler) -> Any:
    try:
        return known(value)
    except ValidationError:
        if isinstance(value, str):
            return value
        raise


Newer = WrapValidator(_known_or_newer)
"""A text that is one of those named, or one that came later: it is taken as it is."""
