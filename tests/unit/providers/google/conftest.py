"""Google's adapter beside its fake."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from reelwright.engines.http.client import Http
from reelwright.providers.contract import NOBODY, Access, Call
from reelwright.providers.google.provider import Google
from reelwright.testing.fakes.google import FakeGoogle
from support.vendors import KEY, VendorCase, open_vendor


@dataclass
class Desk:
    """An adapter, its fake, an account, and where files go."""

    google: Google
    fake: FakeGoogle
    access: Access
    folder: Path

    def call(self, model, request, **more):
        """A call of that model; `more` goes into the account."""
        return _call(model, request, self.folder, replace(self.access, more=more))

    async def sent(self, model, request, **more):
        """What the vendor was asked for it."""
        await self.google.submit(self.call(model, request, **more))
        return list(self.fake.works.values())[-1].asked


def _call(model, request, folder, access):
    rows = {one.id: one for one in Google(Http()).models()}
    return Call(rows[f"google/{model}"], request, "sub_1", folder, access)


@pytest.fixture
def call(tmp_path):
    """A call of a model that goes nowhere."""
    return lambda model, request: _call(model, request, tmp_path, NOBODY)


@pytest.fixture
def fake():
    return FakeGoogle(work_s=0)


@pytest.fixture
async def desk(fake, tmp_path):
    case = VendorCase(Google, lambda: fake, {}, access=lambda url: Access(KEY, url))
    async with open_vendor(case) as (google, _, access):
        assert isinstance(google, Google)
        yield Desk(google, fake, access, tmp_path)
