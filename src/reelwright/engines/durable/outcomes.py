"""What a step answered, as JSON that outlives the process: a value, or an error of ours."""

from collections.abc import Iterator
from typing import Any

from reelwright.ground.errors import Kind, ReelwrightError


class StepFailedError(ReelwrightError):
    """A step failed; stands in for an error that cannot be rebuilt from what is remembered.

    `code` and `kind` are the first error's.
    """

    def __init__(self, message: str, *, way_out: str | None = None, code: str, kind: Kind) -> None:
        super().__init__(message, way_out=way_out)
        self.code = code  # pyrefly: ignore[read-only]  (of this one error, not of its class)
        self.kind = kind  # pyrefly: ignore[read-only]


class WorkflowFailedError(Exception):
    """Carries a workflow's final error to the engine, which keeps `data` beside the message."""

    def __init__(self, error: ReelwrightError) -> None:
        super().__init__(error.message)
        self.code = error.code
        self.data = describe_error(error)


def foreseen(error: Exception) -> ReelwrightError:
    """The error as one of ours: itself, or a StepFailedError of kind fault that names its type.

    What an unknown error says may hold secrets, and it would be kept: only its type is told.
    """
    if isinstance(error, ReelwrightError):
        return error
    message = f"an unexpected {type(error).__name__}"
    return StepFailedError(message, code=ReelwrightError.code, kind=Kind.FAULT)


def describe_error(error: ReelwrightError) -> dict[str, Any]:
    """The error as JSON."""
    return {
        "type": type(error).__name__,
        "code": error.code,
        "kind": error.kind.value,
        "message": error.message,
        "way_out": error.way_out,
    }


def rebuild_error(data: dict[str, Any]) -> ReelwrightError:
    """The error again: of its own class when that still exists, else a StepFailedError.

    What a class keeps beside message and way out is not remembered.
    """
    for kind_of_error in _all(ReelwrightError):
        if (kind_of_error.__name__, kind_of_error.code) == (data["type"], data["code"]):
            error = kind_of_error.__new__(kind_of_error, data["message"])
            ReelwrightError.__init__(error, data["message"], way_out=data["way_out"])
            return error
    kind = Kind(data["kind"]) if data["kind"] in set(Kind) else Kind.FAULT
    return StepFailedError(data["message"], way_out=data["way_out"], code=data["code"], kind=kind)


def _all(root: type[ReelwrightError]) -> Iterator[type[ReelwrightError]]:
    for one in root.__subclasses__():
        if one is not StepFailedError:
            yield one
            yield from _all(one)
    if root is ReelwrightError:
        yield root
