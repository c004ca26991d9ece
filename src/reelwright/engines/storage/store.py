"""The store of products: each under the digest of its recipe, whole or not there at all.

Layout: `products/ab/<digest>.json` (the card: what it is, and its facts) beside
`products/ab/<digest>.<suffix>` (the file). The card is written last, so a product exists exactly
when its card does. Every run holds the store open (a shared lock); trimming needs it alone.
Several runs may share a store: of two that want one product, one makes it and the other waits.
"""

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from reelwright.engines.storage.files import environment


@dataclass(frozen=True, slots=True)
class Stored:
    """A product in the store: its file, media type and facts."""

    digest: str
    path: Path
    media_type: str
    facts: Mapping[str, Any]
    operation: str = "product"
    inputs: tuple[str, ...] = ()
    """The digests of what it was made from, where that was noted."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What the store holds: products and bytes, by operation."""

    products: int
    size: int
    by_operation: Mapping[str, tuple[int, int]]


class Store:
    """A folder of products; a context manager that keeps trimmers away while it is open."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._products = root / "products"
        self._locks = root / "locks"
        self._drafts = root / "drafts"
        self._open: int | None = None

    def __enter__(self) -> Self:
        with environment(f"cannot open the store {self.root}"):
            for folder in (self._products, self._locks, self._drafts):
                folder.mkdir(parents=True, exist_ok=True)
            self._open = os.open(self.root / "open.lock", os.O_RDWR | os.O_CREAT, 0o644)
            fcntl.flock(self._open, fcntl.LOCK_SH)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._open is not None:
            os.close(self._open)
            self._open = None

    def find(self, digest: str) -> Stored | None:
        """The product of that recipe, or None. Finding counts as using."""
        card_path = self._card(digest)
        try:
            card = json.loads(card_path.read_bytes())
            path = card_path.parent / card["file"]
            if path.stat().st_size != card["size"]:
                return None
            os.utime(card_path)
        except (OSError, ValueError, KeyError):
            return None
        known = card["media_type"], card["facts"], card["operation"]
        return Stored(digest, path, *known, tuple(card.get("inputs", ())))

    def place_of(self, digest: str, suffix: str) -> Path:
        """Where the file of that product lies, or would."""
        return self._card(digest).with_suffix(suffix)

    @contextlib.contextmanager
    def making(self, digest: str) -> Iterator[Path]:
        """Be the one who makes this product: gives an empty folder for drafts; others wait meanwhile.

        Look again with `find` inside the block: another may have made it while you waited.
        """
        with environment("cannot write to the store"):
            lock = os.open(self._locks / digest[:3], os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with environment("cannot write to the store"):
                drafts = Path(tempfile.mkdtemp(dir=self._drafts))
                try:
                    yield drafts
                finally:
                    shutil.rmtree(drafts, ignore_errors=True)
        finally:
            os.close(lock)

    def put(
        self,
        digest: str,
        made: Path,
        *,
        operation: str,
        media_type: str,
        facts: Mapping[str, Any],
        inputs: tuple[str, ...] = (),
    ) -> Stored:
        """Take a finished file in (it is moved) and write its card; returns where it lies now."""
        card_path = self._card(digest)
        with environment("cannot write to the store"):
            card_path.parent.mkdir(parents=True, exist_ok=True)
            path = card_path.with_suffix(made.suffix)
            size = _settle(made)
            made.replace(path)
            card = {"file": path.name, "size": size, "operation": operation}
            card |= {"media_type": media_type, "facts": dict(facts), "inputs": list(inputs)}
            draft = made.with_name("card.json")
            draft.write_text(json.dumps(card), encoding="utf-8")
            _settle(draft)
            draft.replace(card_path)
        return Stored(digest, path, media_type, facts, operation, inputs)

    def usage(self) -> Usage:
        """Count what lies here."""
        by: dict[str, tuple[int, int]] = {}
        for _, card, _ in self._cards():
            count, size = by.get(card["operation"], (0, 0))
            by[card["operation"]] = (count + 1, size + card["size"])
        return Usage(sum(c for c, _ in by.values()), sum(s for _, s in by.values()), by)

    def trim(self, limit: int) -> int | None:
        """Forget the longest unused products until at most `limit` bytes are left; returns bytes freed.

        None when another run has the store open: then nothing is touched.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.root / "open.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        else:
            self._sweep_drafts()
            return self._forget_down_to(limit)
        finally:
            os.close(lock)

    def _forget_down_to(self, limit: int) -> int:
        cards = sorted(self._cards(), key=lambda one: one[2])
        total = sum(card["size"] for _, card, _ in cards)
        freed = 0
        for path, card, _ in cards:
            if total - freed <= limit:
                break
            path.unlink(missing_ok=True)
            (path.parent / card["file"]).unlink(missing_ok=True)
            freed += card["size"]
        return freed

    def _sweep_drafts(self) -> None:
        """Remove what killed runs left behind. Only called while nobody else has the store open."""
        for folder in self._drafts.glob("*"):
            shutil.rmtree(folder, ignore_errors=True)
        for file in self._products.glob("*/*"):
            if file.suffix != ".json" and not file.with_suffix(".json").exists():
                file.unlink(missing_ok=True)

    def _cards(self) -> Iterator[tuple[Path, dict[str, Any], float]]:
        for path in self._products.glob("*/*.json"):
            try:
                yield path, json.loads(path.read_bytes()), path.stat().st_mtime
            except (OSError, ValueError):
                continue

    def _card(self, digest: str) -> Path:
        return self._products / digest[:2] / f"{digest}.json"


def _settle(path: Path) -> int:
    """Make sure the file's content is on the disk before its name is; returns its size."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        return file.seek(0, os.SEEK_END)
