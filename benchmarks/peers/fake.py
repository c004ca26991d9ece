"""The fake that ours and the peers call, in a process of its own: `python -m benchmarks.peers.fake`.

Ours asks OpenAI for responses, the peers for chat completions; both are one server's, and each
answers at once with the same few words.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from typing_extensions import override

from reelwright.testing.fakes.openai import FakeOpenAI
from reelwright.testing.fakes.server import Work
from reelwright.testing.fakes.writing import key_of, text_for


class Fake(FakeOpenAI):
    """OpenAI with its older door as well."""

    @override
    def routes(self) -> list[Route]:
        chat = Route("/v1/chat/completions", self._chat, methods=["POST"])
        return [chat, *super().routes()]

    async def _chat(self, request: Request) -> Response:
        asked = await request.json()
        return await self.take(request, "chat/completions", asked, key_of(request), _completed)


def _completed(work: Work) -> Response:
    message = {"role": "assistant", "content": text_for(None, work), "refusal": None}
    answer: dict[str, Any] = {
        "id": f"chatcmpl-{work.remote_id}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": work.asked["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150},
    }
    return JSONResponse(answer)


@contextmanager
def served_fake() -> Iterator[str]:
    """The fake's address, `/v1` included."""
    command = [sys.executable, "-m", "benchmarks.peers.fake"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        if not address:
            raise RuntimeError("the fake did not start")
        yield f"{address}/v1"
    finally:
        process.communicate(timeout=30)  # its input ends, and so does it


if __name__ == "__main__":
    with Fake().served() as url:
        print(url, flush=True)
        sys.stdin.read()
