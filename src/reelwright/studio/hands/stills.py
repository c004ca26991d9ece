"""Still variants: several pictures of one prompt, after references and in a style."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reelwright.generation.asking import Tell
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset
from reelwright.library.rights import Rights
from reelwright.providers.prompts import ImageRequest, Lora, Quality
from reelwright.studio.hands.artists import Artists, media_from, silent
from reelwright.studio.hands.made import Made, Terms
from reelwright.studio.hands.references import References
from reelwright.studio.hands.sketching import Sketches, sketched

MOST = 16
SKETCHED = (
    "There is no key of a model that draws, so the built-in artist read the prompt as a scene:"
    " place, hour and weather are drawn; references and style are left out."
)


@dataclass(frozen=True, slots=True)
class StillOrder:
    """What stills are wanted. `references` come first to last, what is to be redrawn before the others.

    `loras` are trained weights by address. `style` is put to the words of the prompt. `width` and
    `height` are pixels; with a `seed` the n-th variant has seed + n.
    """

    prompt: str
    count: int = 4
    references: tuple[Asset, ...] = ()
    loras: tuple[Lora, ...] = ()
    style: str = ""
    width: int = 1280
    height: int = 720
    quality: Quality = "standard"
    seed: int | None = None

    def __post_init__(self) -> None:
        """Refuse what nobody draws."""
        if not self.prompt.strip():
            raise InvalidInputError("a still needs a prompt", way_out="say what is to be seen")
        if not 1 <= self.count <= MOST:
            raise InvalidInputError(f"{self.count} variants cannot be made", way_out=f"1 to {MOST}")

    @property
    def words(self) -> str:
        """The prompt with its style."""
        prompt = self.prompt.strip()
        return (
            f"{prompt.rstrip('.')}. Style: {self.style.strip()}." if self.style.strip() else prompt
        )


class Stills:
    """Makes stills, by models or by the built-in artist."""

    def __init__(
        self,
        artists: Artists,
        sketches: Sketches,
        references: References,
        library: AssetService,
        rights: Rights,
    ) -> None:
        self._artists = artists
        self._sketches = sketches
        self._references = references
        self._library = library
        self._rights = rights

    async def make(
        self, who: Principal, wanted: StillOrder, terms: Terms, tell: Tell = silent
    ) -> Made:
        """As many stills as were ordered.

        A project's pinned references join when the prompt names them. A model that makes fewer at a
        time is asked several times at once. Raises NoAccountError, TooDearError, UnsupportedError,
        and what `Rights.require` raises of a reference.
        """
        pinned = await self._pinned(who, wanted, terms)
        wanted = replace(wanted, references=(*wanted.references, *pinned))
        await self._rights.require(who, [one.id for one in wanted.references])
        request = _request(wanted, 1)
        if not await self._artists.hired(who, request.operation, terms):
            return await self._sketched(who, wanted, terms, tell)
        requests = await self._requests(who, wanted, terms)
        made = await self._artists.make(
            who, requests, terms, files=wanted.references, tell=tell, warnings=_told(pinned)
        )
        return replace(made, assets=made.assets[: wanted.count])

    async def _pinned(self, who: Principal, wanted: StillOrder, terms: Terms) -> tuple[Asset, ...]:
        if terms.project_id is None:
            return ()
        pins = await self._references.named_in(who, terms.project_id, wanted.prompt)
        there = {one.sha256 for one in wanted.references}
        ids = list(dict.fromkeys(one.asset_id for one in pins))
        found = await self._library.get_many(who, ids)
        return tuple(found[one] for one in ids if found[one].sha256 not in there)

    async def _requests(
        self, who: Principal, wanted: StillOrder, terms: Terms
    ) -> Sequence[ImageRequest]:
        """One request for each call: as many pictures in each as the first model makes at a time."""
        (call,) = await self._artists.quoted(who, [_request(wanted, 1)], terms)
        at_once = 1 if wanted.seed is not None else max(1, call.choice.model.limits.count)
        counts = [min(at_once, wanted.count - start) for start in range(0, wanted.count, at_once)]
        requests = [_request(wanted, count) for count in counts]
        if wanted.seed is None:
            return requests
        return [replace(one, seed=wanted.seed + n) for n, one in enumerate(requests)]

    async def _sketched(self, who: Principal, wanted: StillOrder, terms: Terms, tell: Tell) -> Made:
        size = wanted.width // 2 * 2, wanted.height // 2 * 2
        drawn = []
        for n in range(wanted.count):
            one = replace(terms, take=terms.take * wanted.count + n)
            drawn.append(await self._sketches.still(who, wanted.prompt, size, one))
            tell(f"drawn {n + 1} of {wanted.count}", (n + 1) / wanted.count)
        return sketched(*drawn, told=SKETCHED)


def _request(wanted: StillOrder, count: int) -> ImageRequest:
    return ImageRequest(
        wanted.words,
        wanted.width,
        wanted.height,
        count,
        wanted.quality,
        wanted.seed,
        tuple(map(media_from, wanted.references)),
        wanted.loras,
    )


def _told(pinned: Sequence[Asset]) -> tuple[str, ...]:
    if not pinned:
        return ()
    return (f"drawn after the project's references: {', '.join(one.name for one in pinned)}",)
