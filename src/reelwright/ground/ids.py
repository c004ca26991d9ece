"""Ids: typed, prefixed, and sorting by the time they were given out.

`job_01k9…`: a prefix that names the kind, and 26 signs of Crockford's base 32 (48 bits of
milliseconds, 80 of chance), in lower case.
"""

import secrets
import time
from datetime import datetime
from typing import ClassVar, Self

from reelwright.ground.errors import InvalidInputError

_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 26


def _signs(number: int) -> str:
    return "".join(_SIGNS[number >> shift & 31] for shift in range(125, -1, -5))


class Id(str):
    """The id of one kind of thing; each kind is a subclass with its `prefix`."""

    __slots__ = ()

    prefix: ClassVar[str]

    @classmethod
    def new(cls) -> Self:
        """Give out a new id."""
        number = (time.time_ns() // 1_000_000 << 80) | secrets.randbits(80)
        return cls(f"{cls.prefix}_{_signs(number)}")

    @classmethod
    def earliest(cls, at: datetime) -> str:
        """Sorts before the ids given out from that moment on, and after those before it."""
        number = max(0, min(int(at.timestamp() * 1000), 2**48 - 1)) << 80
        return f"{cls.prefix}_{_signs(number)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """An id that came from outside; raises InvalidInputError if it cannot be one."""
        prefix, _, signs = text.partition("_")
        if prefix != cls.prefix or len(signs) != _LENGTH or not set(signs) <= set(_SIGNS):
            raise InvalidInputError(
                f"{text[:60]!r} is no {cls.__name__}",
                way_out=f"an id looks like {cls.prefix}_01k9…",
            )
        return cls(text)


class UserId(Id):
    """A person, or the local owner."""

    __slots__ = ()
    prefix = "usr"


class WorkspaceId(Id):
    """The tenant: a team, or one person."""

    __slots__ = ()
    prefix = "ws"


class TokenId(Id):
    """A token a program signs in with."""

    __slots__ = ()
    prefix = "tok"


class SessionId(Id):
    """One sign-in of a person, on one device."""

    __slots__ = ()
    prefix = "ses"


class InvitationId(Id):
    """A place in a workspace or a project, offered to somebody."""

    __slots__ = ()
    prefix = "inv"


class MailCodeId(Id):
    """A secret sent by mail, for one purpose."""

    __slots__ = ()
    prefix = "mlc"


class SocialAccountId(Id):
    """An account elsewhere by which a person signs in here."""

    __slots__ = ()
    prefix = "soc"


class PasskeyId(Id):
    """A key on a device of a person, by which they sign in."""

    __slots__ = ()
    prefix = "pky"


class CeremonyId(Id):
    """A sign-in under way: begun here, to be finished by the same browser."""

    __slots__ = ()
    prefix = "cer"


class SigningKeyId(Id):
    """A key that signs tokens from service to service."""

    __slots__ = ()
    prefix = "sgk"


class ProjectId(Id):
    """A screenplay on its way to a film."""

    __slots__ = ()
    prefix = "prj"


class RevisionId(Id):
    """One state of a project's script, notes and own files."""

    __slots__ = ()
    prefix = "rev"


class CommentId(Id):
    """What somebody said about a project."""

    __slots__ = ()
    prefix = "cmt"


class ShareId(Id):
    """A link by which a project is shown to anybody."""

    __slots__ = ()
    prefix = "shr"


class AssetId(Id):
    """A file in the library."""

    __slots__ = ()
    prefix = "ast"


class LikenessId(Id):
    """What somebody said of a person whom a file shows or lets hear."""

    __slots__ = ()
    prefix = "lik"


class NoticeId(Id):
    """What somebody demands about a file here: that it is taken down."""

    __slots__ = ()
    prefix = "ntc"


class TakedownId(Id):
    """What is held back in a workspace after a notice."""

    __slots__ = ()
    prefix = "tkd"


class UploadId(Id):
    """A file that is coming in pieces."""

    __slots__ = ()
    prefix = "upl"


class JobId(Id):
    """Work that was asked for."""

    __slots__ = ()
    prefix = "job"


class ProductionId(Id):
    """One making of a film from one revision."""

    __slots__ = ()
    prefix = "prd"


class BatchId(Id):
    """Some products of a production, made together."""

    __slots__ = ()
    prefix = "bat"


class SubmissionId(Id):
    """One paid call of a provider."""

    __slots__ = ()
    prefix = "sub"


class HoldId(Id):
    """Money set aside for one call of a provider."""

    __slots__ = ()
    prefix = "hold"


class LimitId(Id):
    """One setting of how much may be spent on something."""

    __slots__ = ()
    prefix = "lim"


class AuditId(Id):
    """A note of who did what."""

    __slots__ = ()
    prefix = "aud"


class AccountId(Id):
    """A key of a vendor, and what is known of it."""

    __slots__ = ()
    prefix = "acc"


class DirectorThreadId(Id):
    """A conversation with the director of a project."""

    __slots__ = ()
    prefix = "dth"


class DirectorMessageId(Id):
    """A question to the director, or an answer."""

    __slots__ = ()
    prefix = "dms"


class ThreadId(Id):
    """A conversation with models."""

    __slots__ = ()
    prefix = "thr"


class MessageId(Id):
    """One turn of a conversation."""

    __slots__ = ()
    prefix = "msg"


class ReferenceId(Id):
    """A picture pinned to a project."""

    __slots__ = ()
    prefix = "ref"


class MusicSessionId(Id):
    """Takes of music that belong together."""

    __slots__ = ()
    prefix = "mus"


class MusicTakeId(Id):
    """One take of a music session."""

    __slots__ = ()
    prefix = "take"
