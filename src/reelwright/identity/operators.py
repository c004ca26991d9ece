"""What operators say of people: who else operates the installation, and how many accounts each may keep."""

from collections.abc import Sequence

from sqlalchemy import RowMapping, text

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.errors import ConflictError, DeniedError, InvalidInputError, MissingError
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.users import User

_MOST = 10_000
_LIST = text("SELECT * FROM operated_users(CAST(:only AS text)) ORDER BY created_at, id")
_CHANGE = text("SELECT operate_user(:id, :admin, :limited, CAST(:accounts AS integer))")


class Operators:
    """Looks after people. Only operators may; the database asks itself whether one is."""

    def __init__(self, database: Database, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit

    async def list(self, who: Principal) -> Sequence[User]:
        """All people of the installation, the first first; raises DeniedError."""
        async with self._database.transaction(who) as tx:
            return await self._seen(tx, who)

    async def change(
        self,
        who: Principal,
        user: UserId,
        *,
        admin: bool | None = None,
        max_accounts: int | None = None,
        as_set: bool = False,
    ) -> User:
        """Say whether a person operates the installation, and how many accounts they may keep.

        None leaves it; `as_set`: as many as the settings say. Who owns the installation stays an
        operator (ConflictError). Raises DeniedError, MissingError. Written to the audit trail.
        """
        if max_accounts is not None and not 0 <= max_accounts <= _MOST:
            raise InvalidInputError(f"accounts are 0 to {_MOST}")
        async with self._database.transaction(who) as tx:
            (was,) = await self._seen(tx, who, user)
            if admin is False and was.local:
                raise ConflictError("the owner of the installation stays an operator")
            new_admin = was.admin if admin is None else admin
            limited = as_set or max_accounts is not None
            accounts = max_accounts if limited else was.max_accounts
            told = {"id": user, "admin": new_admin, "limited": limited, "accounts": accounts}
            await tx.execute(_CHANGE, told)
            detail = {"admin": new_admin, "max_accounts": accounts}
            await self._audit.write(tx, who, "user:changed", user, detail)
            (now,) = await self._seen(tx, who, user)
        return now

    async def _seen(self, tx: Tx, who: Principal, only: UserId | None = None) -> Sequence[User]:
        rows = (await tx.execute(_LIST, {"only": only})).mappings().all()
        if rows:
            return [_user(row) for row in rows]
        mine = (await tx.execute(_LIST, {"only": who.user})).first()
        if mine is None:  # an operator sees at least themselves
            raise DeniedError("only an operator may", way_out="ask whoever runs this installation")
        raise MissingError("there is no such user")


def _user(row: RowMapping) -> User:
    return User(
        UserId(row["id"]),
        row["name"],
        row["email"],
        row["local"],
        row["admin"],
        row["created_at"],
        row["max_accounts"],
    )
