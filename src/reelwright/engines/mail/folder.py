"""Letters laid into a folder, for a laptop: nothing is sent, and whoever owns the folder reads them."""

import asyncio
import logging
from pathlib import Path

from typing_extensions import override

from reelwright.engines.mail.contract import Mail, Mailer
from reelwright.engines.mail.smtp import written
from reelwright.engines.secrets.keys import replace_private
from reelwright.ground.transactions import forbid_in_transaction

_log = logging.getLogger(__name__)


class FolderMailer(Mailer):
    """Writes each letter into a file (0600) and says in the log where it lies."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    @override
    async def send(self, mail: Mail) -> None:
        forbid_in_transaction("sending a letter")
        path = self._folder / f"{mail.id}.eml"
        content = written(mail, self._sender).as_bytes()
        await asyncio.to_thread(self._lay, path, content)
        _log.warning("no mail server is set: a letter (%s) lies in %s", mail.subject, path)

    def _lay(self, path: Path, content: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_private(path, content)
