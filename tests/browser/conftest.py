from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from support.bot import Bot, running_bot
from support.browser import executable


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    """The whole bot, connected to a playground that a browser can look at."""
    executable()
    async with running_bot(tmp_path / "papers.db") as running:
        yield running
