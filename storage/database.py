"""The database file: one thread that writes, a few that read, every call one transaction."""

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import sqlite_utils

from papers.errors import DatabaseUnusableError
from storage.failures import translated
from storage.indexing import fill
from storage.schema import APPLICATION_ID, NAMES, migrations

log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")
Work = Callable[[sqlite_utils.Database], ResultT]

_READERS = 2
_PAGE_SIZE = 8_192
"""Bytes: a paper's statement has some two thousand, and would waste half of a smaller page."""

_LONGEST_LOG = 16 * 1024 * 1024
"""Bytes of the write-ahead log that stay on the disk after a large import."""


class Database:
    """A database of ours; an async context.

    Work is handed over as a function that gets a `sqlite_utils.Database`. Writing work runs on one thread, inside
    one `BEGIN IMMEDIATE` transaction: all of it is kept, or nothing. Reading work runs beside it on other threads
    and sees one snapshot. Work that was handed over is done even if its caller is cancelled meanwhile, so that
    nobody leaves half of it.
    """

    def __init__(self, path: Path, *, busy_timeout: float = 10.0) -> None:
        """Names the file; it is opened, and made if missing, when the context is entered.

        Args:
            path: the file; its folder is made if missing.
            busy_timeout: how many seconds to wait for another process that writes.
        """
        self.path = path
        self._busy_timeout = busy_timeout
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="read")
        self._connections: list[sqlite3.Connection] = []
        self._reading = threading.local()
        self._writing: sqlite_utils.Database | None = None

    async def __aenter__(self) -> Self:
        """Opens the file and brings its tables up to date.

        Raises:
            StorageError: the file is not ours, is newer than this program, or cannot be opened.
        """
        try:
            await self._in(self._writer, self._open)
        except BaseException:
            await self._close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()

    async def write(self, work: Work[ResultT], *, durable: bool = False) -> ResultT:
        """Does work in a transaction of its own.

        Args:
            work: what to do.
            durable: return only when the disk has it, and all that was written before; otherwise a power failure
                may take the last transactions back. See docs/decisions/0007.

        Raises:
            StorageError: it could not be done; nothing of it is kept.
        """
        return await self._in(
            self._writer, lambda: self._durable(work) if durable else self._transaction(work)
        )

    async def read(self, work: Work[ResultT]) -> ResultT:
        """Does work that only reads.

        Raises:
            StorageError: it could not be done.
        """
        return await self._in(self._readers, lambda: self._snapshot(work))

    async def _in(self, threads: ThreadPoolExecutor, work: Callable[[], ResultT]) -> ResultT:
        with translated(self.path):
            future = asyncio.get_running_loop().run_in_executor(threads, work)
            try:
                return await asyncio.shield(future)
            except asyncio.CancelledError:
                future.add_done_callback(_log_failure)
                raise

    def _open(self) -> None:
        if self.path.is_dir():
            raise DatabaseUnusableError(f"{self.path} is a folder: name a file in it.")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._writing = db = self._connect()
        _check_is_ours(db, self.path)
        db.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute(f"PRAGMA journal_size_limit = {_LONGEST_LOG}")
        if migrations.pending(db):
            self._transaction(_migrate)

    def _connect(self) -> sqlite_utils.Database:
        connection = sqlite3.connect(
            self.path, timeout=self._busy_timeout, isolation_level=None, check_same_thread=False
        )
        self._connections.append(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        return sqlite_utils.Database(connection)

    def _durable(self, work: Work[ResultT]) -> ResultT:
        db = self._writing
        assert db is not None  # noqa: S101 - work is handed over inside the context only
        db.execute("PRAGMA synchronous = FULL")
        try:
            return self._transaction(work)
        finally:
            db.execute("PRAGMA synchronous = NORMAL")

    def _transaction(self, work: Work[ResultT]) -> ResultT:
        db = self._writing
        assert db is not None  # noqa: S101 - work is handed over inside the context only
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            result = work(db)
            db.conn.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise
        return result

    def _snapshot(self, work: Work[ResultT]) -> ResultT:
        db: sqlite_utils.Database | None = getattr(self._reading, "db", None)
        if db is None:
            self._reading.db = db = self._connect()
            db.execute("PRAGMA query_only = ON")
        db.conn.execute("BEGIN")
        try:
            return work(db)
        finally:
            db.conn.execute("ROLLBACK")

    async def _close(self) -> None:
        await asyncio.to_thread(self._shut)

    def _shut(self) -> None:
        for threads in (self._readers, self._writer):
            threads.shutdown(wait=True)
        for connection in self._connections:
            connection.close()


def _check_is_ours(db: sqlite_utils.Database, path: Path) -> None:
    [mark] = db.execute("PRAGMA application_id").fetchone()
    [objects] = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if mark != APPLICATION_ID and (mark or objects):
        raise DatabaseUnusableError(f"{path} belongs to another program: name another file.")
    applied = {migration.name for migration in migrations.applied(db)}
    if applied - NAMES:
        raise DatabaseUnusableError(
            f"{path} was written by a newer Paperboy: install that version or a later one."
        )


def _migrate(db: sqlite_utils.Database) -> None:
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(db)
    fill(db)


def _log_failure(future: asyncio.Future[ResultT]) -> None:
    error = None if future.cancelled() else future.exception()
    if error is not None:
        log.error("the database could not do what nobody waits for any more", exc_info=error)
