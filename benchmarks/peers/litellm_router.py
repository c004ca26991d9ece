"""LiteLLM's Router, timed in its own environment: a line of input asks for a round of times.

`python litellm_router.py FAKE`; each line is `KIND COUNT`, and is answered by the seconds as JSON.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop
from litellm import Router

MODELS = ("gpt-6-luna", "gpt-6.1-terra")
_ACCOUNTS = 5
_MESSAGES = [{"role": "user", "content": "Where does the pier lead?"}]


def _router(address: str, strategy: str) -> Router:
    deployments = [
        {
            "model_name": model,
            "litellm_params": {
                "model": f"openai/{model}",
                "api_base": address,
                "api_key": f"key-{number}",
            },
        }
        for model in MODELS
        for number in range(_ACCOUNTS)
    ]
    return Router(model_list=deployments, routing_strategy=strategy, num_retries=0)


async def _choose(router: Router, model: str) -> None:
    await router.async_get_available_deployment(model=model, request_kwargs={}, messages=_MESSAGES)


async def _call(router: Router, model: str) -> None:
    answer = await router.acompletion(model=model, messages=_MESSAGES)
    if not answer.choices[0].message.content:
        raise RuntimeError("an empty answer")


async def _round(act: Callable[[Router, str], Awaitable[None]], router: Router, count: int) -> Any:
    took = []
    for number in range(count):
        begun = time.perf_counter()
        await act(router, MODELS[number % len(MODELS)])
        took.append(time.perf_counter() - begun)
    return took


async def _main(address: str) -> None:
    shuffling = _router(address, "simple-shuffle")
    kinds = {
        "choose": (_choose, shuffling),
        "choose-least-busy": (_choose, _router(address, "least-busy")),
        "call": (_call, shuffling),
    }
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        kind, count = line.split()
        act, router = kinds[kind]
        took = await _round(act, router, int(count))
        print(f"took {json.dumps(took)}", flush=True)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_main(sys.argv[1]))
