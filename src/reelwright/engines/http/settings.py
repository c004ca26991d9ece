"""What can be set about requests to others."""

from ipaddress import ip_network

from pydantic import BaseModel, ConfigDict, Field, field_validator


class HttpSettings(BaseModel):
    """How long others may take, how much they may send, and where requests may go.

    Times are seconds, sizes bytes. Addresses of this machine and of private networks are refused,
    unless `private` is on, or they lie in `networks` (`10.1.0.0/16`). `proxy_from_environment` lets
    HTTPS_PROXY and the like decide; the proxy then resolves names, and its word is trusted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    connect_s: float = Field(5, gt=0)
    read_s: float = Field(60, gt=0)
    pool_s: float = Field(10, gt=0)
    connections: int = Field(200, ge=1)
    attempts: int = Field(3, ge=1, le=10)
    longest_pause_s: float = Field(20, ge=0)
    redirects: int = Field(5, ge=0, le=20)
    max_body: int = Field(32 * 2**20, ge=1)
    max_file: int = Field(4 * 2**30, ge=1)
    private: bool = False
    networks: tuple[str, ...] = ()
    proxy_from_environment: bool = False

    @field_validator("networks")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            ip_network(one)
        return value
