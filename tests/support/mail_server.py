"""A mail server on this machine: what is handed to it can be read; it can refuse, and demand TLS."""

import asyncio
import base64
import email
import ssl
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import policy

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


class MailServer:
    """Takes letters. `answers` are what it says to a command instead of yes."""

    def __init__(self, tls=None, *, at_once=False, **answers):
        self.tls = tls
        self.at_once = at_once
        self.answers = answers
        self.letters = []
        self.said = []
        self.came = asyncio.Condition()
        self.port = 0

    def letter(self, number=-1):
        return email.message_from_bytes(self.letters[number], policy=policy.default)

    async def have(self, number):
        """Until so many letters have come."""
        async with self.came:
            await self.came.wait_for(lambda: len(self.letters) >= number)

    async def talk(self, reader, writer):
        self.secret = self.at_once
        try:
            await self._say(writer, self.answers.get("hello", "220 mail.test"))
            while line := await reader.readline():
                if not await self._answer(line.decode().strip(), reader, writer):
                    return
        except OSError:
            pass
        finally:
            writer.close()

    async def _answer(self, line, reader, writer):
        verb = line.partition(" ")[0].lower()
        self.said.append((verb, self.secret))
        if verb in self.answers:
            await self._say(writer, self.answers[verb])
        elif verb == "ehlo":
            more = "250-STARTTLS\r\n" if self.tls and not self.secret else ""
            await self._say(writer, f"250-mail.test\r\n{more}250 AUTH PLAIN")
        elif verb == "starttls":
            await self._say(writer, "220 go on")
            await writer.start_tls(self.tls)
            self.secret = True
        elif verb == "auth":
            given = base64.b64decode(line.split()[-1]).split(b"\0")[1:]
            right = given == [b"house", b"let me in"]
            await self._say(writer, "235 in" if right else "535 no")
        elif verb == "data":
            await self._say(writer, "354 go on")
            text = await reader.readuntil(b"\r\n.\r\n")
            self.letters.append(text[:-3].replace(b"\r\n..", b"\r\n."))
            await self._say(writer, "250 taken")
            async with self.came:
                self.came.notify_all()
        elif verb == "quit":
            await self._say(writer, "221 bye")
            return False
        else:
            await self._say(writer, "250 yes")
        return True

    async def _say(self, writer, text):
        writer.write(text.encode() + b"\r\n")
        await writer.drain()


@asynccontextmanager
async def mail_server(tls=None, *, at_once=False, **answers):
    """A running one."""
    one = MailServer(tls, at_once=at_once, **answers)
    server = await asyncio.start_server(
        one.talk, "127.0.0.1", 0, ssl=tls if at_once else None, limit=2**20
    )
    one.port = server.sockets[0].getsockname()[1]
    async with server:
        yield one


def certificate(folder, name="localhost"):
    """How a server proves its name, and what a client has to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    whose = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "proof.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "proof.pem", folder / "key.pem")
    return server, ssl.create_default_context(cafile=folder / "proof.pem")
