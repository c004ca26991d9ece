"""Keys in files: made once, by whoever comes first, for us alone; derived ones know their passphrase."""

import json
import subprocess
import sys

import pytest
from pydantic import SecretStr

from reelwright.engines.secrets.keyring import (
    KeyFile,
    UnknownKeyError,
    WrongPassphraseError,
    open_keyring,
)
from reelwright.engines.secrets.keys import KeyFileError, house_key
from reelwright.engines.secrets.settings import SecretsSettings
from reelwright.engines.secrets.vault import Vault
from reelwright.ground.errors import ConflictError, InvalidInputError

PLACE = "ws_1:accounts:key:acc_1"
ASK = """
import sys
from pathlib import Path
from reelwright.engines.secrets.keyring import KeyFile
from reelwright.engines.secrets.keys import house_key
home = Path(sys.argv[1])
sys.stdin.readline()
print(house_key(home, "media").hex(), KeyFile(home / "keys" / "vault.json").current().id)
"""


def vault(home, **settings):
    return Vault(open_keyring(SecretsSettings(**settings), home))


def test_of_processes_that_make_the_keys_at_once_all_get_the_same(tmp_path):
    asking = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for one in asking:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()
    answers = {one.communicate()[0] for one in asking}
    assert len(answers) == 1
    assert len(answers.pop().split()[0]) == 64
    for path in (tmp_path / "keys").iterdir():
        assert path.stat().st_mode & 0o077 == 0
    assert sorted(p.name for p in (tmp_path / "keys").iterdir()) == ["house.key", "vault.json"]


def test_each_purpose_has_a_key_of_its_own(tmp_path):
    assert house_key(tmp_path, "media") == house_key(tmp_path, "media")
    assert house_key(tmp_path, "media") != house_key(tmp_path, "cursor")
    given = "A" * 44
    assert house_key(tmp_path, "media", given=given) == house_key(
        tmp_path / "b", "media", given=given
    )
    with pytest.raises(InvalidInputError):
        house_key(tmp_path, "media", given="short")


def test_keys_that_others_may_read_are_refused(tmp_path):
    house_key(tmp_path, "media")
    (tmp_path / "keys" / "house.key").chmod(0o644)
    with pytest.raises(KeyFileError, match="others may read"):
        house_key(tmp_path, "media")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"current": "x", "keys": {}}', '{"keys": 3}'])
def test_a_damaged_ring_is_said_and_never_replaced(tmp_path, text):
    ring = tmp_path / "keys" / "vault.json"
    vault(tmp_path).seal(b"x", PLACE)
    ring.write_text(text, encoding="utf-8")
    with pytest.raises(KeyFileError, match="damaged"):
        vault(tmp_path).seal(b"x", PLACE)
    assert ring.read_text(encoding="utf-8") == text


def test_a_rotation_is_noticed_by_others_and_the_old_key_retires_at_the_end(tmp_path):
    mine, other = vault(tmp_path), vault(tmp_path)
    sealed = mine.seal(b"sk-secret", PLACE)
    old = sealed.split("|")[1]
    new = other.rotate()
    assert mine.seal(b"x", PLACE).split("|")[1] == new
    with pytest.raises(ConflictError):
        mine.retire(new)
    again = mine.rewrap(sealed)
    mine.retire(old)
    assert other.open(again, PLACE) == b"sk-secret"
    with pytest.raises(UnknownKeyError):
        other.open(sealed, PLACE)


def test_two_rotations_lose_no_key(tmp_path):
    first, second = KeyFile(tmp_path / "vault.json"), KeyFile(tmp_path / "vault.json")
    start = first.current().id
    names = {start, first.rotate(), second.rotate(), first.rotate()}
    held = json.loads((tmp_path / "vault.json").read_text(encoding="utf-8"))["keys"]
    assert set(held) == names


def test_a_passphrase_gives_the_same_key_and_a_wrong_one_is_known(tmp_path):
    sealed = vault(tmp_path, passphrase=SecretStr("correct horse")).seal(b"x", PLACE)
    assert vault(tmp_path, passphrase=SecretStr("correct horse")).open(sealed, PLACE) == b"x"
    with pytest.raises(WrongPassphraseError):
        vault(tmp_path, passphrase=SecretStr("wrong horse"))
    kept = (tmp_path / "keys" / "passphrases.json").read_text(encoding="utf-8")
    assert "horse" not in kept
    assert json.loads(kept)[0]["kdf"] == "scrypt"


def test_of_two_that_give_a_first_passphrase_at_once_both_get_one_key(tmp_path):
    ask = """
import sys
from pathlib import Path
from reelwright.engines.secrets.keyring import passphrase_keys
sys.stdin.readline()
print(passphrase_keys(Path(sys.argv[1]), "correct horse").current().id)
"""
    asking = [
        subprocess.Popen(
            [sys.executable, "-c", ask, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for one in asking:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()
    assert len({one.communicate()[0] for one in asking}) == 1


def test_a_new_passphrase_is_taken_on_with_the_old_one(tmp_path):
    old, new = SecretStr("correct horse"), SecretStr("better horse")
    sealed = vault(tmp_path, passphrase=old).seal(b"x", PLACE)
    changing = vault(tmp_path, passphrase=new, old_passphrases=(old,))
    again = changing.rewrap(sealed)
    assert changing.open(sealed, PLACE) == b"x"
    assert vault(tmp_path, passphrase=new).open(again, PLACE) == b"x"


def test_given_keys_leave_no_file(tmp_path):
    sealed = vault(tmp_path, key=SecretStr("A" * 43 + "=")).seal(b"x", PLACE)
    other = vault(tmp_path, key=SecretStr("B" * 43 + "="), old_keys=(SecretStr("A" * 43 + "="),))
    assert other.open(sealed, PLACE) == b"x"
    assert not (tmp_path / "keys").exists()
    for bad in ("AAAA", "A" * 44, "no base64 at all, however long it may be"):
        with pytest.raises(InvalidInputError):
            vault(tmp_path, key=SecretStr(bad))
