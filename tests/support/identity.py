"""All that signing in takes, over a database of its own, with a clock that can be set."""

from datetime import UTC, datetime

from sqlalchemy import select

from reelwright.engines.cache.settings import CacheSettings
from reelwright.engines.events.event import Event, event_id
from reelwright.engines.events.tables import EventRow
from reelwright.engines.limits.limiter import Limiter
from reelwright.engines.limits.settings import LimitSettings
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Activity
from reelwright.identity.audit import AuditLog
from reelwright.identity.auth_service import AuthService
from reelwright.identity.invitations import INVITED, InvitationService
from reelwright.identity.letters.inviting import InvitationWriter
from reelwright.identity.letters.writing import LetterWriter
from reelwright.identity.mail_codes import LETTER, CodeKey, MailCodes
from reelwright.identity.passwords import Passwords
from reelwright.identity.plans import QuotaSettings
from reelwright.identity.quotas import Quotas
from reelwright.identity.recovery import RecoveryService
from reelwright.identity.sessions import Device, SessionService
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.site import Site
from reelwright.identity.throttling import Throttle

WORDS = "lighthouse keeper 7"
AT_HOME = Device("192.0.2.7", "a browser")


class Clock:
    def __init__(self):
        self.time = datetime(2026, 11, 30, 12, tzinfo=UTC)

    def now(self):
        return self.time


class Letterbox:
    """Keeps letters; fails as often as it is told to."""

    def __init__(self):
        self.letters = []
        self.failures = []

    async def send(self, mail):
        if self.failures:
            raise self.failures.pop()
        self.letters.append(mail)


class Desk:
    """The services, and a letterbox."""

    def __init__(self, database, limits=None, **settings):
        self.database = database
        self.clock = Clock()
        self.settings = IdentitySettings.model_validate(
            {"sign_up": "open", "remember_s": 0, **settings}
        )
        self.passwords = Passwords()
        self.audit = AuditLog(database, self.clock)
        self.sessions = SessionService(database, self.clock, self.audit, self.settings)
        limits = LimitSettings(**(limits or {}))
        self.throttle = Throttle(Limiter(limits, CacheSettings(), self.clock))
        self.key = CodeKey(b"k" * 32)
        self.codes = MailCodes(self.clock, self.settings, self.key)
        self.auth = AuthService(
            database,
            self.clock,
            self.passwords,
            self.sessions,
            self.audit,
            self.throttle,
            self.codes,
            self.settings,
        )
        self.recovery = RecoveryService(
            database,
            self.clock,
            self.codes,
            self.passwords,
            self.auth,
            self.audit,
            self.throttle,
        )
        self.box = Letterbox()
        self.site = Site("https://film.example")
        self.writer = LetterWriter(database, self.clock, self.codes, self.box, self.site)
        self.offers = InvitationService(
            database,
            self.clock,
            self.audit,
            self.throttle,
            self.key,
            self.settings,
            Quotas(database, self.clock, QuotaSettings()),
        )
        self.inviting = InvitationWriter(database, self.clock, self.key, self.box, self.site)
        self._seen = 0

    async def ada(self):
        """She has signed up, and the letter about her address is not looked at."""
        made = await self.auth.sign_up("Ada@Example.com", WORDS, "Ada", AT_HOME)
        await self.asked()
        return made

    async def who(self, signed_in):
        return (await self.sessions.admit(signed_in.token)).principal

    async def asked(self):
        """The events that ask for letters, since the last time."""
        letters = EventRow.kind.in_([LETTER, INVITED])
        wanted = select(EventRow).where(letters, EventRow.seq > self._seen)
        async with self.database.transaction(Activity.DELIVER) as tx:
            rows = list(await tx.scalars(wanted.order_by(EventRow.seq)))
        self._seen = rows[-1].seq if rows else self._seen
        return [_event(row) for row in rows]

    async def mails(self):
        """The letters that are written about what was asked since the last time."""
        before = len(self.box.letters)
        for event in await self.asked():
            writer = self.inviting if event.kind == INVITED else self.writer
            await writer.write(event)
        return self.box.letters[before:]

    async def code(self):
        """The code in the one letter that was written."""
        (letter,) = await self.mails()
        return code_in(letter)


def code_in(letter):
    return next(word.partition("#")[2] for word in letter.text.split() if "#rw_" in word)


def _event(row):
    user = UserId(row.user_id) if row.user_id else None
    return Event(
        event_id(row.seq),
        row.kind,
        row.subject,
        row.data,
        row.created_at,
        WorkspaceId(row.workspace_id),
        user,
    )
