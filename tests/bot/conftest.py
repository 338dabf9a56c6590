import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from support.bot import Bot, running_bot
from support.publishing import Counter, publishing


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    """The whole bot, connected to a playground, with an empty archive."""
    async with running_bot(tmp_path / "papers.db") as running:
        yield running


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    """A publisher that is logged in, and the town it posts to."""
    async with publishing() as made:
        yield made


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() or shutil.which("mount") is None or subprocess.run(command, check=False).returncode:  # noqa: S603
        pytest.skip("needs to be allowed to mount a file system in memory")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607
