"""One suite for every store in `support.stores.OPENINGS`."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import Stores
from support.stores import OPENINGS, Opening


@pytest.fixture(scope="session", params=list(OPENINGS))
def opening(request: pytest.FixtureRequest) -> Opening:
    """Opens stores at a path."""
    name: str = request.param
    return OPENINGS[name]


@pytest.fixture
async def stores(opening: Opening, tmp_path: Path) -> AsyncIterator[Stores]:
    """Stores on a database of their own."""
    async with opening(tmp_path / "papers.db") as opened:
        yield opened
