"""SQLite's errors, translated once into ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from papers.errors import (
    DatabaseBusyError,
    DatabaseFullError,
    DatabaseReadOnlyError,
    DatabaseUnusableError,
    StorageError,
)

_PRIMARY = 0xFF
"""The part of an extended result code that names its kind (sqlite.org/rescode.html)."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns what SQLite raises inside into a `StorageError` with one sentence for people."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translation(error, path) from error
    except OSError as error:
        raise DatabaseReadOnlyError(f"The database {path} cannot be opened: {error.strerror}.") from error


def _translation(error: sqlite3.Error, path: Path) -> StorageError:
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseBusyError(
                f"The database {path} is locked by another program: wait until it is done, or end it."
            )
        case sqlite3.SQLITE_FULL:
            return DatabaseFullError(f"There is no room left for the database {path}: free some space.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return DatabaseReadOnlyError(
                f"The database {path} cannot be written: let this user write the file and its folder."
            )
        case sqlite3.SQLITE_NOTADB:
            return DatabaseUnusableError(f"{path} is no SQLite database: name another file.")
        case sqlite3.SQLITE_CORRUPT:
            return DatabaseUnusableError(f"The database {path} is damaged: bring back a backup.")
        case _:
            return StorageError(f"The database {path} cannot do that: {error}.")
