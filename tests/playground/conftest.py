"""What tests of the playground may ask for."""

from collections.abc import AsyncIterator

import pytest

from support.discord_bot import Bot, listening
from support.discord_rest import Rest, asking
from support.discord_town import TOKEN, Town, inhabited


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """An inhabited playground without rate limits."""
    async with inhabited() as made:
        yield made


@pytest.fixture
async def rest(town: Town) -> AsyncIterator[Rest]:
    """The API of the town, asked as its bot."""
    async with asking(town.playground, TOKEN) as client:
        yield client


@pytest.fixture
async def bot(town: Town, rest: Rest) -> AsyncIterator[Bot]:
    """The town's bot, listening on the gateway with its commands registered."""
    async with listening(town, rest) as made:
        yield made
