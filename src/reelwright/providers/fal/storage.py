"""Files to fal, before a request that names them: announced, then put."""

import mimetypes
from collections.abc import Iterable

from pydantic import BaseModel

from reelwright.engines.http.client import Answer, Http
from reelwright.providers.contract import Access
from reelwright.providers.errors import NotSentError, ProviderError, UnavailableError
from reelwright.providers.fal.addresses import hosts_of, lifetime, signed
from reelwright.providers.fal.errors import complaint_of, error_of
from reelwright.providers.prompts import Media
from reelwright.providers.wire import content_of, shaped, tell

_KEPT_S = 24 * 3600
"""How long fal keeps what is handed along: longer than any queue, no longer than needed."""


class _Place(BaseModel):
    """Where a file is to be put, and by which address it is known then."""

    upload_url: str
    file_url: str


class Storage:
    """Puts files where fal's models can read them. Raises NotSentError when it cannot be reached.

    That is what it means for the request: the one that may be billed has not left.
    """

    def __init__(self, http: Http) -> None:
        self._http = http

    async def put_all(self, media: Iterable[Media], access: Access) -> dict[Media, str]:
        """The address of each file; one that is named twice is put once."""
        found: dict[Media, str] = {}
        for one in media:
            if one not in found:
                found[one] = await self.put(content_of(one), one.media_type, access)
        return found

    async def put(self, content: bytes, media_type: str, access: Access) -> str:
        """The address of the content, by a name that tells nothing of us."""
        suffix = mimetypes.guess_extension(media_type) or ".bin"
        place = shaped(
            await self._tell(
                f"{hosts_of(access).rest}/storage/upload/initiate?storage_type=fal-cdn-v3",
                {"file_name": f"upload{suffix}", "content_type": media_type},
                headers=signed(access) | {"X-Fal-Object-Lifecycle": lifetime(_KEPT_S)},
            ),
            _Place,
        )
        # The address is signed by itself: the key stays here.
        await self._tell(
            place.upload_url, content=content, headers={"Content-Type": media_type}, method="PUT"
        )
        return place.file_url

    async def _tell(
        self,
        url: str,
        body: object = None,
        *,
        headers: dict[str, str],
        content: bytes | None = None,
        method: str = "POST",
    ) -> Answer:
        try:
            answer = await tell(
                self._http, url, body, headers=headers, content=content, method=method
            )
        except UnavailableError as error:
            raise NotSentError(error.message) from error
        if answer.status >= 500:
            raise NotSentError(f"fal takes no files now (HTTP {answer.status})")
        if answer.status in (404, 410):  # of the storage, not of a model
            raise ProviderError(f"fal's storage is not where it was (HTTP {answer.status})")
        if answer.status >= 400:
            raise error_of(complaint_of(answer))
        return answer
