"""Importing digests against bare SQLite: the same rows, the same tables, the same run.

Run it from the project's root: `.venv/bin/python -m benchmarks.ingest [FOLDER]`. FOLDER holds digests (by default
the recorded ones beside the project); where there is none, as many days are made up. "Ours" is `keep_all` from parsed
answers to the commit; "bare" is `sqlite3.executemany` of the rows which that left behind, the full-text index
included. Both open their file before the clock starts; the two take turns.
"""

import asyncio
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from papers.matching import index_text
from papers.models import Announcement, Answer, Classification, Origin, Paper, Statement
from papers.sources.digests import find_files, over_at, read_file
from papers.taxonomy import NAMES
from storage import open_stores
from storage.rows import load

RECORDED = Path(__file__).resolve().parents[2] / "shared" / "data" / "digests"
REPETITIONS = 7
AT = datetime(2026, 1, 1, tzinfo=UTC)
INDEXED = "INSERT INTO search (rowid, title, bullets, abstract, authors, tags) VALUES (?, ?, ?, ?, ?, ?)"
Rows = Mapping[str, Sequence[Sequence[object]]]


def made_up(days: int = 199, papers: int = 16) -> Iterator[Answer]:
    """Days of papers of about the size of real ones, always the same."""
    chance = random.Random(7)
    words = ["".join(chance.choices("aeioubdgklmnprst", k=chance.randint(2, 11))) for _ in range(5_000)]

    def text(length: int) -> str:
        return " ".join(chance.choices(words, k=length))

    for number in range(days):
        day = date(2024, 9, 27) + timedelta(days=number)
        told = [
            Statement(
                origin=Origin.DIGEST,
                day=day,
                title=text(9),
                authors=tuple(text(2).title() for _ in range(6)),
                bullets=tuple(text(24) for _ in range(4)),
                classifications=tuple(Classification(name=name) for name in chance.sample(NAMES, 2)),
            )
            for _ in range(papers)
        ]
        announced = [
            Announcement(arxiv_id=f"{day:%y%m}.{number:03}{index:02}", statements=(statement,))
            for index, statement in enumerate(told)
        ]
        yield Answer(source="digest", day=day, announcements=tuple(announced))


def answers_of(folder: Path) -> list[Answer]:
    """What stands in a folder's digests; days that were made up where it does not exist."""
    if not folder.is_dir():
        print("no recorded digests: days are made up")
        return list(made_up())
    return [answer for file in find_files([folder]) for answer in read_file(file)]


async def ours(path: Path, answers: Sequence[Answer]) -> tuple[float, list[Paper]]:
    """Seconds that `keep_all` takes, and the papers it left."""
    async with open_stores(path) as stores:
        days = [(answer, over_at(answer.day)) for answer in answers]
        seconds = await timed(lambda: stores.papers.keep_all(days, at=AT))
        papers = await stores.database.read(
            lambda db: load(db, [key for [key] in db.execute("SELECT key FROM papers ORDER BY key")])
        )
    return seconds, papers


async def timed(work: Callable[[], object]) -> float:
    """Seconds that work takes."""
    start = time.perf_counter()
    result = work()
    if asyncio.iscoroutine(result):
        await result
    return time.perf_counter() - start


def rows_of(path: Path, papers: Sequence[Paper]) -> Rows:
    """Every row of a database, by the statement that inserts it, parents first."""
    connection = sqlite3.connect(path)
    listed = connection.execute(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT GLOB 'sqlite_*'"
        " AND name NOT GLOB '_sqlite_*' ORDER BY name = 'papers' OR name = 'authors' DESC"
    ).fetchall()
    rows: dict[str, Sequence[Sequence[object]]] = {}
    for [table] in listed:
        kept = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - the schema's own names
        if kept:
            marks = ",".join("?" * len(kept[0]))
            rows[f"INSERT INTO {table} VALUES ({marks})"] = kept  # noqa: S608 - the schema's own names
    connection.close()
    texts = ((paper.key, index_text(paper)) for paper in papers)
    rows[INDEXED] = [
        (key, text.title, text.bullets, text.abstract, text.authors, text.tags) for key, text in texts
    ]
    return rows


async def bare(path: Path, rows: Rows) -> float:
    """Seconds that `executemany` takes for the rows, in one transaction."""
    async with open_stores(path):
        pass
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for statement, values in rows.items():
            connection.executemany(statement, values)
        connection.execute("COMMIT")

    seconds = await timed(insert)
    connection.close()
    return seconds


async def main(folder: Path) -> None:
    """Measures and prints."""
    start = time.perf_counter()
    answers = answers_of(folder)
    parsing = time.perf_counter() - start
    pairs: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as scratch:
        for repetition in range(REPETITIONS):
            path = Path(scratch, f"ours{repetition}.db")
            seconds, papers = await ours(path, answers)
            pairs.append((seconds, await bare(Path(scratch, f"bare{repetition}.db"), rows_of(path, papers))))
    measured, floor = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    spread = [round(mine / theirs, 2) for mine, theirs in pairs]
    print(f"{len(papers)} papers of {len(answers)} days; parsing {parsing:.2f} s")
    print(f"keep_all {measured:.2f} s ({len(papers) / measured:,.0f} papers/s), bare {floor:.2f} s")
    print(f"ratio {ratio:.2f} (median of {REPETITIONS}; {spread})")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else RECORDED))
