"""What fal says when it will not or cannot, as our types: by its type of error, then by status.

fal words an error in two ways: of a model, a list of faults with a `type` and a place each; of the
platform, one sentence with an `error_type`, which also stands in a header.
"""

import json
import re
from typing import Any

from reelwright.engines.http.client import Answer, retry_after
from reelwright.engines.http.failures import shown
from reelwright.providers.complaints import Complaint, by_status
from reelwright.providers.errors import (
    OutOfCreditsError,
    ProviderError,
    RefusedError,
    UnavailableError,
    UnknownOutcomeError,
)

_PASSING = frozenset(
    """
    request_timeout startup_timeout runner_scheduling_failure runner_connection_timeout
    runner_disconnected runner_connection_refused runner_connection_error
    runner_incomplete_response runner_server_error internal_error internal_server_error
    generation_timeout downstream_service_error downstream_service_unavailable
    """.split()
)
_REFUSALS = frozenset({"content_policy_violation", "no_media_generated"})
_WORDS = frozenset({"prompt", "text", "lyrics_prompt", "negative_prompt"})
_LOCKED = re.compile(r"user is locked|exhausted balance", re.IGNORECASE)  # it has no type for this
_ADDRESS = re.compile(r"https?://[^\s'\"<>]+")
_LONGEST = 300


def complaint_of(answer: Answer) -> Complaint:
    """Read an answer that is no success; `kind` is fal's type of error, `param` what it is about."""
    body = _json(answer.body)
    detail = body.get("detail")
    kind = body.get("error_type") or answer.headers.get("x-fal-error-type") or ""
    words, param = detail, None
    if isinstance(detail, list) and detail and isinstance(detail[0], dict):
        first = detail[0]
        kind, words = kind or first.get("type") or "", first.get("msg")
        named = [part for part in first.get("loc") or () if isinstance(part, str)]
        param = next((part for part in reversed(named) if part != "body"), None)
    elif isinstance(body.get("error"), dict):  # the platform's own API
        words = body["error"].get("message")
    return Complaint(
        answer.status,
        str(kind),
        message=_presentable(words),
        param=param,
        retry_after_s=retry_after(answer),
    )


def error_of(complaint: Complaint) -> ProviderError:
    """What fal's type of error means; where it has none, what the status means."""
    said = f"fal says: {complaint.message or complaint.kind}"
    locked = complaint.status == 403 and _LOCKED.search(complaint.message)
    if locked or complaint.status == 402:
        return OutOfCreditsError(said, way_out="top the account up, or use another")
    if complaint.kind in _REFUSALS:
        stage = _stage(complaint)
        # fal may bill what was made before it was found unfit.
        return RefusedError(said, stage=stage, paid=stage == "output")
    if complaint.kind in _PASSING and complaint.status != 429:
        return UnavailableError(said)
    if complaint.kind.startswith("client_"):
        return ProviderError(said)
    return by_status(complaint, "fal")


def submit_error(answer: Answer) -> ProviderError:
    """The same for the request that may be billed.

    A gateway that gives up waiting has perhaps handed it on; only fal's own word, or a 503, which
    nobody took, says that nothing was begun.
    """
    complaint = complaint_of(answer)
    if answer.status >= 500 and answer.status != 503 and not complaint.kind:
        return UnknownOutcomeError(f"fal answered HTTP {answer.status}")
    return error_of(complaint)


def _stage(complaint: Complaint) -> str:
    if complaint.kind == "no_media_generated":
        return "output"
    in_words = complaint.param is None or complaint.param in _WORDS
    return "prompt" if in_words else "input"


def _json(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body)
    except ValueError:
        return {}  # a gateway's page
    return read if isinstance(read, dict) else {}


def _presentable(words: object) -> str:
    """One line without what signs an address."""
    text = " ".join(words.split()) if isinstance(words, str) else ""
    return _ADDRESS.sub(lambda found: shown(found.group()), text)[:_LONGEST]
