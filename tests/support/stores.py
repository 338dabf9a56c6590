"""The stores that the suite runs against: whatever opens stores at a path can be put among `OPENINGS`."""

import asyncio
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path
from typing import TypeVar

from storage import Stores, open_stores

ResultT = TypeVar("ResultT")
Opening = Callable[[Path], AbstractAsyncContextManager[Stores]]

OPENINGS: dict[str, Opening] = {"sqlite": open_stores}


def with_fresh(opening: Opening, work: Callable[[Stores], Awaitable[ResultT]]) -> ResultT:
    """Does work on new stores, for tests that need them many times."""

    async def run(path: Path) -> ResultT:
        async with opening(path) as stores:
            return await work(stores)

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(run(Path(folder, "papers.db")))


def dump(path: Path) -> list[str]:
    """Everything in a SQLite file, the index's own tables included."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())
