"""Letters over SMTP: a connection each, in a thread, with certificates checked."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, parseaddr

import truststore
from typing_extensions import override

from reelwright.engines.mail.contract import Mail, MailDelayedError, Mailer, MailRefusedError
from reelwright.engines.mail.settings import MailSettings
from reelwright.ground.transactions import forbid_in_transaction

_NEVER = 500
"""From here on an SMTP status is final."""


class SmtpMailer(Mailer):
    """Hands letters to one mail server."""

    def __init__(self, settings: MailSettings, trust: ssl.SSLContext | None = None) -> None:
        if settings.host is None:
            raise ValueError("a mail server has a name")
        self._host = settings.host
        self._settings = settings
        self._trust = trust

    @override
    async def send(self, mail: Mail) -> None:
        forbid_in_transaction("sending a letter")
        message = written(mail, self._settings.sender)
        try:
            await asyncio.to_thread(self._hand_over, message)
        except smtplib.SMTPRecipientsRefused as error:
            status = max((one for one, _ in error.recipients.values()), default=0)
            raise _said(status, "the address was not taken") from None
        except smtplib.SMTPResponseException as error:
            # A wrong password or sender is mended by the operator: worth another try later.
            wrong = isinstance(error, smtplib.SMTPDataError)
            raise _said(error.smtp_code if wrong else 0, "the letter was not taken") from None
        except (smtplib.SMTPException, OSError) as error:
            said = f"the mail server was not reached ({type(error).__name__})"
            raise MailDelayedError(said, way_out="look at the settings of mail") from None

    def _hand_over(self, message: EmailMessage) -> None:
        settings = self._settings
        trust = self._trust or truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if settings.security == "tls":
            server = smtplib.SMTP_SSL(
                self._host, settings.port, timeout=settings.within_s, context=trust
            )
        else:
            server = smtplib.SMTP(self._host, settings.port, timeout=settings.within_s)
        with server:
            if settings.security == "starttls":
                server.starttls(context=trust)
            if settings.user is not None and settings.password is not None:
                server.login(settings.user, settings.password.get_secret_value())
            server.send_message(message)


def written(mail: Mail, sender: str) -> EmailMessage:
    """The letter as it goes over the wire. Line breaks in what becomes a header are refused."""
    message = EmailMessage()
    domain = parseaddr(sender)[1].rpartition("@")[2]
    try:
        message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    except ValueError as error:
        raise MailRefusedError("this letter has a line break where none can be") from error
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{mail.id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message


def _said(status: int, message: str) -> MailRefusedError | MailDelayedError:
    kind = MailRefusedError if status >= _NEVER else MailDelayedError
    return kind(f"{message} (status {status})" if status else message)
