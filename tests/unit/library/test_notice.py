"""What the address in a notice names, and what of it is kept."""

import pytest

from reelwright.ground.ids import AssetId, ShareId
from reelwright.identity.secrets import SecretText
from reelwright.library.notice import read_address, without_secrets

# Always the same: the names of tests are made of them, and every process must know the same tests.
ASSET = AssetId("ast_01m8pr4v9mbjse4wr6sgg3abd1")
TEXT = SecretText.parse("rw_shr_01m8pr4v9m2y7jx3sae154ebgt_" + "5" * 64, ShareId)
KEY = "ws_01k9/film/2026-11/film-0123.mp4"


@pytest.mark.parametrize(
    ("address", "assets", "key", "link"),
    [
        (ASSET, [ASSET], None, None),
        (f"https://reel.example/api/v1/assets/{ASSET}/url?expires=60", [ASSET], None, None),
        (f"https://reel.example/api/v1/shares/{TEXT.reveal()}", [], None, TEXT.id),
        (TEXT.id, [], None, TEXT.id),
        (f"https://reel.example/media/{KEY}?e=1&t=video%2Fmp4&s=abc", [], KEY, None),
        (f"https://reel.example/media/{KEY.replace('/', '%2F')}", [], KEY, None),
        ("a film I saw here yesterday", [], None, None),
        (f"{ASSET}0", [], None, None),
    ],
)
def test_an_address_names_an_asset_a_file_or_a_share_link(address, assets, key, link):
    found = read_address(address)
    assert (list(found.assets), found.key, found.link) == (assets, key, link)
    kept = read_address(without_secrets(address))
    assert (list(kept.assets), kept.key, kept.link) == (assets, key, link)


def test_what_would_open_a_link_or_a_signed_url_is_not_kept():
    kept = without_secrets(f"https://reel.example/api/v1/shares/{TEXT.reveal()}?x=1")
    assert kept == f"https://reel.example/api/v1/shares/{TEXT.id}"
    assert "abc" not in without_secrets(f"https://reel.example/media/{KEY}?s=abc#abc")
