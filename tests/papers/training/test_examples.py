import json
from datetime import date
from pathlib import Path

import pytest

from papers.errors import ConfigurationError
from papers.models import Classification, Paper, first_key
from papers.training.examples import LabelledPaper, from_archive, from_folder
from support.labelled_papers import labelled_papers, write_digests

DAY = date(2025, 6, 2)


def test_a_folder_of_days_and_abstracts_is_read_oldest_first(tmp_path: Path) -> None:
    papers = labelled_papers(12)
    assert from_folder(*write_digests(tmp_path, papers)) == papers


def test_bullets_stand_in_for_an_abstract(tmp_path: Path) -> None:
    digests, _ = write_digests(tmp_path, labelled_papers(3))
    assert {paper.text for paper in from_folder(digests)} == {"- A line."}


def test_a_table_is_read_where_a_day_has_no_list(tmp_path: Path) -> None:
    head = "## Papers for 2025-06-02\n| Title | Authors | Summary | Classification | GitHub URLs | HuggingFace URLs |\n"
    row = "| [Ferries](https://arxiv.org/abs/2506.00001) | A | - They float - They sink | ['Robotics', 'NLQ'] | N/A | N/A |"
    (tmp_path / "2025-06-02.md").write_text(f"{head}|---|---|---|---|---|---|\n{row}\n", encoding="utf-8")
    assert from_folder(tmp_path) == [
        LabelledPaper(
            arxiv_id="2506.00001",
            day=DAY,
            title="Ferries",
            text="They float\nThey sink",
            labels=("Robotics",),
        )
    ]


def test_a_list_counts_before_the_table_of_its_day(tmp_path: Path) -> None:
    digests, _ = write_digests(tmp_path, labelled_papers(1))
    [file] = digests.glob("*.json")
    file.with_suffix(".md").write_text("no table", encoding="utf-8")
    assert len(from_folder(digests)) == 1


def test_a_paper_counts_once_by_its_first_day_and_one_without_labels_never(tmp_path: Path) -> None:
    row = {"link": "https://arxiv.org/abs/2506.00001", "title": "Ferries", "classification": ["robotics"]}
    other = {"link": "https://arxiv.org/abs/2506.00002", "title": "Boats", "classification": ["Sailing"]}
    (tmp_path / "2025-06-02.json").write_text(json.dumps([row, other]), encoding="utf-8")
    (tmp_path / "2025-06-03.json").write_text(json.dumps([row]), encoding="utf-8")
    assert [(paper.arxiv_id, paper.day, paper.labels) for paper in from_folder(tmp_path)] == [
        ("2506.00001", DAY, ("Robotics",))
    ]


def test_the_archive_gives_abstracts_or_bullets() -> None:
    paper = Paper(
        key=first_key(DAY),
        arxiv_id="2506.00001",
        title="Ferries",
        bullets=("They float.", "They sink."),
        classifications=(Classification(name="Robotics"),),
    )
    [bare, full] = from_archive(
        [paper, paper.model_copy(update={"arxiv_id": "2506.00002", "abstract": "They float well."})]
    )
    assert (bare.text, full.text) == ("They float.\nThey sink.", "They float well.")
    assert (bare.day, bare.labels) == (DAY, ("Robotics",))


@pytest.mark.parametrize("content", ["{", "3", '[{"title": "x"}]', "[3]", b"\xff"])
def test_what_is_no_list_of_papers_is_named(tmp_path: Path, content: str | bytes) -> None:
    file = tmp_path / "2025-06-02.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(
        ConfigurationError, match=r"2025-06-02\.json is no list of a day's labelled papers\.$"
    ):
        from_folder(tmp_path)


def test_what_is_missing_or_unreadable_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="There is no folder"):
        from_folder(tmp_path / "gone")
    with pytest.raises(ConfigurationError, match=r"gone\.jsonl does not hold a line .*\(line 1\)\.$"):
        from_folder(tmp_path, tmp_path / "gone.jsonl")
    abstracts = tmp_path / "a.jsonl"
    abstracts.write_text('{"arxiv_id": "1", "title": "t", "abstract": "a"}\n\n[]\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"a\.jsonl does not hold a line .*\(line 2\)\.$"):
        from_folder(tmp_path, abstracts)
    (tmp_path / "2025-06-02.md").write_text("no table", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"2025-06-02\.md is no digest"):
        from_folder(tmp_path)


def test_the_recorded_digests_are_read(shared_data: Path) -> None:
    papers = from_folder(shared_data / "digests", shared_data / "abstracts.jsonl")
    assert len(papers) == 3124
    assert (papers[0].day, papers[-1].day) == (date(2024, 9, 27), date(2025, 6, 30))
