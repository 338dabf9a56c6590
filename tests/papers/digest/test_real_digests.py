"""The reader against the published days, and against the same days as they were before the table was made."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from papers.digest.reader import read
from papers.digest.writer import write
from papers.links import recognise
from papers.models import Paper, Statement, first_key

DAYS = 199
ROWS = 2109
THREE_COLUMN_ROWS = {
    "2024-09-10": 11,
    "2024-10-14": 13,
    "2024-12-03": 22,
    "2025-01-22": 15,
    "2025-03-11": 39,
    "2025-05-28": 51,
}

_MARK = re.compile(r"^\s*(?:\*\*-\*\*|\*\*-|\*-|-|•|\*(?=\s))\s*")


def said_and_true(folder: Path) -> Iterator[tuple[Statement, dict[str, Any]]]:
    for file in sorted(folder.glob("*.md")):
        (answer,) = read(file.read_text("utf-8"), file=file.name)
        assert answer.day == date.fromisoformat(file.stem)
        assert (answer.problems, answer.whole) == ((), True)
        truth = {paper["link"]: paper for paper in json.loads(file.with_suffix(".json").read_text("utf-8"))}
        for paper in answer.announcements:
            yield paper.statements[0], truth[f"https://arxiv.org/abs/{paper.arxiv_id}"]


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> list[tuple[Statement, dict[str, Any]]]:
    return [*said_and_true(shared_data / "digests")]


def true_bullets(summary: str) -> tuple[str, ...]:
    lines = (_MARK.sub("", line).strip() for line in summary.split("\n"))
    return tuple(filter(None, lines))


def text_of(bullets: Sequence[str]) -> str:
    """The text with neither white space nor the marks that tell bullets apart."""
    return re.sub(r"[\s•*-]+", "", "".join(bullets))


def test_every_row_of_every_day_arrives(shared_data: Path, rows: Sequence[object]) -> None:
    files = [*(shared_data / "digests").glob("*.md")]
    written = sum(len(re.findall(r"^\| \[", file.read_text("utf-8"), re.MULTILINE)) for file in files)
    assert (len(files), written, len(rows)) == (DAYS, ROWS, ROWS)


def test_titles_authors_and_classifications_are_exact(
    rows: Sequence[tuple[Statement, dict[str, Any]]],
) -> None:
    for said, true in rows:
        assert said.title == " ".join(true["title"].split())
        assert said.authors == tuple(filter(None, true["authors"].split(", ")))
        assert [item.name for item in said.classifications or ()] == true["classification"]


def test_bullets_are_exact_in_all_but_a_few_rows(rows: Sequence[tuple[Statement, dict[str, Any]]]) -> None:
    exact = sum(said.bullets == true_bullets(true["summary"]) for said, true in rows)
    assert exact == 2098  # 99.5 %


def test_no_text_of_a_bullet_is_lost(rows: Sequence[tuple[Statement, dict[str, Any]]]) -> None:
    for said, true in rows:
        assert text_of(said.bullets or ()) == text_of([true["summary"]])


def test_every_recognised_link_is_kept_and_nothing_else(
    rows: Sequence[tuple[Statement, dict[str, Any]]],
) -> None:
    kept = 0
    for said, true in rows:
        written = [*(true.get("github_urls") or []), *(true.get("huggingface_urls") or [])]
        assert said.links is not None
        assert set(said.links) == {recognise(url) for url in written} - {None}
        kept += len(said.links)
    assert kept == 1674


def test_every_row_survives_being_written_and_read_again(
    rows: Sequence[tuple[Statement, dict[str, Any]]],
) -> None:
    day = date(2025, 3, 3)
    papers = [as_paper(number, said, day) for number, (said, _) in enumerate(rows)]
    (again,) = read(write(day, papers))
    for paper, announcement in zip(papers, again.announcements, strict=True):
        statement = announcement.statements[0]
        assert announcement.arxiv_id == paper.arxiv_id
        assert (statement.title, statement.authors) == (paper.title, paper.authors)
        assert statement.bullets == tuple(" ".join(bullet.split()) for bullet in paper.bullets)
        assert statement.classifications == paper.classifications
        assert set(statement.links or ()) == set(paper.links)


def as_paper(number: int, said: Statement, day: date) -> Paper:
    return Paper(
        key=first_key(day) + number,
        arxiv_id=f"2513.{number:05}",
        title=said.title or "",
        authors=said.authors or (),
        bullets=said.bullets or (),
        classifications=said.classifications or (),
        links=said.links or (),
    )


@pytest.mark.parametrize("day", THREE_COLUMN_ROWS)
def test_the_three_column_days_are_read_whole(shared_data: Path, day: str) -> None:
    text = (shared_data / "digests-three-columns" / f"{day}.md").read_text("utf-8")
    (answer,) = read(text, file=f"{day}.md")
    assert (answer.day.isoformat(), answer.problems, answer.whole) == (day, (), True)
    ids = re.findall(r"\(https://arxiv\.org/abs/([\d.]+)\)", text)
    assert [paper.arxiv_id for paper in answer.announcements] == ids
    assert len(ids) == THREE_COLUMN_ROWS[day]
    for paper in answer.announcements:
        statement = paper.statements[0]
        assert statement.title
        assert "Read more" not in statement.title
        assert statement.authors is not None
        assert all(statement.bullets or ())
