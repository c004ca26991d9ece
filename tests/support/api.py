"""The whole API over a Postgres, as `reelwright api` has it, asked in this process."""

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from reelwright.app.settings import Settings
from reelwright.app.start import OpenHouse, open_house
from reelwright.engines.database.database import Database
from reelwright.engines.durable.calls import DbosDurable
from reelwright.engines.durable.contract import Durable
from reelwright.faces.web.application import create_app
from reelwright.ground.principals import Activity
from reelwright.identity.sessions import NO_DEVICE, SessionService
from support.tenants import urls_of

OPEN = {"live", "ready", "sign_up", "login"} | {
    "open_share",
    "list_share_comments",
    "add_share_comment",
    "file_notice",
    "ask_for_new_password",
    "reset_password",
    "verify_email",
    "change_email",
    "list_oauth_providers",
    "ask_for_passkey",
    "sign_in_with_passkey",
}
"""The operations that ask nobody who they are."""


@dataclass
class WholeApi:
    """The app, the house it stands in, its owner's token, and the text of a session of theirs."""

    app: FastAPI
    opened: OpenHouse
    token: str
    session: str

    async def new_session(self) -> str:
        """The text of one more session of the owner's."""
        sessions = await self.opened.container.get(SessionService)
        doors = await self.opened.container.get(Database)
        async with doors.transaction(Activity.SIGN_IN) as tx:
            _, session = await sessions.begin(tx, self.opened.owner.user, NO_DEVICE)
        return session

    @asynccontextmanager
    async def client(self, token: str | None = None, **headers: str):
        """A client with the owner's token, with another one, or with none (an empty one)."""
        token = self.token if token is None else token
        if token:
            headers["Authorization"] = f"Bearer {token}"
        transport = httpx2.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://test", headers=headers, timeout=20
        ) as client:
            yield client


@asynccontextmanager
async def whole_api(database_url: str, home: Any, *, worker: bool = False, **settings: Any):
    """The service on a database, without workers unless `worker`."""
    urls = urls_of(database_url)
    given = {"url": urls.owner, "app_url": urls.app, "system_url": urls.system}
    told = Settings.model_validate({"home": home, "database": given, **settings})
    async with open_house(told, worker=worker, web=True) as opened:
        doors = await opened.container.get(Database)
        durable = await opened.container.get(Durable)
        app = create_app(opened.container, told.web, opened.checks())
        token = (home / "token").read_text(encoding="utf-8").strip()
        api = WholeApi(app, opened, token, "")
        api.session = await api.new_session()
        yield api
    await doors.dispose()
    assert isinstance(durable, DbosDurable)
    durable.close()


def routes_of(app: FastAPI) -> dict[str, Any]:
    """All routes by their names, those too that stand in no description."""
    found: list[Any] = [one.original_route for one in iter_route_contexts(app.routes)]
    return {route.name: route for route in found}


async def signed_up(client, name):
    """Somebody who has signed up, as the header that shows it."""
    given = {"email": f"{name}@example.com", "password": f"{name}'s lighthouse 7", "name": name}
    answer = await client.post("/api/v1/auth/sign-up", json=given | {"keep": "text"})
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json()['session']}"}
