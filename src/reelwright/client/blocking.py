"""The client for programs that wait: the same calls, by the same names, and no `await`."""

from typing import Self

from reelwright.client.calls.groups import BlockingGroups
from reelwright.client.client import Client
from reelwright.client.waiting import Line, Waited, each, waited


class BlockingClient(BlockingGroups, Waited):
    """A `Client` whose calls return with their answers; lists and events are gone through with `for`.

    It may be used by several threads. Close it, or use it as a context; the calls are made by a thread
    of its own, so it can be used where an event loop runs as well, as in a notebook.
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8000",
        *,
        token: str | None = None,
        session: str | None = None,
        workspace: str | None = None,
        attempts: int = 3,
        timeout_s: float = 60,
    ) -> None:
        who = {"token": token, "session": session, "workspace": workspace}
        client, line = Client(base_url, **who, attempts=attempts, timeout_s=timeout_s), Line()
        Waited.__init__(self, client, line)
        BlockingGroups.__init__(self, client, line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close connections; again is no error."""
        if not self.line.closed:
            self.line.wait(self.calls.close())
            self.line.close()

    follow = each(Client.follow)
    upload_project = waited(Client.upload_project)
    upload_revision = waited(Client.upload_revision)
    upload_asset = waited(Client.upload_asset)
    stream_text = each(Client.stream_text)
    stream_message = each(Client.stream_message)
    download = waited(Client.download)
    download_asset = waited(Client.download_asset)
