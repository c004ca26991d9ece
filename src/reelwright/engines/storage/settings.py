"""What can be set about storage."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class StorageSettings(BaseModel):
    """Where objects lie, and how their URLs are made.

    `url` is `s3://bucket/prefix`, `gs://bucket/prefix` or `az://account/container/prefix`; without it objects lie on
    disk in `folder` (default: `objects` in the data folder). `memory:///` is for tests. Without keys here the
    vendor's own environment and instance credentials are used. `endpoint` names another S3 server.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str | None = None
    folder: Path | None = None
    endpoint: str | None = None
    region: str | None = None
    access_key: SecretStr | None = None
    secret_key: SecretStr | None = None
    allow_http: bool = False
    connect_timeout_s: float = Field(5, gt=0)
    read_timeout_s: float = Field(60, gt=0)
    retries: int = Field(4, ge=0, le=10)
    public_url: str = ""
    """What stands before `/media/...`: the service's own address as its readers see it; empty: relative."""
    cdn_url: str | None = None
    """A CDN whose origin is this service: all URLs are then ours, below this address."""
    url_lifetime_s: int = Field(3600, ge=60, le=7 * 24 * 3600)
