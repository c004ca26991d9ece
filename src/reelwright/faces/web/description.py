"""The OpenAPI document: what each operation declares, and what holds for all of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts

from reelwright.faces.web.access import Access
from reelwright.faces.web.events import EventView
from reelwright.faces.web.examples import EXAMPLES
from reelwright.faces.web.preconditions import MATCH
from reelwright.faces.web.principals import GuardedRoute
from reelwright.faces.web.problems import Problem, declared
from reelwright.faces.web.repeats import LONGEST_KEY

ABOUT = """Turns screenplays into films.

Sign in with `Authorization: Bearer <token>`, a token's text or a session's, or with the cookie that
`/auth/login` sets. All that is seen and made belongs to one workspace: that of the token, else the one
that `Reelwright-Workspace` names, else the personal one. Errors are `application/problem+json` (RFC 9457): `code` is for programs, `detail` and
`way_out` are for people. Lists come in pages: go on with `cursor` until `next` is null. A POST with an
`Idempotency-Key` that is sent again is not done again. An answer with an `ETag` is not sent again to
whoever has it (`If-None-Match`). 429 says when to come back (`Retry-After`).
"""
_TAGS = {
    "accounts": "Keys of vendors, and how they fare.",
    "assets": "Files that were made or brought, and signed URLs to their bytes.",
    "comments": "What people say of a project, a scene, a shot, a moment.",
    "costs": "What was spent, on what, by whom; and limits of it.",
    "audit": "Who did what: in a workspace, and by oneself.",
    "director": "Talking about a film, and applying what is proposed.",
    "events": "What happens, as it happens.",
    "films": "Films of projects: started, watched, delivered.",
    "generations": "Single things that models make, and the paid calls behind them.",
    "health": "Whether the process lives, and whether it can serve.",
    "jobs": "Work: asked for, watched, called off.",
    "media": "Operations on files: cutting, joining, mixing, measuring.",
    "members": "Who belongs to a workspace or a project, and who is invited.",
    "models": "The models that can be asked, and which are preferred.",
    "music": "Music for a scene, take by take.",
    "operators": "What those who run the installation say of models and people.",
    "people": "One's own name, sessions and tokens.",
    "presence": "Who is looking at a project just now.",
    "projects": "Screenplays with their notes and files, in revisions.",
    "references": "Pictures that hold a look or a face.",
    "rights": "Likenesses of people, their consent, and what is held back after a notice.",
    "scripts": "First drafts and analyses of screenplays.",
    "shares": "Links by which anybody who has them may look at a project.",
    "signing in": "Signing up, in and out.",
    "states": "What editors keep of a project, in versions.",
    "texts": "Texts by language models.",
    "threads": "Conversations with language models.",
    "uploads": "Large files, by the tus protocol.",
    "usage": "What was used of what one may.",
    "workspaces": "Places of work, each a tenant of its own.",
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key with the same request gets the same answer, for a day; with another"
    " request 422. While the first is being answered: 409.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
}
_MATCH = {
    "name": MATCH,
    "in": "header",
    "required": False,
    "description": "The `ETag` of what you mean to change: 412 when it is another by now.",
    "schema": {"type": "string"},
}
_ADDRESS = {"description": "Where it can be looked at.", "schema": {"type": "string"}}
_AFTER = {"description": "In how many seconds to come back.", "schema": {"type": "integer"}}
_VERSION = {"description": "Which state of it this is.", "schema": {"type": "string"}}
_TAG = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The `ETag` of what you have: 304 when it has not changed.",
    "schema": {"type": "string"},
}
_TOLD = (
    ("201", "Location", _ADDRESS),
    ("202", "Location", _ADDRESS),
    ("429", "Retry-After", _AFTER),
    ("503", "Retry-After", _AFTER),
)


def describe(app: FastAPI) -> dict[str, Any]:
    """The document, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _described(app)
    return app.openapi_schema


