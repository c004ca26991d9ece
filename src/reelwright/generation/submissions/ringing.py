"""Where vendors ring when a call is done: an address for each call, that nobody else can know."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func, update

from reelwright.engines.database.database import Database
from reelwright.generation.accounts.service import AccountService
from reelwright.generation.submissions.model import Submission, SubmissionState
from reelwright.generation.submissions.tables import SubmissionRow
from reelwright.ground.clock import Clock
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import AccountId, SubmissionId
from reelwright.ground.principals import Activity
from reelwright.providers.contract import Rings
from reelwright.providers.errors import BadKeyError
from reelwright.providers.roster import Vendors


@dataclass(frozen=True, slots=True)
class Bells:
    """Gives calls an address below `base_url`, signed with a key of the house."""

    key: bytes
    base_url: str | None

    def address(self, submission: Submission) -> str | None:
        """The address of a call; None where nobody outside could reach us."""
        if not self.base_url:
            return None
        path = f"hooks/{submission.provider}/{submission.id}"
        return f"{self.base_url}/{path}?sig={self.sign(submission.id)}"

    def sign(self, submission: SubmissionId) -> str:
        """What only we can have written for a call."""
        return hmac.new(self.key, f"bell:{submission}".encode(), sha256).hexdigest()[:32]


class Ringing:
    """Answers the bell: verified twice, it only has the poller look at once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vendors: Vendors,
        accounts: AccountService,
        bells: Bells,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vendors = vendors
        self._accounts = accounts
        self._bells = bells

    async def rung(
        self, provider: str, name: str, signature: str, headers: Mapping[str, str], body: bytes
    ) -> None:
        """A vendor has rung for a call. MissingError when the address is not one of ours.

        The body decides nothing: whether and how the call ended is asked of the vendor. So a ring
        that was forged, doubled or out of order can do no harm.
        """
        submission = SubmissionId.parse(name)
        if not hmac.compare_digest(signature, self._bells.sign(submission)):
            raise MissingError("there is no such address")
        vendor = self._vendors.provider(provider)
        account = await self._account(submission, provider)
        if isinstance(vendor, Rings):
            access = self._accounts.access_of(await self._accounts.find(account))
            try:
                await vendor.answer(headers, body, access, self._clock.now())
            except BadKeyError:
                raise MissingError("there is no such address") from None
        await self._look_now(submission)

    async def _account(self, submission: SubmissionId, provider: str) -> AccountId:
        async with self._database.transaction(Activity.POLL) as tx:
            row = await tx.get(SubmissionRow, submission)
            if row is None or row.provider != provider or row.account_id is None:
                raise MissingError("there is no such address")
            return AccountId(row.account_id)

    async def _look_now(self, submission: SubmissionId) -> None:
        looking = (
            update(SubmissionRow)
            .where(
                SubmissionRow.id == submission, SubmissionRow.state == SubmissionState.WAITING.value
            )
            .values(look_at=func.clock_timestamp())
        )
        async with self._database.transaction(Activity.POLL) as tx:
            await tx.execute(looking)
