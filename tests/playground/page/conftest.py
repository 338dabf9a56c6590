"""What tests of the page may ask for."""

from collections.abc import AsyncIterator

import pytest

from support.discord_town import Town
from support.playground_page import Page, looking


@pytest.fixture
async def page(town: Town) -> AsyncIterator[Page]:
    """The page as the town's member has it open."""
    async with looking(town.playground, town.member) as opened:
        yield opened
