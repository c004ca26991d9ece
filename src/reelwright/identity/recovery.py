"""What a letter proves: who may set a new password, and whose address an address is."""

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, InvalidInputError
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.auth_service import AuthService, SignInRefusedError, still_known
from reelwright.identity.emails import clean_email
from reelwright.identity.evenness import Evenly
from reelwright.identity.mail_codes import CodeRefusedError, MailCodes, Purpose
from reelwright.identity.newcomers import at_home, personal
from reelwright.identity.passwords import Passwords
from reelwright.identity.putting_out import clear_out
from reelwright.identity.sessions import NO_DEVICE, Device
from reelwright.identity.tables import MailCodeRow, PasskeyRow, SocialAccountRow, TokenRow, UserRow
from reelwright.identity.throttling import Throttle
from reelwright.identity.users import User, user_of

_OTHER_WAYS = {PasskeyRow: "passkey:removed", SocialAccountRow: "identity:unlinked"}
_EVEN_S = 0.25
"""Whoever asks for a password is answered after this long, whether the address is known or not."""


class RecoveryService:
    """Resets passwords, and verifies and changes addresses, by codes that are mailed."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        codes: MailCodes,
        passwords: Passwords,
        auth: AuthService,
        audit: AuditLog,
        throttle: Throttle,
    ) -> None:
        self._database = database
        self._clock = clock
        self._codes = codes
        self._passwords = passwords
        self._auth = auth
        self._audit = audit
        self._throttle = throttle

    async def ask_reset(self, email: str, device: Device = NO_DEVICE) -> None:
        """Mail a code for a new password, if somebody has the address; nobody is told whether.

        Raises RateLimitedError after too many letters, for unknown addresses as for known ones.
        """
        evenly = Evenly(_EVEN_S)
        known = email.strip().lower()
        await self._throttle.letter(known, device.address)
        wanted = select(UserRow.id).where(UserRow.email == known, UserRow.suspended_at.is_(None))
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            found = await tx.scalar(wanted)
            if found is not None:
                who = await personal(tx, UserId(found))
                await self._audit.write(tx, who, "password:asked", found, {})
                await self._codes.write(tx, who.user, who.workspace, Purpose.RESET, known)
        await evenly.wait()

    async def reset(self, code: str, password: str, device: Device = NO_DEVICE) -> None:
        """Set a new password; all sessions and codes end. Raises CodeRefusedError, PasswordRefusedError.

        A password that is refused leaves the code good. The address is proved as well. If it never
        was before, somebody else may have signed up with it: all their other ways in are closed, and
        whoever they let in is put out.
        """
        await self._throttle.code(device.address)
        # Looked at first: a wrong code must not cost us a slow hash.
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            user = await self._owner(tx, code)
        chosen = await self._passwords.choose(password, user.name, user.email)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            row = await self._codes.redeem(tx, code, Purpose.RESET)
            if row.email != await tx.scalar(_address_of(row.user_id)):
                raise CodeRefusedError
            await self._prove_address(tx, row)
            await self._auth.set_password(tx, row.user_id, chosen)
            who = await personal(tx, row.user_id)
            await self._codes.write(tx, who.user, who.workspace, Purpose.RENEWED, row.email)

    async def ask_verification(self, who: Principal) -> None:
        """Mail a code to the address of whoever asks; ConflictError if there is none, or it is proved."""
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            user = await tx.get_one(UserRow, who.user)
        if user.email is None or user.email_verified_at is not None:
            raise ConflictError("there is no address to be proved")
        await self._throttle.letter(user.email, None)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            home = await personal(tx, who.user)
            await self._codes.write(tx, who.user, home.workspace, Purpose.VERIFY, user.email)

    async def verify(self, code: str, device: Device = NO_DEVICE) -> User:
        """Whoever brings the code reads the letters of the address. Raises CodeRefusedError."""
        await self._throttle.code(device.address)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            row = await self._codes.redeem(tx, code, Purpose.VERIFY)
            proved = await tx.scalar(
                update(UserRow)
                .where(UserRow.id == row.user_id, UserRow.email == row.email)
                .values(
                    email_verified_at=func.coalesce(UserRow.email_verified_at, self._clock.now())
                )
                .returning(UserRow.id)
            )
            if proved is None:  # it was changed meanwhile
                raise CodeRefusedError
            who = await personal(tx, row.user_id)
            await self._audit.write(tx, who, "email:verified", who.user, {})
            return user_of(await tx.get_one(UserRow, who.user, populate_existing=True))

    async def ask_change(self, who: Principal, email: str, password: str) -> None:
        """Mail a code to a new address; the password says that it is they who ask.

        Whether somebody else has the address is told only to whoever reads its letters. Raises
        SignInRefusedError for a wrong password, InvalidInputError for what is no address.
        """
        email = clean_email(email)
        _, kept = await self._auth.check_password(who, password)
        await self._throttle.letter(who.user, None)
        await self._throttle.letter(email, None)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            # A password that is set meanwhile ends the code as well: one of the two is first.
            if not await still_known(tx, who.user, kept):
                raise SignInRefusedError("the password was changed meanwhile")
            if email == await tx.scalar(_address_of(who.user)):
                raise InvalidInputError("this is your address already")
            home = await at_home(tx, who)
            await self._audit.write(tx, home, "email:asked", who.user, {})
            await self._codes.write(tx, who.user, home.workspace, Purpose.CHANGE, email)

    async def change(self, code: str, device: Device = NO_DEVICE) -> User:
        """Take the new address; the old one is told. Raises CodeRefusedError, ConflictError if taken."""
        await self._throttle.code(device.address)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            row = await self._codes.redeem(tx, code, Purpose.CHANGE)
            who = await personal(tx, row.user_id)
            old = await tx.scalar(_address_of(who.user))
            await self._take_address(tx, row)
            # What was mailed to the old address must not open the account any more.
            await self._codes.end_all(tx, who.user)
            await self._audit.write(tx, who, "email:changed", who.user, {})
            if old is not None:
                await self._codes.write(tx, who.user, who.workspace, Purpose.CHANGED, old)
            return user_of(await tx.get_one(UserRow, who.user, populate_existing=True))

    async def _owner(self, tx: Tx, code: str) -> UserRow:
        """Whose code it is; it stays good."""
        row = await self._codes.find(tx, code, Purpose.RESET)
        user = await tx.get_one(UserRow, row.user_id)
        if user.suspended_at is not None or user.email != row.email:
            raise CodeRefusedError
        return user

    async def _take_address(self, tx: Tx, row: MailCodeRow) -> None:
        taking = update(UserRow).where(UserRow.id == row.user_id)
        try:
            async with tx.begin_nested():
                await tx.execute(
                    taking.values(email=row.email, email_verified_at=self._clock.now())
                )
        except IntegrityError:  # the index says so, also of two who come at once
            raise ConflictError(
                "this address belongs to somebody", way_out="take another"
            ) from None

    async def _prove_address(self, tx: Tx, row: MailCodeRow) -> None:
        new = await tx.scalar(
            update(UserRow)
            .where(UserRow.id == row.user_id, UserRow.email_verified_at.is_(None))
            .values(email_verified_at=self._clock.now())
            .returning(UserRow.id)
        )
        if new is None:
            return
        home = await personal(tx, row.user_id)
        for table, action in _OTHER_WAYS.items():
            closing = delete(table).where(table.user_id == row.user_id).returning(table.id)
            for one in (await tx.scalars(closing)).all():
                await self._audit.write(tx, home, action, one, {"by": "reset"})
        revoking = (
            update(TokenRow)
            .where(TokenRow.user_id == row.user_id, TokenRow.revoked_at.is_(None))
            .values(revoked_at=self._clock.now())
        )
        for token in (await tx.scalars(revoking.returning(TokenRow.id))).all():
            await self._audit.write(tx, home, "token:revoked", token, {"by": "reset"})
        await clear_out(tx, self._audit, row.user_id)


def _address_of(user: str) -> Select[*tuple[str | None]]:
    return select(UserRow.email).where(UserRow.id == user)
