"""A file that is locked, full, read-only, foreign, newer, damaged or none: one sentence, and nothing lost."""

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest

from papers.errors import (
    DatabaseBusyError,
    DatabaseFullError,
    DatabaseReadOnlyError,
    DatabaseUnusableError,
    StorageError,
)
from storage import Stores, hold, open_stores
from support.papers import AT, DAY, EDITION, ROBOTS, TIDES, announced, answered, over_at

ResultT = TypeVar("ResultT")
NOBODY = 65_534


def using(path: Path, work: Callable[[Stores], Awaitable[ResultT]], *, busy_timeout: float = 10.0) -> ResultT:
    """Does work on the database at a path."""

    async def run() -> ResultT:
        async with open_stores(path, busy_timeout=busy_timeout) as stores:
            return await work(stores)

    return asyncio.run(run())


async def nothing(_stores: Stores) -> None:
    """No work: opening is enough."""


async def keep_edition(stores: Stores) -> None:
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)


async def shown(stores: Stores) -> list[str]:
    return [paper.arxiv_id for paper in await stores.papers.edition(DAY)]


def refused(path: Path, kind: type[StorageError], sentence: str, *, busy_timeout: float = 10.0) -> None:
    """Opening fails with a sentence that names the file, and changes nothing of it."""
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(kind, match=sentence) as caught:
        using(path, nothing, busy_timeout=busy_timeout)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "papers.db"


@pytest.fixture
def kept(path: Path) -> Path:
    """A database with a day's papers."""
    using(path, keep_edition)
    return path


def test_an_empty_file_is_taken(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    using(path, keep_edition)
    assert len(using(path, shown)) == 3


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary, today there was no database in here.\n" * 50)
    refused(path, DatabaseUnusableError, "not in the format of SQLite")


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE bookmarks (url TEXT)", "CREATE VIEW one AS SELECT 1", "PRAGMA application_id = 77"],
)
def test_another_program_s_database_is_refused(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
    refused(path, DatabaseUnusableError, "belongs to another program")


def test_a_newer_version_s_database_is_refused(kept: Path) -> None:
    with sqlite3.connect(kept) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('paperboy', 'm999_later', '')"
        )
    connection.close()
    refused(kept, DatabaseUnusableError, "written by a newer Paperboy: install that version")


def test_a_damaged_database_is_refused(kept: Path) -> None:
    content = kept.read_bytes()
    kept.write_bytes(content[:100] + b"\xff" * 8_000 + content[8_100:])
    refused(kept, DatabaseUnusableError, "is damaged: bring back a backup")


def test_a_damage_found_later_is_said_in_a_sentence(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        [page] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'statements'").fetchone()
        [size] = connection.execute("PRAGMA page_size").fetchone()
    content = kept.read_bytes()
    kept.write_bytes(content[: (page - 1) * size] + b"\xff" * size + content[page * size :])
    using(kept, nothing)
    with pytest.raises(DatabaseUnusableError, match="is damaged: bring back a backup"):
        using(kept, shown)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, DatabaseUnusableError, "is a folder: name a file in it")


def test_a_file_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused(tmp_path / "file" / "papers.db", DatabaseReadOnlyError, "cannot be opened")


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder that the tests' user may read and not write, whoever that is."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        using(folder / "papers.db", keep_edition)
        for entry, mode in ((folder / "papers.db", 0o444), (folder, 0o555)):
            entry.chmod(mode)
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        yield folder
        os.seteuid(user)
        folder.chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="needs the permissions of POSIX")
def test_a_read_only_folder_is_said(as_nobody: Path) -> None:
    refused(as_nobody / "papers.db", DatabaseReadOnlyError, "let this user write the file and its folder")
    refused(as_nobody / "new.db", DatabaseReadOnlyError, "let this user write the file and its folder")
    refused(as_nobody / "new" / "new.db", DatabaseReadOnlyError, "cannot be opened: Permission denied")
    with pytest.raises(DatabaseReadOnlyError, match="cannot be written"), hold(as_nobody / "papers.db"):
        pass


@pytest.mark.skipif(os.name != "posix", reason="needs the permissions of POSIX")
def test_a_read_only_file_is_read_and_said(as_nobody: Path) -> None:
    as_root = os.geteuid() == NOBODY
    if as_root:
        os.seteuid(0)
    as_nobody.chmod(0o777)
    if as_root:
        os.seteuid(NOBODY)
    path = as_nobody / "papers.db"
    assert len(using(path, shown)) == 3
    with pytest.raises(DatabaseReadOnlyError, match="let this user write the file and its folder"):
        using(path, keep_edition)


def test_a_lock_of_another_program_is_waited_for_and_then_said(kept: Path) -> None:
    with closing(sqlite3.connect(kept, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(using(kept, shown, busy_timeout=0.05)) == 3
        with pytest.raises(DatabaseBusyError, match="locked by another program"):
            using(kept, keep_edition, busy_timeout=0.05)
        other.execute("ROLLBACK")
        using(kept, keep_edition, busy_timeout=0.05)


def test_a_lock_while_the_file_is_made_is_said(tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused(path, DatabaseBusyError, "locked by another program", busy_timeout=0.05)


async def test_a_full_disk_loses_nothing(path: Path) -> None:
    many = answered(*(announced(f"2606.{number:05}", f"Paper {number}") for number in range(2_000)))
    async with open_stores(path) as stores:
        await stores.papers.keep(answered(TIDES), over_at=over_at(DAY), at=AT)
        [pages] = await stores.database.read(lambda db: db.execute("PRAGMA page_count").fetchone())
        await stores.database.write(lambda db: db.execute(f"PRAGMA max_page_count = {pages + 2}").fetchall())
        with pytest.raises(DatabaseFullError, match="free some space"):
            await stores.papers.keep(many, over_at=over_at(DAY), at=AT)
        assert await shown(stores) == [TIDES.arxiv_id]
        await stores.database.write(lambda db: db.execute("PRAGMA max_page_count = 100000").fetchall())
        await stores.papers.keep(answered(ROBOTS), over_at=over_at(DAY), at=AT)
        assert len(await shown(stores)) == 2
