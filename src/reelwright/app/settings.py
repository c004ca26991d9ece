"""All that can be set: each package's own section, composed.

Where values come from, first to last: the environment, `.env` in the working directory, `.env` in
the home, the TOML file, the defaults. `app/setting_sources.py` reads them.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from reelwright.billing.settings import BillingSettings
from reelwright.engines.cache.settings import CacheSettings
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.engines.durable.settings import DurableSettings
from reelwright.engines.events.settings import EventSettings
from reelwright.engines.http.settings import HttpSettings
from reelwright.engines.limits.settings import LimitSettings
from reelwright.engines.mail.settings import MailSettings
from reelwright.engines.media.edits.settings import MediaSettings
from reelwright.engines.secrets.settings import SecretsSettings
from reelwright.engines.storage.settings import StorageSettings
from reelwright.engines.telemetry.settings import LogSettings, TraceSettings
from reelwright.generation.accounts.settings import AccountSettings
from reelwright.generation.repertoire.settings import ModelSettings
from reelwright.identity.oauth.settings import OAuthSettings
from reelwright.identity.plans import QuotaSettings
from reelwright.identity.settings import IdentitySettings
from reelwright.jobs.settings import JobSettings
from reelwright.projects.settings import ProjectSettings

PREFIX = "REELWRIGHT_"


class Environment(StrEnum):
    """What the service is run for; production refuses what is only fit for a laptop."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


def _parted(value: Any) -> Any:
    """A list, also written as one text with commas, as environment variables do."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


class WebSettings(BaseModel):
    """Where the web face listens, and whom it trusts.

    `base_url` is what others call us by (behind a proxy: its address); without it, host and port.
    `metrics_token` opens `/metrics` to others than this machine. `max_body` and `max_upload` are
    bytes of one request's body: a JSON document, and a form with files. `trusted_proxies` are the
    addresses whose word about the client's address is believed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", min_length=1)
    port: int = Field(8000, ge=0, le=65535)
    base_url: str | None = Field(None, pattern=r"^https?://[^\s/?#@]+(/[^\s?#]*)?$")
    cors_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parted)] = ()
    trusted_proxies: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parted)] = ()
    metrics_token: SecretStr | None = None
    max_body: int = Field(4 * 2**20, ge=1024)
    max_upload: int = Field(512 * 2**20, ge=1024)
    stop_within_s: float = Field(3, gt=0, le=600)

    @field_validator("base_url")
    @classmethod
    def _without_last_slash(cls, value: str | None) -> str | None:
        return value.rstrip("/") if value else value


class FilmSettings(BaseModel):
    """How films are made on this machine.

    `crew` is the number of processes that draw (none given: one a core); `store_limit` the bytes
    the store of finished products may hold before the longest unused are forgotten.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    crew: int | None = Field(None, ge=1, le=512)
    store_limit: int | None = Field(None, ge=0)


class Settings(BaseSettings):
    """The whole tree. Wiring hands each service its own section only."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix=PREFIX, env_nested_delimiter="__"
    )

    environment: Environment = Environment.DEVELOPMENT
    home: Path
    sentry_dsn: SecretStr | None = None
    """Where unforeseen errors are reported to; needs `reelwright[sentry]`."""
    database: DatabaseSettings = DatabaseSettings()
    storage: StorageSettings = StorageSettings()
    secrets: SecretsSettings = SecretsSettings()
    durable: DurableSettings = DurableSettings()
    events: EventSettings = EventSettings()
    cache: CacheSettings = CacheSettings()
    limits: LimitSettings = LimitSettings()
    http: HttpSettings = HttpSettings()
    mail: MailSettings = MailSettings()
    log: LogSettings = LogSettings()
    traces: TraceSettings = TraceSettings()
    identity: IdentitySettings = IdentitySettings()
    quotas: QuotaSettings = QuotaSettings()
    oauth: OAuthSettings = OAuthSettings()
    billing: BillingSettings = BillingSettings()
    accounts: AccountSettings = AccountSettings()
    models: ModelSettings = ModelSettings()
    jobs: JobSettings = JobSettings()
    projects: ProjectSettings = ProjectSettings()
    web: WebSettings = WebSettings()
    films: FilmSettings = FilmSettings()
    media: MediaSettings = MediaSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  # the base class names it so
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # read one by one elsewhere,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # to know
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # each value's source
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is handed in: `setting_sources.load` has read and merged the rest."""
        return (init_settings,)


def clear(secret: SecretStr | None) -> str | None:
    """A secret as it is; only for handing on."""
    return secret.get_secret_value() if secret else None
