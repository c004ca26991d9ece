"""What every way of sending letters does, and what becomes of letters on the way to a server."""

import email
import socket
from contextlib import asynccontextmanager
from email import policy

import pytest

from reelwright.engines.mail.contract import Mail, MailDelayedError, MailRefusedError
from reelwright.engines.mail.folder import FolderMailer
from reelwright.engines.mail.settings import MailSettings
from reelwright.engines.mail.smtp import SmtpMailer
from reelwright.ground.transactions import InsideTransactionError, transaction_mark
from support.mail_server import certificate, mail_server

pytestmark = pytest.mark.anyio

SENDER = "The house <house@film.example>"
LETTER = Mail("ada@example.com", "Größe", "Hello Ada,\n\n.a dot\nand ümläute.\n", "mlc_1")


def settings(port, **more):
    given = {"host": "localhost", "port": port, "sender": SENDER, "security": "none"}
    return MailSettings.model_validate(given | {"within_s": 2} | more)


@asynccontextmanager
async def smtp(folder):
    async with mail_server() as server:
        yield SmtpMailer(settings(server.port)), server.letter


@asynccontextmanager
async def laid(folder):
    def read():
        (path,) = folder.glob("*.eml")
        assert path.stat().st_mode & 0o077 == 0
        return email.message_from_bytes(path.read_bytes(), policy=policy.default)

    yield FolderMailer(folder, SENDER), read


@pytest.mark.parametrize("way", [smtp, laid])
async def test_a_letter_arrives_as_it_was_written(way, tmp_path):
    async with way(tmp_path) as (mailer, read):
        await mailer.send(LETTER)
        letter = read()
    told = [letter[name] for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted")]
    assert told == [SENDER, LETTER.to, "Größe", "<mlc_1@film.example>", "auto-generated"]
    assert letter.get_content().replace("\r\n", "\n") == LETTER.text


@pytest.mark.parametrize("way", [smtp, laid])
async def test_a_line_break_where_a_header_begins_is_refused(way, tmp_path):
    async with way(tmp_path) as (mailer, _):
        for bad in (Mail("a@b.c\r\nBcc: x@y.z", "a", "b", "1"), Mail("a@b.c", "a\nb", "c", "1")):
            with pytest.raises(MailRefusedError):
                await mailer.send(bad)


@pytest.mark.parametrize("way", [smtp, laid])
async def test_nothing_is_sent_inside_a_transaction(way, tmp_path):
    async with way(tmp_path) as (mailer, _):
        with transaction_mark(), pytest.raises(InsideTransactionError):
            await mailer.send(LETTER)


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_the_password_goes_only_over_a_connection_that_is_encrypted(security, tmp_path):
    proof, trust = certificate(tmp_path)
    async with mail_server(proof, at_once=security == "tls") as server:
        told = {"security": security, "user": "house", "password": "let me in"}
        await SmtpMailer(settings(server.port, **told), trust).send(LETTER)
        assert len(server.letters) == 1
        assert ("auth", True) in server.said
        with pytest.raises(MailDelayedError):
            await SmtpMailer(settings(server.port, **told)).send(LETTER)
        with pytest.raises(MailDelayedError):
            await SmtpMailer(settings(server.port, **told | {"password": "no"}), trust).send(LETTER)
    assert len(server.letters) == 1


async def test_a_server_that_cannot_encrypt_gets_no_letter(tmp_path):
    async with mail_server() as server:
        with pytest.raises(MailDelayedError):
            await SmtpMailer(settings(server.port, security="starttls")).send(LETTER)
        assert "mail" not in {verb for verb, _ in server.said}


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"rcpt": "550 nobody here"}, MailRefusedError),
        ({"rcpt": "450 later"}, MailDelayedError),
        ({"data": "554 no"}, MailRefusedError),
        ({"data": "452 full"}, MailDelayedError),
        ({"mail": "530 sign in first"}, MailDelayedError),
        ({"hello": "421 busy"}, MailDelayedError),
    ],
)
async def test_what_the_server_says_decides_whether_it_is_tried_again(answers, error):
    async with mail_server(**answers) as server:
        with pytest.raises(error) as caught:
            await SmtpMailer(settings(server.port)).send(LETTER)
    assert LETTER.text not in str(caught.value)


async def test_a_server_that_is_away_or_silent_is_given_up_after_a_while():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        with pytest.raises(MailDelayedError):
            await SmtpMailer(settings(silent.getsockname()[1])).send(LETTER)
        silent.listen()
        with pytest.raises(MailDelayedError):
            await SmtpMailer(settings(silent.getsockname()[1], within_s=0.2)).send(LETTER)
