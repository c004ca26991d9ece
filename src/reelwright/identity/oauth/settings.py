"""What can be set about signing in with accounts elsewhere."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

_FROZEN = ConfigDict(frozen=True, extra="forbid")
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")]


class Place(BaseModel):
    """What the members of a group elsewhere are here."""

    model_config = _FROZEN

    workspace: str = Field(pattern=r"^ws_[0-9a-z]{26}$")
    role: Literal["admin", "editor", "commenter", "viewer"] = "viewer"


class ProviderSettings(BaseModel):
    """One place where people have accounts, and as what it knows us.

    `issuer` is its address: needed for `oidc`, elsewhere only for a server of one's own. With
    `sign_up` whoever has an account there may have one here, also where signing up is not open.
    `groups` say what members of groups there are in workspaces here, again at each sign-in: these
    workspaces' members who come from there are who the groups say, except the owner.
    """

    model_config = _FROZEN

    kind: Literal["oidc", "google", "github", "discord"] = "oidc"
    label: str | None = Field(None, max_length=60)
    issuer: str | None = Field(None, pattern=r"^https?://[^\s?#@]+$")
    client_id: str = Field(min_length=1)
    client_secret: SecretStr | None = None
    scopes: tuple[str, ...] = ()
    sign_up: bool = False
    groups_claim: str = "groups"
    groups: dict[str, Place] = {}

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.kind == "oidc" and self.issuer is None:
            raise ValueError("an oidc provider has an issuer")
        if self.groups and self.kind in {"github", "discord"}:
            raise ValueError(f"{self.kind} tells no groups")
        return self


class OAuthSettings(BaseModel):
    """Where people may come from, by the name that stands in addresses: a table in the TOML file."""

    model_config = _FROZEN

    providers: dict[Name, ProviderSettings] = {}
