from datetime import date
from pathlib import Path

import pytest

from papers.errors import ConfigurationError, NotADigestError
from papers.sources.digests import LARGEST_FILE, find_files, read_file

DIGEST = "## Papers for 2025-03-03\n\n| Title | Authors | Summary |\n|---|---|---|\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.md", "a.md", "deep/er/c.md", "a.json", "notes.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(DIGEST, "utf-8")
    (tmp_path / "folder.md").mkdir()
    return tmp_path


def test_a_folder_is_searched_for_markdown_in_order(folder: Path) -> None:
    assert find_files([folder]) == [folder / "a.md", folder / "b.md", folder / "deep/er/c.md"]


def test_a_file_is_taken_as_given_and_each_once(folder: Path) -> None:
    given = [folder / "notes.txt", folder / "b.md", folder]
    assert find_files(given) == [
        folder / "notes.txt",
        folder / "b.md",
        folder / "a.md",
        folder / "deep/er/c.md",
    ]


def test_a_path_with_nothing_there_is_named(folder: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"There is no file or folder .*missing\.md\."):
        find_files([folder, folder / "missing.md"])


def test_a_file_is_read_with_or_without_byte_order_mark(folder: Path) -> None:
    (folder / "b.md").write_text(DIGEST, "utf-8-sig")
    assert read_file(folder / "a.md") == read_file(folder / "b.md")
    assert [answer.day for answer in read_file(folder / "a.md")] == [date(2025, 3, 3)]


def test_problems_name_the_path(folder: Path) -> None:
    (folder / "a.md").write_text(f"{DIGEST}| broken |\n", "utf-8")
    (answer,) = read_file(folder / "a.md")
    assert [(problem.file, problem.line) for problem in answer.problems] == [(str(folder / "a.md"), 5)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe\x00", r"is not UTF-8 text \(byte 0\); save it as UTF-8\."),
        (b" " * (LARGEST_FILE + 1), r"is larger than 10 MB, which no digest is\."),
        (b"", r"holds no digest: it has no table"),
    ],
)
def test_a_file_that_is_no_digest_is_named_with_the_reason(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    file = tmp_path / "some.md"
    file.write_bytes(content)
    with pytest.raises(NotADigestError, match=rf"some\.md {reason}"):
        read_file(file)


def test_a_file_as_large_as_allowed_is_read(tmp_path: Path) -> None:
    file = tmp_path / "some.md"
    file.write_bytes(DIGEST.encode().ljust(LARGEST_FILE))
    assert len(read_file(file)) == 1


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotADigestError, match=r"cannot be read: Is a directory\.") as caught:
        read_file(tmp_path)
    assert isinstance(caught.value.__cause__, OSError)