def _described(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=ABOUT,
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for model in (Problem, EventView):  # no operation's own answer: problems, and what streams
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {}) | {model.__name__: schema}
    used = set()
    asked = {name: access for name, _, _, access in guarded(app)}
    for method, path, operation in operations(document):
        used |= set(operation["tags"])
        _say(operation)
        if access := asked.get(operation["operationId"]):
            said = operation.get("description", "")
            operation["description"] = f"{said}\n\n{access.described}".strip()
        if operation.get("security"):
            _complete(method, path, operation)
            if method in {"put", "patch", "delete"} and "get" in document["paths"][path]:
                if MATCH not in {one["name"] for one in operation["parameters"]}:
                    operation["parameters"].append(_MATCH)
                operation["responses"] |= {str(one): declared(one)[one] for one in (409, 412)}
    document["tags"] = [{"name": name, "description": _TAGS[name]} for name in sorted(used)]
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    return _renamed(document, {name: _plain(name) for name in schemas})


def _plain(name: str) -> str:
    """A name that clients can be made of: two classes of one name are told apart by their modules."""
    *path, last = name.split("__")
    return (path[-1].title().replace("_", "") if path else "") + last.replace("-", "")


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """The document with its schemas under other names, and all that refers to them."""
    if isinstance(value, list):
        return [_renamed(one, names) for one in value]
    if not isinstance(value, dict):
        return value
    found = {key: _renamed(one, names) for key, one in value.items()}
    if isinstance(at := found.get("$ref"), str):
        before, _, name = at.rpartition("/")
        found["$ref"] = f"{before}/{names.get(name, name)}"
    if isinstance(parts := found.get("components"), dict):
        parts["schemas"] = {names.get(name, name): one for name, one in parts["schemas"].items()}
    return found


def guarded(app: FastAPI) -> Iterator[tuple[str, str, str, Access]]:
    """All guarded operations: their names, methods, whole paths, and what they ask."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, GuardedRoute):
            for method in sorted(context.methods or ()):
                yield route.name, method, context.path or "", route.access


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """All operations: method, path, what is said of it."""
    for path, found in document["paths"].items():
        for method, operation in found.items():
            yield method, path, operation


def _say(operation: dict[str, Any]) -> None:
    """The first line of the docstring says what it is, in place of its name in other letters."""
    first, _, more = operation.pop("description", operation["summary"]).partition("\n")
    operation["summary"] = first.rstrip()
    if more.strip():
        operation["description"] = more.strip()


def _complete(method: str, path: str, operation: dict[str, Any]) -> None:
    """What every guarded route may answer and takes, whatever it says itself."""
    responses, statuses = operation["responses"], {401, 403, 404, 429, 500}
    # FastAPI declares its own validation errors where we did not; ours are problems.
    if "application/json" in responses.get("422", {}).get("content", {}):
        statuses.add(422)
    if "{" in path:
        statuses |= {404, 422}
    if "requestBody" in operation:
        statuses |= {400, 413, 422}
    parameters = operation.setdefault("parameters", [])
    if method == "post":
        statuses |= {409, 422}
        _put(parameters, _KEY)
    if method == "get" and "application/json" in responses.get("200", {}).get("content", {}):
        _put(parameters, _TAG)
        responses["304"] = {"description": "It has not changed"}
        _tell(responses["200"], "ETag", _VERSION)
    ours = {str(status): one for status, one in declared(*statuses).items()}
    operation["responses"] = dict(sorted((responses | ours).items()))
    for status, name, what in _TOLD:
        if status in operation["responses"]:
            _tell(operation["responses"][status], name, what)
    example = EXAMPLES.get(operation["operationId"])
    if example is not None:
        operation["requestBody"]["content"]["application/json"]["example"] = example


def _tell(response: dict[str, Any], name: str, what: Mapping[str, Any]) -> None:
    """A header that an answer may bear."""
    response["headers"] = {name: what} | response.get("headers", {})


def _put(parameters: list[dict[str, Any]], one: dict[str, Any]) -> None:
    """Add a header, in place of the same one: their names are the same in small letters."""
    name = one["name"].lower()
    parameters[:] = [other for other in parameters if other["name"].lower() != name] + [one]
