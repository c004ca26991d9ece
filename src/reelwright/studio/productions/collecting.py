"""A finished production's files, collected from the library for a folder on this machine."""

from pathlib import Path

from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset
from reelwright.studio.cut.delivery import MEDIA, Reel
from reelwright.studio.productions.model import Production
from reelwright.studio.productions.shelves import Shelf

_TEXT = "export"


async def collect(
    who: Principal, production: Production, shelf: Shelf, library: AssetService
) -> Reel:
    """The production as a reel: products brought to this machine's store, exports as text."""
    outputs = production.outputs
    assets = await library.get_many(who, list(set(outputs.values())))
    texts = {name for name, one in outputs.items() if Path(assets[one].name).stem == _TEXT}
    products = {name: assets[one] for name, one in outputs.items() if name not in texts}
    paths = await _bring(shelf, products)
    return Reel(
        copied={name: path for name, path in paths.items() if not name.startswith(f"{MEDIA}/")},
        linked={name: path for name, path in paths.items() if name.startswith(f"{MEDIA}/")},
        texts={name: (await library.read(who, outputs[name])).decode() for name in texts},
    )


async def _bring(shelf: Shelf, products: dict[str, Asset]) -> dict[str, Path]:
    digests = {name: asset.origin.ref for name, asset in products.items()}
    found = await shelf.find(set(digests.values()))
    away = [digest for digest, one in found.items() if not one.path.exists()]
    if away:
        await shelf.bring(away)
    return {name: found[digest].path for name, digest in digests.items()}
