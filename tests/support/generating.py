"""A running house whose vendors are fakes: what is asked, paid, lost and found again."""

from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import anyio
import httpx2

from reelwright.app.settings import Settings
from reelwright.app.start import OpenHouse, open_house
from reelwright.billing.ledger import Ledger
from reelwright.engines.database.database import Database
from reelwright.engines.storage.home import home
from reelwright.faces.web.application import create_app
from reelwright.generation.accounts.account import NewAccount
from reelwright.generation.accounts.book import AccountBook
from reelwright.generation.provider_service import ProviderService
from reelwright.jobs.service import JobService
from reelwright.jobs.states import FINAL, JobState
from reelwright.providers.contract import Access
from reelwright.providers.operations import Operation
from reelwright.testing.fakes.server import FakeVendor
from support.tenants import urls_of

_OVER = FINAL | {JobState.UNKNOWN}


@dataclass
class Stage:
    """The house, and the fakes by their vendors' names."""

    house: OpenHouse
    fakes: dict[str, FakeVendor]
    database: Any
    services: dict[type, Any] = field(default_factory=dict)

    async def get(self, kind):
        """A service of the house."""
        if kind not in self.services:
            self.services[kind] = await self.house.container.get(kind)
        return self.services[kind]

    async def account(self, vendor: str, key: str = "key-of-a-test", parts=None, **more):
        """Add an account of a vendor's fake; `parts` is what it has besides its key."""
        book = await self.get(AccountBook)
        access = Access(key, self.fakes[vendor].url, parts or {})
        return await book.add(self.house.owner, NewAccount(vendor, access, **more))

    async def ask(self, operation: Operation, request: dict, *models: str, **route):
        """Have it made; the job, not yet waited for."""
        providers = await self.get(ProviderService)
        told = {"models": list(models)} | route
        return await providers.execute_job(self.house.owner, operation, request, route=told)

    async def ended(self, job, within_s: float = 40.0):
        """The job at its end."""
        jobs = await self.get(JobService)
        with anyio.fail_after(within_s):
            while True:
                now = await jobs.get_job(self.house.owner, job.id)
                if now.state in _OVER:
                    return now
                await anyio.sleep(0.05)

    async def until(self, job, stands, within_s: float = 40.0):
        """The job's last call, when it stands as wanted."""
        with anyio.fail_after(within_s):
            while True:
                calls = await self.calls(job)
                if calls and stands(calls[-1]):
                    return calls[-1]
                await anyio.sleep(0.05)

    async def make(self, operation: Operation, request: dict, *models: str, **route):
        """Have it made and wait for the end."""
        return await self.ended(await self.ask(operation, request, *models, **route))

    async def calls(self, job):
        """All paid calls of a job."""
        return await (await self.get(ProviderService)).get_job_submissions(self.house.owner, job.id)

    @asynccontextmanager
    async def client(self):
        """A client of the web face, signed in as the owner."""
        app = create_app(self.house.container, self.house.settings.web)
        token = (home() / "token").read_text(encoding="utf-8").strip()
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app, raise_app_exceptions=False),
            base_url="http://test/api/v1",
            headers={"Authorization": f"Bearer {token}"},
        ) as opened:
            yield opened

    async def hold(self, call):
        """What became of a call's money."""
        return await (await self.get(Ledger)).get(self.house.owner, call.hold_id)


@asynccontextmanager
async def staged(url: str, **fakes: FakeVendor):
    """The house of a fresh database with a worker in it, and the fakes served."""
    with ExitStack() as stack:
        for fake in fakes.values():
            stack.enter_context(fake.served())
        urls = urls_of(url)
        database = {"url": urls.owner, "app_url": urls.app, "system_url": urls.system}
        given = {
            "home": home(),
            "database": database,
            "http": {"private": True, "read_s": 2, "attempts": 1},
            "accounts": {"cool_s": 0.3, "busy_s": 0.2},
            "jobs": {"poll_s": 0.05},
        }
        async with open_house(Settings.model_validate(given), worker=True) as house:
            yield Stage(house, fakes, await house.container.get(Database))
