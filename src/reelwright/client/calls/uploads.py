"""The calls of the tag `uploads`. Written by `make openapi`."""

from reelwright.client.models.uploads import UploadView
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, at, read


class UploadsCalls:
    """The calls of the tag `uploads`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def describe_uploads(self) -> None:
        """What of the protocol is spoken here, and how large a file may be."""
        await self._wire.ask("OPTIONS", "/api/v1/uploads")

    async def find_upload_offset(self, upload_id: str) -> None:
        """Where to go on."""
        await self._wire.ask("HEAD", at("/api/v1/uploads/{upload_id}", upload_id=upload_id))

    async def get_upload(self, upload_id: str) -> UploadView:
        """One upload, and the asset it became, or why it was refused."""
        answer = await self._wire.ask("GET", at("/api/v1/uploads/{upload_id}", upload_id=upload_id))
        return read(UploadView, answer.body)

    async def end_upload(self, upload_id: str) -> None:
        """Forget an upload and its bytes; an asset that came of it stays."""
        await self._wire.ask("DELETE", at("/api/v1/uploads/{upload_id}", upload_id=upload_id))


class UploadsWaited(Waited):
    """The same, waited for."""

    describe_uploads = waited(UploadsCalls.describe_uploads)
    find_upload_offset = waited(UploadsCalls.find_upload_offset)
    get_upload = waited(UploadsCalls.get_upload)
    end_upload = waited(UploadsCalls.end_upload)
