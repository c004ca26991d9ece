"""Checks what comes from outside, and tells everything that is wrong with it at once."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from reelwright.ground.errors import InvalidInputError
from reelwright.services.kit import validate_required_fields

T = TypeVar("T")


def validated(kind: type[T], data: Any) -> T:
    """The data as a `kind` (a pydantic model, a dataclass, a type); raises InvalidInputError."""
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, problem['loc'])) or 'value'}: {problem['msg']}"
            for problem in error.errors(include_input=False, include_url=False)
        )
        raise InvalidInputError(problems) from None  # pydantic's own error shows the input


class ValidationMixin:
    """Validation for a service's inputs."""

    def validate(self, kind: type[T], data: Any) -> T:
        """The data as a `kind`; raises InvalidInputError naming every problem."""
        return validated(kind, data)

    def require_fields(self, data: Mapping[str, Any], required: Iterable[str]) -> None:
        """Raise InvalidInputError naming every field that is missing or blank."""
        validate_required_fields(data, required)
