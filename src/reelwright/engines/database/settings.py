"""What can be set about the database."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class DatabaseSettings(BaseModel):
    """Where Postgres is, and how it is used.

    `url` signs in as the owner of the tables (migrations, backup). `app_url` and `system_url` sign
    in as the two roles the service runs as; without them they follow from `url`. Without `url` the
    embedded Postgres is used. `replica_url` answers what only reads, as the app's role. The pool's
    sizes are those of the app's role; times are seconds, and 0 turns a time-out off. The embedded
    Postgres stays `linger_s` after the last command that used it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: SecretStr | None = None
    app_url: SecretStr | None = None
    system_url: SecretStr | None = None
    replica_url: SecretStr | None = None
    pool_size: int = Field(10, ge=1, le=200)
    max_overflow: int = Field(10, ge=0, le=200)
    system_pool_size: int = Field(5, ge=1, le=200)
    pool_timeout_s: float = Field(30, gt=0)
    pool_recycle_s: float = Field(1800, gt=0)
    connect_timeout_s: int = Field(5, ge=1)
    statement_timeout_s: float = Field(30, ge=0)
    system_statement_timeout_s: float = Field(120, ge=0)
    lock_timeout_s: float = Field(10, ge=0)
    idle_in_transaction_timeout_s: float = Field(60, ge=0)
    replica_retry_s: float = Field(10, gt=0)
    linger_s: float = Field(30, gt=0)
