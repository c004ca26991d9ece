"""Vendors that send the finished thing in their answer, and keep nothing that could be asked for later."""

from pathlib import Path

from reelwright.providers.contract import NOBODY, Access, Call, Outcome, Receipt, Status, Ticket
from reelwright.providers.errors import UnknownTicketError


class AnswersAtOnce:
    """What an adapter of such a vendor answers to all questions after `submit`.

    A crash between the answer and its being written down loses what was paid for; only a person can
    decide to pay again.
    """

    title: str

    async def poll(self, ticket: Ticket, access: Access = NOBODY) -> Status:  # noqa: ARG002  # the contract's
        raise self._nothing_kept(ticket)

    async def fetch(self, ticket: Ticket, folder: Path, access: Access = NOBODY) -> Outcome:  # noqa: ARG002  # likewise
        raise self._nothing_kept(ticket)

    async def cancel(self, ticket: Ticket, access: Access = NOBODY) -> None:
        """Nothing: when there is a ticket, it is finished."""

    def _nothing_kept(self, ticket: Ticket) -> UnknownTicketError:
        return UnknownTicketError(
            f"{self.title} answers at once and keeps nothing of {ticket.remote_id!r}",
            way_out="ask again, if it may be paid again",
        )


def receipt(call: Call, outcome: Outcome, remote_id: str = "") -> Receipt:
    """What `submit` answers; a vendor that names no id leaves our reference."""
    model = call.model
    return Receipt(
        Ticket(model.provider, model.id, remote_id or call.reference, model.operation), outcome
    )
