"""What can be set about secrets."""

from pydantic import BaseModel, ConfigDict, SecretStr


class SecretsSettings(BaseModel):
    """Where the keys come from. Without any, they are made on first use and lie in the data folder's `keys`.

    `key` is the vault's key (32 bytes, base64) and `old_keys` the ones before it; or `passphrase`, from which a key
    is derived, and `old_passphrases`. `house_key` (32 bytes or more, base64) signs links; machines that serve
    together need the same one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: SecretStr | None = None
    old_keys: tuple[SecretStr, ...] = ()
    passphrase: SecretStr | None = None
    old_passphrases: tuple[SecretStr, ...] = ()
    house_key: SecretStr | None = None
