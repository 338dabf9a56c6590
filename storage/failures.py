"""SQLite's errors, translated once into ours."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from pydantic_core import PydanticSerializationError

from papers.errors import (
    DatabaseBusyError,
    DatabaseFullError,
    DatabaseReadOnlyError,
    DatabaseUnusableError,
    StorageError,
)

_PRIMARY = 0xFF
"""The part of an extended result code that names its kind (sqlite.org/rescode.html)."""

_Meaning = tuple[type[StorageError], str]
_BUSY = (DatabaseBusyError, "is locked by another program: wait until that is done, or end it.")
_READ_ONLY = (
    DatabaseReadOnlyError,
    "cannot be opened or written: let this user write the file and its folder.",
)
_FULL = (DatabaseFullError, "has no room left on its disk, and nothing was changed: free some space.")
_MEANINGS: Mapping[int, _Meaning] = MappingProxyType(
    {
        sqlite3.SQLITE_BUSY: _BUSY,
        sqlite3.SQLITE_LOCKED: _BUSY,
        sqlite3.SQLITE_FULL: _FULL,
        sqlite3.SQLITE_IOERR_SHMSIZE: _FULL,  # the index of the log could not be made beside the database
        sqlite3.SQLITE_READONLY: _READ_ONLY,
        sqlite3.SQLITE_CANTOPEN: _READ_ONLY,
        sqlite3.SQLITE_PERM: _READ_ONLY,
        sqlite3.SQLITE_NOTADB: (DatabaseUnusableError, "is not in the format of SQLite: name another file."),
        sqlite3.SQLITE_CORRUPT: (DatabaseUnusableError, "is damaged: bring back a backup."),
        sqlite3.SQLITE_IOERR: (StorageError, "cannot be read or written: its disk reports an error."),
    }
)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns what SQLite and the file system raise inside into a `StorageError` with one sentence for people."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translation(error, path) from error
    except (UnicodeEncodeError, PydanticSerializationError) as error:
        raise StorageError("A text holds half a character (a lone surrogate), and cannot be kept.") from error
    except OSError as error:
        raise DatabaseReadOnlyError(f"The database {path} cannot be opened: {error.strerror}.") from error


def _translation(error: sqlite3.Error, path: Path) -> StorageError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    other = (StorageError, f"cannot do that: {error}.")
    kind, sentence = _MEANINGS.get(code) or _MEANINGS.get(code & _PRIMARY, other)
    return kind(f"The database {path} {sentence}")
