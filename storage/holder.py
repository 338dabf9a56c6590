"""One bot a database; see docs/decisions/0006."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlite_utils
from filelock import FileLock, Timeout

from papers.errors import DatabaseHeldError, DatabaseReadOnlyError
from storage.database import Database


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Keeps every other bot from the database, until the context ends or the process dies.

    Raises:
        DatabaseHeldError: another bot has it.
        DatabaseReadOnlyError: the lock file beside it cannot be made.
    """
    lock = FileLock(path.with_name(f"{path.name}.lock"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(blocking=False)
    except Timeout:
        raise DatabaseHeldError(
            f"Another bot is running on the database {path}: stop it first, or name another with --database."
        ) from None
    except OSError as error:
        raise DatabaseReadOnlyError(
            f"The database {path} cannot be written: {error.strerror}. Let this user write its folder."
        ) from error
    try:
        yield
    finally:
        lock.release()


async def check_identity(database: Database, *, application_id: int, api_base: str) -> None:
    """Remembers which application uses the database, and refuses another.

    Raises:
        DatabaseHeldError: it belongs to another application, or to one at another address.
    """
    ours = {"application_id": str(application_id), "api_base": api_base}

    def write(db: sqlite_utils.Database) -> dict[str, str]:
        rows = [{"name": name, "value": value} for name, value in ours.items()]
        db.table("identity").insert_all(rows, ignore=True)
        return dict(db.execute("SELECT name, value FROM identity").fetchall())

    kept = await database.write(write)
    if {name: kept[name] for name in ours} != ours:
        raise DatabaseHeldError(
            f"The database {database.path} belongs to application {kept['application_id']} at"
            f" {kept['api_base']}: name another database for this one."
        )
