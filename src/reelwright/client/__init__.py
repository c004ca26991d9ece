"""The typed client of the API: independent of the service, so that it can be used anywhere.

Generated from `docs/openapi.json` by `make openapi`: `models/`, `calls/`, `shapes`. The rest is written.
"""

from reelwright.client.blocking import BlockingClient
from reelwright.client.client import Client
from reelwright.client.events import ServerEvent
from reelwright.client.failures import ApiError, NoAnswerError

__all__ = ["ApiError", "BlockingClient", "Client", "NoAnswerError", "ServerEvent"]
