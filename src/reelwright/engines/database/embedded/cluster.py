"""The data directory: made once, with its roles and their passwords, or not at all."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from reelwright.engines.database.embedded.account import Account
from reelwright.engines.database.embedded.address import APP, DATABASE, OWNER, SYSTEM
from reelwright.engines.database.embedded.binaries import Binaries
from reelwright.engines.database.embedded.place import Place, read_private, write_private
from reelwright.engines.database.embedded.trouble import failed, gravest

SUPERUSER = "postgres"
_ROLES = (SUPERUSER, OWNER, APP, SYSTEM)
_SIGN_IN = "# Written by reelwright: nobody signs in without a password, nobody from the network.\nlocal all all scram-sha-256\n"


def prepare(place: Place, account: Account, binaries: Binaries, *, durable: bool) -> dict[str, str]:
    """Make the data directory unless it is there; returns the passwords by role."""
    passwords = read_private(place.passwords)
    known = passwords is not None and set(_ROLES) <= set(passwords)
    if passwords is None or not known:
        passwords = {role: secrets.token_urlsafe(24) for role in _ROLES}
    if not place.data.exists():
        _build(place, account, binaries, passwords, durable=durable)
    elif not known:  # the file was lost, the data were not
        account.give(place.data, building=True)
        _tell(account, binaries, place.data, _renewals(passwords))
        account.give(place.data)
    if not known:
        write_private(place.passwords, passwords)
    return passwords


def _build(
    place: Place, account: Account, binaries: Binaries, passwords: dict[str, str], *, durable: bool
) -> None:
    new = place.root / "data.new"
    shutil.rmtree(new, ignore_errors=True)  # of one who died half-way
    new.mkdir(mode=0o700)
    account.give(new, building=True)
    # No role can sign in before it has its password, and no password is ever an argument.
    rest = [f"--username={SUPERUSER}", "--auth=reject", "--encoding=UTF8", "--data-checksums"]
    if binaries.major >= 17:  # the same order everywhere, whatever the system's library does
        rest += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    else:
        rest += ["--locale=C.UTF-8"]
    if not durable:
        rest += ["--no-sync"]
    _run(account, account.words(binaries.program("initdb"), new, *rest), new)
    _tell(account, binaries, new, _creations(passwords, binaries.major))
    (new / "pg_hba.conf").write_text(_SIGN_IN, encoding="ascii")
    account.give(new)
    new.rename(place.data)
    if durable:
        _sync(place.root)


def _creations(passwords: dict[str, str], major: int) -> Iterable[str]:
    yield f"ALTER ROLE {SUPERUSER} PASSWORD '{passwords[SUPERUSER]}'"
    # The owner migrates, but is no superuser: row-level security binds it as it does elsewhere.
    yield f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE PASSWORD '{passwords[OWNER]}'"
    yield f"GRANT pg_monitor, pg_signal_backend TO {OWNER}"
    for role in (APP, SYSTEM):
        yield f"CREATE ROLE {role} LOGIN NOINHERIT PASSWORD '{passwords[role]}'"
        if major >= 16:  # as if the owner had made it
            yield f"GRANT {role} TO {OWNER} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
    yield f"CREATE DATABASE {DATABASE} OWNER {OWNER}"


def _renewals(passwords: dict[str, str]) -> Iterable[str]:
    return [f"ALTER ROLE {role} PASSWORD '{secret}'" for role, secret in passwords.items()]


def _tell(
    account: Account,
    binaries: Binaries,
    data: Path,
    statements: Iterable[str],
) -> None:
    """Run statements with no server, hence no socket: one process reads them from its input."""
    quiet = ["-c", "log_min_messages=fatal", "-c", "log_min_error_statement=panic"]
    words = account.words(binaries.program("postgres"), data, "--single", "-j", *quiet)
    words += ["-c", "exit_on_error=true", "postgres"]
    _run(account, words, data, "".join(f"{one};\n\n" for one in statements))


def _run(account: Account, words: list[str], data: Path, told: str = "") -> None:
    done = subprocess.run(
        words,
        cwd=data,
        input=told,
        capture_output=True,
        text=True,
        check=False,
        **account.identity(building=True),
    )
    if done.returncode != 0:
        said = gravest(f"{done.stdout}\n{done.stderr}")
        raise failed(f"the embedded Postgres could not be made: {said}")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
