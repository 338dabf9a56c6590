"""Digest files on the disk."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from papers.digest.reader import read
from papers.errors import ConfigurationError, NotADigestError
from papers.models import Answer

LARGEST_FILE = 10_000_000
"""Bytes; the largest published day has 39,000."""


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Lists the files that may hold digests.

    Args:
        paths: files, taken as they are, and folders, searched for `*.md` however deep.

    Returns:
        The files in the order of the paths, those of a folder sorted, each once.

    Raises:
        ConfigurationError: there is nothing at one of the paths.
    """
    files = {file.resolve(): file for path in paths for file in _files_at(path)}
    return list(files.values())


def _files_at(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*.md") if file.is_file())
    elif path.is_file():
        yield path
    else:
        raise ConfigurationError(f"There is no file or folder {path}.")


def read_file(path: Path) -> tuple[Answer, ...]:
    """Reads one digest file, and nothing beside it.

    Returns:
        One answer a day, as `papers.digest.reader.read` gives them; problems name the path.

    Raises:
        NotADigestError: the file cannot be read, is larger than `LARGEST_FILE`, is not UTF-8, or holds no digest.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise NotADigestError(f"{path} cannot be read: {error.strerror}.") from error
    if len(content) > LARGEST_FILE:
        raise NotADigestError(f"{path} is larger than {LARGEST_FILE // 1_000_000} MB, which no digest is.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotADigestError(f"{path} is not UTF-8 text (byte {error.start}); save it as UTF-8.") from error
    return read(text, file=str(path))


def over_at(day: date) -> datetime:
    """When nothing more comes to a day's digest: at the end of the day, UTC."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)
