"""The published days, imported and exported again, against the same days as they were before the table was made."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.command_line import CommandLine

DAYS = 199
ROWS = 2109
PAPERS = 2086
TOLD_AGAIN = ("2024-09-27", "2024-09-28", "2024-09-29")
"""Days that tell the same papers, and tell some differently."""

Row = dict[str, Any]


@pytest.fixture(scope="module")
def archive(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """The command line with every published day in its archive."""
    paperboy = CommandLine(tmp_path_factory.mktemp("archive")).with_environment(
        PAPERBOY_STORAGE__PATH="papers.db"
    )
    result = paperboy("import", shared_data / "digests", "--json")
    assert (result.code, result.stderr) == (0, "")
    assert result.document == {"files": DAYS, "rows": ROWS, "papers": PAPERS, "problems": []}
    return paperboy


@pytest.fixture(scope="module")
def exported(archive: CommandLine, shared_data: Path) -> dict[str, list[Row]]:
    """What `export --format json --date DAY` gives for each day."""
    days = sorted(file.stem for file in (shared_data / "digests").glob("*.md"))
    return {day: export(archive, day) for day in days}


def export(archive: CommandLine, day: str) -> list[Row]:
    result = archive.in_process("export", "--format", "json", "--date", day)
    assert (result.code, result.stderr) == (0, "")
    papers: list[Row] = result.document
    return papers


def truth(folder: Path, day: str) -> dict[str, Row]:
    papers = json.loads((folder / "digests" / f"{day}.json").read_text("utf-8"))
    return {paper["link"].removeprefix("https://arxiv.org/abs/"): paper for paper in papers}


def pairs(folder: Path, exported: dict[str, list[Row]]) -> Iterator[tuple[str, Row, Row]]:
    for day, papers in exported.items():
        true = truth(folder, day)
        for paper in papers:
            yield day, paper, true[paper["arxiv_id"]]


def test_every_row_comes_out_on_its_day_in_the_order_of_the_table(
    shared_data: Path, exported: dict[str, list[Row]]
) -> None:
    for day, papers in exported.items():
        table = (shared_data / "digests" / f"{day}.md").read_text("utf-8")
        positions = [table.index(f"https://arxiv.org/abs/{paper['arxiv_id']}") for paper in papers]
        assert positions == sorted(set(positions))
        assert all(day in paper["editions"] for paper in papers)
    assert sum(map(len, exported.values())) == ROWS


def test_title_authors_and_classifications_are_exact_per_paper_and_day(
    shared_data: Path, exported: dict[str, list[Row]]
) -> None:
    for day, paper, true in pairs(shared_data, exported):
        said = (paper["title"], paper["authors"], paper["classifications"])
        assert said == (
            " ".join(true["title"].split()),
            [*filter(None, true["authors"].split(", "))],
            true["classification"],
        ), (day, paper["arxiv_id"])


def test_days_that_tell_the_same_papers_differently_keep_their_own_word(
    exported: dict[str, list[Row]],
) -> None:
    told: dict[str, set[str]] = {}
    for day in TOLD_AGAIN:
        for paper in exported[day]:
            own = {key: paper[key] for key in ("title", "authors", "classifications", "summary")}
            told.setdefault(paper["arxiv_id"], set()).add(json.dumps(own))
    assert max(map(len, told.values())) > 1


def test_a_day_exported_as_a_digest_is_the_same_day_elsewhere(
    archive: CommandLine, exported: dict[str, list[Row]], tmp_path: Path
) -> None:
    folder = tmp_path / "days"
    folder.mkdir()
    for day in exported:
        text = archive.in_process("export", "--format", "digest", "--date", day).stdout
        (folder / f"{day}.md").write_text(text, "utf-8")
    elsewhere = CommandLine(tmp_path).with_environment(PAPERBOY_STORAGE__PATH="again.db")
    result = elsewhere.in_process("import", folder, "--json")
    assert result.document == {"files": DAYS, "rows": ROWS, "papers": PAPERS, "problems": []}
    shutil.rmtree(folder)
    for day, papers in exported.items():
        assert export(elsewhere, day) == [as_a_digest_tells_it(paper) for paper in papers]


def as_a_digest_tells_it(paper: Row) -> Row:
    """The paper after a digest of ours: two spaces in a bullet, as published here and there, are one; GitHub's links
    stand in a column before the others."""
    links = sorted(paper["links"], key=lambda link: "github.com" not in link["url"])
    return {**paper, "summary": [" ".join(bullet.split()) for bullet in paper["summary"]], "links": links}
