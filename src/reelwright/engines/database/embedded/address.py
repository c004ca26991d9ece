"""How to sign in to a ready server: the content of the file that only its owner can read."""

import socket
import struct
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from reelwright.engines.database.embedded.place import Place, read_private, write_private

OWNER = "reelwright"
# As in `roles`, which imports SQLAlchemy: too heavy for the supervisor. A test holds them equal.
APP = "reelwright_app"
SYSTEM = "reelwright_system"
DATABASE = "reelwright"
PORT = 5432  # names the socket only: nothing listens on the network
_PROTOCOL = 196608  # 3.0
_AUTHENTICATE = b"R"


@dataclass(frozen=True)
class Address:
    """A running server: its socket's folder, its processes, its roles' passwords."""

    folder: str
    supervisor: int
    postmaster: int
    version: str
    since: str
    passwords: dict[str, str] = field(repr=False)

    def url(self, role: str) -> str:
        """The URL by which a role signs in, as SQLAlchemy writes it."""
        secret = quote(self.passwords[role], safe="")
        folder = quote(self.folder, safe="/")
        return f"postgresql+psycopg://{role}:{secret}@/{DATABASE}?host={folder}&port={PORT}"

    def answers(self) -> bool:
        """Whether the server takes sign-ins now: it asks for a password instead of refusing."""
        return ready(Path(self.folder))

    def write(self, place: Place) -> None:
        write_private(place.dsn, asdict(self))

    @classmethod
    def read(cls, place: Place) -> "Address | None":
        found: dict[str, Any] | None = read_private(place.dsn)
        try:
            return None if found is None else cls(**found)
        except TypeError:  # written by another version
            return None


def socket_file(folder: Path) -> Path:
    """The socket in its folder, as Postgres names it."""
    return folder / f".s.PGSQL.{PORT}"


def ready(folder: Path) -> bool:
    """Whether a server behind the socket takes sign-ins; one that starts or stops does not."""
    words = f"user\0{OWNER}\0database\0{DATABASE}\0\0".encode()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(5)
        try:
            line.connect(str(socket_file(folder)))
            line.sendall(struct.pack("!ii", len(words) + 8, _PROTOCOL) + words)
            return line.recv(4096)[:1] == _AUTHENTICATE
        except OSError:
            return False
