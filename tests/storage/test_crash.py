"""A process killed while it writes leaves a whole file, with everything it had confirmed."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from papers.ports import SearchRequest
from papers.query import parse
from storage import open_stores

ROOT = Path(__file__).resolve().parents[2]
COUNTS = (
    "count(*) FROM papers",
    "count(*) FROM unplanned",
    "count(*) FROM search_docsize",
    "count(*) FROM edition_papers",
    "count(DISTINCT paper) FROM statements",
    "papers FROM authors",
)
WRITING = """
import asyncio, sys
from datetime import timedelta
from pathlib import Path
from storage import open_stores
from support.papers import AT, DAY, announced, answered, over_at

async def write():
    async with open_stores(Path(sys.argv[1])) as stores:
        for number in range(100_000):
            day = DAY + timedelta(days=number // 40)
            papers = [announced(f"2606.{number:05}{n}", f"Paper {n}", authors=["Ada Marsh"]) for n in range(9)]
            await stores.papers.keep(answered(*papers, day=day), over_at=over_at(day), at=AT)
            print(number, flush=True)

asyncio.run(write())
"""


@pytest.mark.parametrize("lines", [1, 7, 50])
def test_killed_while_writing(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "papers.db"
    confirmed = write_and_be_killed(path, lines)
    asyncio.run(check_index(path))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        counts = {connection.execute(f"SELECT {count}").fetchone()[0] for count in COUNTS}
    assert counts in ({9 * confirmed}, {9 * confirmed + 9})


def write_and_be_killed(path: Path, lines: int) -> int:
    """Starts a process that writes and kills it after some lines; how many writes it had confirmed."""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", WRITING, path],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        told += writer.stdout.readlines()
    assert writer.returncode == -signal.SIGKILL
    return int(told[-1]) + 1


async def check_index(path: Path) -> None:
    """Opens the file as the bot does; FTS5 raises where its index is not whole."""
    async with open_stores(path) as stores:
        await stores.database.write(
            lambda db: db.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        )
        found = await stores.papers.search(SearchRequest(query=parse("author:marsh")))
        assert found.papers[0].title == "Paper 8"
