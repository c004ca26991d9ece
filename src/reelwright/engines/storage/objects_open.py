"""Opening the storage that the settings name."""

from pathlib import Path

from reelwright.engines.storage.objects import Objects
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.settings import StorageSettings
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import Clock


def signed_urls(settings: StorageSettings, secret: bytes, clock: Clock) -> SignedUrls:
    """Our own URLs, below the CDN's address, or the service's, or relative."""
    base = settings.cdn_url or settings.public_url
    return SignedUrls(secret, clock, base=base, lifetime_s=settings.url_lifetime_s)


def open_objects(settings: StorageSettings, home: Path, urls: SignedUrls) -> Objects:
    """Objects on disk, or in the bucket that `settings.url` names. Touches neither yet."""
    if settings.url is None:
        return DiskObjects(settings.folder or home / "objects", urls)
    # The clouds' library is large, and most have their files on disk.
    from reelwright.engines.storage.objects_remote import (  # noqa: PLC0415
        RemoteObjects,
        open_bucket,
    )

    return RemoteObjects(
        open_bucket(settings),
        urls,
        home / "drafts",
        lifetime_s=settings.url_lifetime_s,
        ours=settings.cdn_url is not None,
        secret=settings.secret_key,
    )
