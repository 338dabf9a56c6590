"""Documents are read in a process of their own, which ends."""

import subprocess
import sys
from pathlib import Path

import pytest

from papers.errors import ConfigurationError
from papers.sources import pages_reader
from papers.sources.pages_reader import Format, UnreadableDocumentError, check_extras, read
from support.documents import html, paragraph, pdf

NESTED = b'<article class="ltx_document">' + b"<div>" * 300_000
"""Takes the parser minutes."""


def program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o700)
    return str(path)


async def test_both_formats_are_read() -> None:
    read_html = await read(html(abstract="Waves.", sections=[paragraph("The sea.")]), Format.HTML)
    assert (read_html.abstract, read_html.rest[1:]) == ("Waves.", ("The sea.",))
    read_pdf = await read(pdf(["Abstract", "Waves.", "1 Introduction", "The sea."]), Format.PDF)
    assert (read_pdf.abstract, read_pdf.rest) == ("Waves.", ("The sea.",))


async def test_a_document_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UnreadableDocumentError, match=r"^it takes longer than 0\.5 seconds to read$"):
        await read(NESTED, Format.HTML, patience=0.5)


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (b"", Format.HTML, "ValueError: the page holds no paper"),
        (b"", Format.PDF, "EmptyFileError"),
        (pdf(["x"])[:300], Format.PDF, "Pdf"),
        (html(), Format.PDF, "Pdf"),
    ],
)
async def test_a_damaged_document_is_told_in_a_line(content: bytes, kind: Format, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason) as raised:
        await read(content, kind)
    assert "\n" not in str(raised.value)


def test_what_the_library_remarks_on_a_document_is_not_said_without_end() -> None:
    command = [sys.executable, "-m", pages_reader.__name__, Format.PDF.value]
    done = subprocess.run(  # noqa: S603 - our own program
        command, input=b"junk" + pdf(["Abstract"]), capture_output=True, check=True
    )
    assert b"Abstract" in done.stdout
    assert done.stderr == b""


async def test_the_process_knows_nothing_of_our_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PAPERBOY_DISCORD__TOKEN", "made-up")
    script = 'echo "token: ${PAPERBOY_DISCORD__TOKEN-none}" >&2; exit 1'
    monkeypatch.setattr(sys, "executable", program(tmp_path / "python", script))
    with pytest.raises(UnreadableDocumentError, match=r"^token: none$"):
        await read(b"", Format.PDF)


async def test_a_process_that_does_nothing_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", program(tmp_path / "python", "exec sleep 1000"))
    with pytest.raises(UnreadableDocumentError, match=r"longer than 0\.2 seconds"):
        await read(b"", Format.PDF, patience=0.2)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limits")
def test_the_process_has_little_memory_and_time() -> None:
    reading = (
        "import resource, sys, types\n"
        "from papers.sources import pages_reader\n"
        "def read(document):\n"
        "    told = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)\n"
        "    sys.exit(str(told))\n"
        "sys.modules[sys.argv[1]] = types.SimpleNamespace(read=read)\n"
        "pages_reader.main()"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", reading, Format.PDF.value], input=b"", capture_output=True, check=False
    )
    assert done.stderr == b"((2147483648, 2147483648), (30, 30))\n"


@pytest.mark.parametrize(
    ("script", "reason"),
    [("exit 1", "its reader broke down"), ("echo nonsense", "its reader answered with something else")],
)
async def test_a_reader_that_breaks_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, reason: str
) -> None:
    monkeypatch.setattr(sys, "executable", program(tmp_path / "python", f"cat >/dev/null; {script}"))
    with pytest.raises(UnreadableDocumentError, match=f"^{reason}$"):
        await read(b"", Format.PDF)


def test_missing_libraries_are_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    check_extras()
    monkeypatch.setattr(pages_reader, "_LIBRARIES", ("json", "no_such_library"))
    with pytest.raises(
        ConfigurationError, match=r"needs no_such_library: run `make extras`, or set reading\.pages to false"
    ):
        check_extras()
