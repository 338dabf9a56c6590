"""Transactions on one thread, snapshots on others, and callers that leave."""

import asyncio
import contextlib
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from papers.errors import DatabaseReadOnlyError, StorageError
from storage import open_stores
from storage.database import Database
from storage.schema import APPLICATION_ID
from support.papers import AT, DAY, EDITION, TIDES, over_at
from support.stores import dump


def insert(db: sqlite_utils.Database, name: str = "a") -> None:
    db.table("identity").insert({"name": name, "value": "x"})


def names(db: sqlite_utils.Database) -> list[str]:
    return [name for [name] in db.execute("SELECT name FROM identity ORDER BY name")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "papers.db"


async def test_a_write_is_one_transaction(path: Path) -> None:
    def half(db: sqlite_utils.Database) -> None:
        insert(db, "a")
        with db.atomic():
            insert(db, "b")
        raise LookupError

    async with Database(path) as database:
        with pytest.raises(LookupError):
            await database.write(half)
        assert await database.read(names) == []
        await database.write(insert)
        assert await database.read(names) == ["a"]


async def test_a_write_holds_the_lock_from_its_start(path: Path) -> None:
    def read_then_write(db: sqlite_utils.Database) -> None:
        assert names(db) == []
        with (
            closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")
        insert(db)

    async with Database(path) as database:
        await database.write(read_then_write)
        assert await database.read(names) == ["a"]


async def test_a_nested_block_may_fail_alone(path: Path) -> None:
    def part(db: sqlite_utils.Database) -> None:
        insert(db, "a")
        with contextlib.suppress(LookupError), db.atomic():
            insert(db, "b")
            raise LookupError

    async with Database(path) as database:
        await database.write(part)
        assert await database.read(names) == ["a"]


async def test_reads_do_not_stand_behind_writes(path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(db: sqlite_utils.Database) -> None:
        insert(db)
        begun.set()
        assert go_on.wait(60)

    async with Database(path) as database:
        writing = asyncio.create_task(database.write(slow))
        await asyncio.to_thread(begun.wait, 60)
        assert await database.read(names) == []
        go_on.set()
        await writing
        assert await database.read(names) == ["a"]


async def test_a_read_sees_one_snapshot(path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def twice(db: sqlite_utils.Database) -> tuple[list[str], list[str]]:
        before = names(db)
        begun.set()
        assert go_on.wait(60)
        return before, names(db)

    async with Database(path) as database:
        reading = asyncio.create_task(database.read(twice))
        await asyncio.to_thread(begun.wait, 60)
        await database.write(insert)
        go_on.set()
        assert await reading == ([], [])


async def test_a_read_cannot_write(path: Path) -> None:
    async with Database(path) as database:
        with pytest.raises(DatabaseReadOnlyError):
            await database.read(insert)
        assert await database.read(names) == []


async def test_a_cancelled_caller_leaves_no_half_transaction(path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(db: sqlite_utils.Database) -> None:
        insert(db, "a")
        begun.set()
        assert go_on.wait(60)
        insert(db, "b")

    async with Database(path) as database:
        running = asyncio.create_task(database.write(slow))
        waiting = asyncio.create_task(database.write(lambda db: insert(db, "c")))
        await asyncio.to_thread(begun.wait, 60)
        for task in (running, waiting):
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        go_on.set()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM identity ORDER BY name").fetchall() == [
            ("a",),
            ("b",),
            ("c",),
        ]


async def test_what_fails_with_nobody_waiting_is_logged(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    go_on = threading.Event()

    def fail(_db: sqlite_utils.Database) -> None:
        go_on.wait(60)
        raise LookupError("gone wrong")

    async with Database(path) as database:
        task = asyncio.create_task(database.write(fail))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        go_on.set()
        await database.write(insert)
        await asyncio.sleep(0)
    assert "gone wrong" in caplog.text


async def test_the_file_is_set_up_for_reading_beside_writing(path: Path) -> None:
    def pragma(name: str) -> sqlite3.Cursor:
        return connection.execute(f"PRAGMA {name}")

    async with Database(path) as database:
        assert await database.write(lambda db: db.execute("PRAGMA synchronous").fetchone()) == (1,)
        assert await database.write(lambda db: db.execute("PRAGMA foreign_keys").fetchone()) == (1,)
    with closing(sqlite3.connect(path)) as connection:
        assert pragma("journal_mode").fetchone() == ("wal",)
        assert pragma("application_id").fetchone() == (APPLICATION_ID,)


async def test_opening_again_changes_nothing(path: Path) -> None:
    async with open_stores(path) as stores:
        await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    before = dump(path)
    async with open_stores(path) as stores:
        assert await stores.papers.get(TIDES.arxiv_id) is not None
    assert dump(path) == before


async def test_two_may_make_the_file_at_once(path: Path) -> None:
    async with Database(path) as one, Database(path) as other:
        await one.write(insert)
        assert await other.read(names) == ["a"]
        with pytest.raises(StorageError):
            await other.write(insert)
