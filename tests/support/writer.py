"""A process that asks one text at once, of the database and the vendor it is told of."""

import asyncio
import json
import sys

from reelwright.app.settings import Settings
from reelwright.app.start import open_house
from reelwright.generation.routes.route import Route
from reelwright.generation.writing import Writing
from reelwright.providers.prompts import Message, TextRequest


async def main() -> None:
    settings = Settings.model_validate(json.loads(sys.argv[1]))
    async with open_house(settings) as house:
        writing = await house.container.get(Writing)
        request = TextRequest((Message("user", "Where does the pier lead?"),))
        await writing.write(house.owner, request, Route(models=("openai/gpt-6-luna",)))


asyncio.run(main())
