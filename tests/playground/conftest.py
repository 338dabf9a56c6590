"""What tests of the playground may ask for."""

from collections.abc import AsyncIterator

import pytest

from support.discord_town import Town, inhabited


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """An inhabited playground without rate limits."""
    async with inhabited() as made:
        yield made
