"""Objects in S3, Google Cloud Storage or Azure (and in memory, for tests)."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import obstore
from obstore.exceptions import BaseError, InvalidPathError, NotFoundError
from obstore.store import AzureStore, GCSStore, MemoryStore, S3Store, from_url
from pydantic import SecretStr
from typing_extensions import override

from reelwright.engines.storage.files import environment, sweep, whole_file
from reelwright.engines.storage.objects import (
    CHUNK,
    ObjectInfo,
    ObjectMissingError,
    Objects,
    OpenRange,
    StorageUnavailableError,
    Told,
    bounds,
    checked_key,
)
from reelwright.engines.storage.presigned import signed_with
from reelwright.engines.storage.settings import StorageSettings
from reelwright.engines.storage.signing import SignedUrls, disposition
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.transactions import forbid_in_transaction

if TYPE_CHECKING:
    from obstore import Attributes

Store = S3Store | GCSStore | AzureStore | MemoryStore
_PART = 8 * 1024 * 1024
_FOR_EVER = "public, max-age=31536000, immutable"  # a key's content never changes


class RemoteObjects(Objects):
    """Objects in a bucket. URLs are the bucket's own presigned ones, unless a CDN stands before us.

    What is to be saved under a name needs the bucket's word for it: S3 gives it to whoever has the
    `secret`; elsewhere such URLs lead to us. `drafts` is shared by all processes of this machine.
    """

    def __init__(
        self,
        store: Store,
        urls: SignedUrls,
        drafts: Path,
        *,
        lifetime_s: int = 3600,
        ours: bool = False,
        secret: SecretStr | None = None,
    ) -> None:
        self._store = store
        self._urls = urls
        self._drafts = drafts
        self._lifetime = lifetime_s
        self._ours = ours
        self._secret = secret

    @property
    @override
    def drafts(self) -> Path:
        with environment("cannot write drafts of what the storage gets"):
            self._drafts.mkdir(parents=True, exist_ok=True)
        return self._drafts

    @property
    @override
    def answers_itself(self) -> bool:
        return self._ours or isinstance(self._store, MemoryStore)

    @override
    async def put(self, key: str, data: bytes | Path, *, media_type: str) -> None:
        if isinstance(data, Path):
            await self.put_file(key, data, media_type=media_type)
            return
        await self._put(key, data, _attributes(media_type, None))

    @override
    async def put_file(
        self,
        key: str,
        path: Path,
        *,
        media_type: str,
        name: str | None = None,
        told: Told | None = None,
    ) -> None:
        forbid_in_transaction("a put of an object")
        with environment(f"cannot read {path.name}"):
            await asyncio.to_thread(path.stat)
        content = path if told is None else _parts(path, told)
        await self._put(key, content, _attributes(media_type, name))

    @override
    async def put_files(self, files: Sequence[tuple[str, Path, str]]) -> None:
        for key, path, media_type in files:
            await self.put_file(key, path, media_type=media_type)

    @override
    async def get(self, key: str) -> bytes:
        with _speaking("a get", key):
            result = await obstore.get_async(self._store, checked_key(key))
            return bytes(await result.bytes_async())

    @override
    async def open_range(self, key: str, start: int = 0, end: int | None = None) -> OpenRange:
        with _speaking("a get", key):
            size = (await obstore.head_async(self._store, checked_key(key)))["size"]
        begin, stop = bounds(size, start, end)
        return OpenRange(size, begin, stop, self._chunks(key, begin, stop))

    @override
    async def stream(
        self, key: str, start: int = 0, end: int | None = None
    ) -> AsyncIterator[bytes]:
        opened = await self.open_range(key, start, end)
        async for chunk in opened.chunks:
            yield chunk

    @override
    async def fetch(
        self, key: str, path: Path, *, own: bool = False, told: Told | None = None
    ) -> None:
        opened = await self.open_range(key)
        with whole_file(path) as draft, draft.open("wb") as file:
            async for chunk in opened.chunks:
                await asyncio.to_thread(file.write, chunk)
                if told:
                    told(len(chunk))

    @override
    async def exists(self, key: str) -> bool:
        try:
            with _speaking("a look-up", key):
                await obstore.head_async(self._store, checked_key(key))
        except ObjectMissingError:
            return False
        return True

    @override
    async def delete(self, keys: Sequence[str]) -> None:
        names = [checked_key(key) for key in keys]
        for name in names:
            with contextlib.suppress(ObjectMissingError), _speaking("a delete", name):
                await obstore.delete_async(self._store, name)

    @override
    async def list(self, prefix: str = "") -> AsyncIterator[ObjectInfo]:
        folder = checked_key(prefix.rstrip("/")) if prefix else None
        with _speaking("a list", prefix):
            async for some in obstore.list(self._store, folder, chunk_size=500):
                for one in some:
                    yield ObjectInfo(one["path"], one["size"], one["last_modified"])

    @override
    async def sweep_drafts(self, older_than: timedelta) -> int:
        forbid_in_transaction("clean-up of an object")
        return await asyncio.to_thread(sweep, self.drafts, older_than)

    @override
    async def url(
        self, key: str, *, media_type: str, name: str | None = None, expires: int | None = None
    ) -> str:
        store = self._store
        if not (self._ours or isinstance(store, MemoryStore)):  # as `answers_itself` says
            with _speaking("a signature", key):
                lasting = timedelta(seconds=expires or self._lifetime)
                signed = await obstore.sign_async(store, "GET", checked_key(key), lasting)
            if name is None:
                return signed
            if self._secret is not None and (named := self._named(signed, media_type, name)):
                return named
        return self._urls.sign(key, media_type=media_type, name=name, expires=expires)

    def _named(self, signed: str, media_type: str, name: str) -> str | None:
        answered = {"response-content-disposition": disposition(media_type, name)}
        answered["response-content-type"] = media_type
        assert self._secret is not None
        return signed_with(signed, self._secret.get_secret_value(), answered)

    async def _put(self, key: str, content: Any, attributes: "Attributes") -> None:
        with _speaking("a put", key):
            await obstore.put_async(
                self._store, checked_key(key), content, attributes=attributes, chunk_size=_PART
            )

    async def _chunks(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        if start >= end:
            return
        with _speaking("a get", key):
            result = await obstore.get_async(self._store, key, options={"range": (start, end)})
            async for chunk in result.stream(min_chunk_size=CHUNK):
                yield bytes(chunk)


def open_bucket(settings: StorageSettings) -> Store:
    """The bucket that `settings.url` names; raises InvalidInputError."""
    url = settings.url or "memory:///"
    if url.startswith("memory:"):
        return MemoryStore()
    keys: Any = {}
    if url.startswith(("s3:", "s3a:")):
        keys = {"endpoint": settings.endpoint, "region": settings.region}
        keys |= {
            name: secret.get_secret_value() if secret else None
            for name, secret in (
                ("access_key_id", settings.access_key),
                ("secret_access_key", settings.secret_key),
            )
        }
    elif settings.endpoint:
        keys = {"endpoint": settings.endpoint}
    keys = {name: value for name, value in keys.items() if value is not None}
    try:
        store = from_url(  # pyrefly: ignore[no-matching-overload] - the keys go with the URL
            url,
            config=keys or None,
            client_options={
                "allow_http": settings.allow_http,
                "connect_timeout": timedelta(seconds=settings.connect_timeout_s),
                "read_timeout": timedelta(seconds=settings.read_timeout_s),
                "timeout": timedelta(
                    hours=6
                ),  # of a whole transfer; a stall ends by the read time-out
            },
            retry_config={
                "max_retries": settings.retries,
                "retry_timeout": timedelta(seconds=settings.read_timeout_s),
            },
        )
    except (BaseError, ValueError) as error:
        raise _unknown(url) from error
    if not isinstance(store, S3Store | GCSStore | AzureStore):
        raise _unknown(url)
    return store


def _unknown(url: str) -> InvalidInputError:
    scheme = url.partition(":")[0]
    return InvalidInputError(
        f"the storage URL ({scheme}:...) cannot be used",
        way_out="give s3://bucket/prefix, gs://bucket/prefix or az://account/container/prefix",
    )


def _attributes(media_type: str, name: str | None) -> "Attributes":
    attributes: Attributes = {"Content-Type": media_type, "Cache-Control": _FOR_EVER}
    attributes["Content-Disposition"] = disposition(media_type, name)
    return attributes


async def _parts(path: Path, told: Told) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            yield part
            told(len(part))


@contextlib.contextmanager
def _speaking(what: str, key: str) -> Iterator[None]:
    """Translate the store's errors once, by type; its own words may name accounts and hosts."""
    forbid_in_transaction(f"{what} of an object")
    try:
        yield
    except (NotFoundError, FileNotFoundError):  # it raises the built-in one for most
        raise ObjectMissingError(f"there is no object {key}") from None
    except InvalidPathError as error:
        raise InvalidInputError(f"{key[:80]!r} is no object's key") from error
    except BaseError as error:
        raise StorageUnavailableError(
            f"{what} failed: the storage does not answer, or refuses ({type(error).__name__})",
            way_out="check REELWRIGHT_STORAGE__URL, its keys, and the network",
        ) from error
