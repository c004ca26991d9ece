"""The web face as one ASGI app over the services in a container."""

from collections.abc import Mapping

from dishka import AsyncContainer
from dishka.integrations.fastapi import setup_dishka
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

import reelwright
from reelwright.app.settings import WebSettings
from reelwright.faces.web import (
    accounts,
    assets,
    audit,
    auth,
    comments,
    costs,
    description,
    director,
    downloads,
    events,
    films,
    generations,
    health,
    hooks,
    jobs,
    leaving,
    letters,
    likenesses,
    limits,
    me,
    media,
    members,
    metrics,
    models,
    music,
    notices,
    oauth,
    openai_door,
    operated_people,
    operations,
    operators,
    oversight,
    own_files,
    parcels,
    passkeys,
    preferences,
    presences,
    problems,
    projects,
    quotes,
    recovery,
    reference,
    references,
    resumable,
    scripts,
    shares,
    signing_keys,
    states,
    takedowns,
    texts,
    threads,
    usage,
    workspaces,
)
from reelwright.faces.web.bounds import Bounds
from reelwright.faces.web.conditions import Conditions
from reelwright.faces.web.envelopes import Envelope
from reelwright.faces.web.rates import Rates
from reelwright.faces.web.requests import API
from reelwright.faces.web.streams import Streams

_EXPOSED = [
    *("X-Request-Id", "ETag", "Retry-After", "Location", "Content-Disposition", "Link"),
    *("RateLimit", "RateLimit-Policy", "Idempotency-Replayed"),
    *("Content-Location", "Upload-Offset", "Upload-Length", "Upload-Expires", "Tus-Resumable"),
    *("Tus-Version", "Tus-Extension", "Tus-Max-Size", "Tus-Checksum-Algorithm"),
]
_ACCEPTED = [
    *("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID"),
    *("If-Match", "If-None-Match", "Reelwright-Share-Password", "Reelwright-Workspace"),
    *("Upload-Length", "Upload-Metadata", "Upload-Offset", "Upload-Checksum", "Tus-Resumable"),
]


def create_app(
    container: AsyncContainer,
    settings: WebSettings,
    checks: Mapping[str, health.Check] | None = None,
) -> FastAPI:
    """The app. `checks` are what `/health/ready` asks, by the names of the parts.

    It starts and stops nothing: the services in the container run before it serves, and after.
    """
    app = FastAPI(
        title="reelwright",
        version=reelwright.__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation,
        telemetry={"operation_spans": False, "logs": False},
    )
    app.openapi = lambda: description.describe(app)
    app.state.settings = settings
    app.state.streams = Streams()
    app.state.writer = events.Writer()
    app.state.checks = health.Checks(checks or {})
    problems.install(app)
    for noun in (health, metrics, media, hooks, openai_door, signing_keys, letters):
        app.include_router(noun.router)
    for noun in (auth, oauth, passkeys, recovery):
        app.include_router(noun.strangers, prefix=API)
    for router in (projects.uploads, parcels.uploads, shares.door, notices.door):
        app.include_router(router, prefix=API)
    app.include_router(_api(), prefix=API)
    _wrap(app, settings)
    setup_dishka(container, app)
    # Last, and so outermost: every answer goes through it, also those of the layers below.
    secure = (settings.base_url or "").startswith("https://")
    app.add_middleware(Envelope, secure=secure)
    return app


def _operation(route: APIRoute) -> str:
    """What clients that are generated call an operation: its function's name, each there once."""
    return route.name


def _api() -> APIRouter:
    api = APIRouter()
    people = (auth, me, leaving, members, recovery, oauth, passkeys, audit)
    nouns = (workspaces, projects, films, jobs, generations, texts, threads, models, quotes)
    more = (accounts, events, references, music, assets, downloads, preferences, scripts, director)
    shared = (states, comments, presences, shares, operations, own_files, resumable, parcels)
    rights = (likenesses, takedowns, notices)
    operating = (operators, operated_people, oversight)
    for noun in (
        *people,
        *nouns,
        *more,
        *shared,
        usage,
        costs,
        limits,
        *rights,
        *operating,
        reference,
    ):
        api.include_router(noun.router)
    return api


def _wrap(app: FastAPI, settings: WebSettings) -> None:
    # What is added later lies further out: a refusal is still readable by a page of another origin.
    app.add_middleware(Conditions)
    app.add_middleware(Rates)
    app.add_middleware(Bounds)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=_ACCEPTED,
            expose_headers=_EXPOSED,
            max_age=3600,
        )
