"""Accounts of the environment: a row for each variable that holds a key, without the key."""

from collections.abc import Sequence
from datetime import datetime

from reelwright.engines.database.database import Tx
from reelwright.generation.accounts import statements
from reelwright.generation.accounts.keys import VARIABLES
from reelwright.ground.ids import AccountId
from reelwright.ground.principals import Principal


async def add_variables(tx: Tx, who: Principal, variables: Sequence[str], now: datetime) -> None:
    """Have a row for each variable, if the local owner asks; its limits and standing are kept there."""
    if variables:
        told = {"user": who.user, "workspace": who.workspace, "now": now, "names": list(variables)}
        told |= {"ids": [AccountId.new() for _ in variables]}
        told |= {"providers": [VARIABLES[one] for one in variables]}
        await tx.execute(statements.ADD_VARIABLES, told)
