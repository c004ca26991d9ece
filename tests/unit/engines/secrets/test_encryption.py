"""Texts encrypted with one's own key."""

import pytest

from reelwright.engines.secrets.encryption import EncryptedData, EncryptionService
from reelwright.engines.secrets.vault import SealBrokenError
from reelwright.ground.errors import InvalidInputError

pytestmark = pytest.mark.anyio


async def test_what_was_encrypted_is_decrypted():
    service = EncryptionService()
    key = await service.generate_key()
    first, second = await service.encrypt("Füße", key), await service.encrypt("Füße", key)
    assert first.algorithm == "AES-GCM"
    assert first != second
    assert await service.decrypt(first, key) == "Füße"


async def test_another_key_or_a_changed_text_opens_nothing():
    service = EncryptionService()
    key = await service.generate_key()
    sealed = await service.encrypt("secret", key)
    with pytest.raises(SealBrokenError):
        await service.decrypt(sealed, await service.generate_key())
    with pytest.raises(SealBrokenError):
        await service.decrypt(EncryptedData(sealed.encrypted, "AAAA"), key)
    with pytest.raises(InvalidInputError):
        await service.decrypt(EncryptedData(sealed.encrypted, sealed.iv, "AES-CBC"), key)
    with pytest.raises(InvalidInputError):
        await service.encrypt("secret", b"short")


async def test_a_password_and_its_salt_give_one_key():
    service = EncryptionService()
    key = await service.derive_key("correct horse", b"s" * 16)
    assert len(key) == 32
    assert key == await service.derive_key("correct horse", b"s" * 16)
    assert key != await service.derive_key("correct horse", b"t" * 16)
    with pytest.raises(InvalidInputError):
        await service.derive_key("correct horse", b"salt")
