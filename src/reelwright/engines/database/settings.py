"""What can be set about the database."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class DatabaseSettings(BaseModel):
    """Where Postgres is, and how it is used.

    `url` signs in as the owner of the tables (migrations, backup). `app_url` and `system_url` sign
    in as the two roles the service runs as; without them they follow from `url`. Without `url` the
    embedded Postgres is used.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: SecretStr | None = None
    app_url: SecretStr | None = None
    system_url: SecretStr | None = None
    replica_url: SecretStr | None = None
    pool_size: int = Field(10, ge=1, le=200)
    max_overflow: int = Field(10, ge=0, le=200)
    pool_timeout_s: float = Field(30, gt=0)
    statement_timeout_s: float = Field(30, gt=0)
