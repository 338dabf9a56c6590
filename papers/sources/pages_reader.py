"""Reading a document apart: in a process of its own that ends, whatever the document does to it.

An HTML page of 1.5 MB with every element inside the one before keeps a parser busy for minutes, and a thread cannot be
stopped. The process has little memory and time, and nothing of our environment.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec

from pydantic import ValidationError

from papers.errors import ConfigurationError
from papers.sources.front_matter import FrontMatter

TIMEOUT = 30.0
"""Seconds that a document may take; a paper of 30 pages takes one or two."""

_MEMORY = 2**31  # bytes of address space
_LIBRARIES = ("pypdf", "selectolax")
_KEPT = ("PATH", "PYTHONPATH", "SYSTEMROOT")
_LONGEST_REASON = 200


class Format(StrEnum):
    """What a document is written in; the value names the module that reads it."""

    HTML = "papers.sources.pages_html"
    PDF = "papers.sources.pages_pdf"


class UnreadableDocumentError(Exception):
    """Why a document cannot be read, as the rest of a sentence about it."""


def check_extras() -> None:
    """Looks whether the libraries are there.

    Raises:
        ConfigurationError: one is missing.
    """
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        raise ConfigurationError(
            f"Looking for links on papers' pages needs {' and '.join(missing)}: run `make extras`, or set "
            "reading.pages to false."
        )


async def read(document: bytes, kind: Format, *, patience: float = TIMEOUT) -> FrontMatter:
    """Reads a document in a process of its own.

    Args:
        document: the document.
        kind: what it is written in.
        patience: how many seconds it may take.

    Raises:
        UnreadableDocumentError: it is damaged, is no paper, or takes more time or memory than it may.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", __name__, kind.value),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={name: os.environ[name] for name in _KEPT if name in os.environ},
    )
    try:
        async with asyncio.timeout(patience):
            said, problems = await process.communicate(document)
    except TimeoutError as error:
        raise UnreadableDocumentError(f"it takes longer than {patience:g} seconds to read") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise UnreadableDocumentError(_reason(problems))
    try:
        return FrontMatter.model_validate_json(said)
    except ValidationError as error:
        raise UnreadableDocumentError("its reader answered with something else") from error


def _reason(problems: bytes) -> str:
    """The last line of a traceback says what was wrong."""
    lines = problems.decode(errors="replace").strip().splitlines()
    return lines[-1][:_LONGEST_REASON] if lines else "its reader broke down"


def _limit() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - it is not there on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(TIMEOUT), int(TIMEOUT)))


def main() -> None:
    """The process: reads the document from its input and writes what it read."""
    _limit()
    logging.disable()  # pypdf remarks on each flaw, and a small document may have a million
    reader: Callable[[bytes], FrontMatter] = import_module(Format(sys.argv[1])).read
    front = reader(sys.stdin.buffer.read())
    sys.stdout.buffer.write(front.model_dump_json().encode())


if __name__ == "__main__":
    main()
