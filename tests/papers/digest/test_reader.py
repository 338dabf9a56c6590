from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.digest.reader import read
from papers.errors import NotADigestError
from papers.models import Answer, LinkKind, Origin, Statement

SAMPLES = Path(__file__).parent / "samples"
HEADER = (
    "| Title | Authors | Summary | Classification | GitHub URLs | HuggingFace URLs |\n"
    "|-------|---------|---------|----------------|-------------|-----------------|\n"
)
HEAD = f"## Papers for 2025-03-03\n\n{HEADER}"
GOOD = "| [Good](https://arxiv.org/abs/2513.0000{}) | A | - B. | ['Audio'] | N/A | N/A |"


def six_columns() -> Answer:
    (answer,) = read((SAMPLES / "six-columns.md").read_text("utf-8"), file="six-columns.md")
    return answer


def statements(answer: Answer) -> dict[str, Statement]:
    return {paper.arxiv_id: paper.statements[0] for paper in answer.announcements}


def test_every_readable_row_arrives_in_order() -> None:
    answer = six_columns()
    assert (answer.source, answer.day) == ("digest", date(2025, 3, 3))
    assert [*statements(answer)] == ["2513.00001", "2513.00002", "hep-th/9901001"]


def test_a_row_over_two_lines_is_read_whole() -> None:
    kites = statements(six_columns())["2513.00001"]
    assert kites.title == "Kites: Learning to Glide from Wind Alone"
    assert kites.authors == ("Ada", "b-user42", "Cy Dee")
    assert kites.bullets == (
        "Kites glide further when the wind is learned.",
        "They need no tail (small kites - at least - do not).",
        "A benchmark of 10 - 20 beaches is released.",
    )
    assert kites.origin is Origin.DIGEST
    assert kites.day == date(2025, 3, 3)


def test_a_classification_takes_the_form_of_the_taxonomy() -> None:
    kites = statements(six_columns())["2513.00001"]
    assert kites.classifications is not None
    assert [(item.name, item.confidence) for item in kites.classifications] == [
        ("Reinforcement Learning", None),
        ("Robotics", None),
    ]


def test_links_of_both_columns_are_kept_and_junk_is_not() -> None:
    kites, prose = [*statements(six_columns()).values()][:2]
    assert kites.links is not None
    assert prose.links is not None
    assert [(link.kind, link.url) for link in (*kites.links, *prose.links)] == [
        (LinkKind.CODE, "https://github.com/o/kites"),
        (LinkKind.MODEL, "https://huggingface.co/o/kite-7b"),
        (LinkKind.DATASET, "https://huggingface.co/datasets/o/beaches"),
        (LinkKind.SPACE, "https://huggingface.co/spaces/o/prose"),
    ]


def test_pipes_inside_title_and_summary_are_text() -> None:
    prose = statements(six_columns())["2513.00002"]
    assert prose.title == "Prose | A Study"
    assert prose.authors == ()
    assert prose.bullets == ("Prose - as ever - is one bullet. Pipes | stay.",)
    assert prose.classifications == ()


def test_an_escaped_pipe_is_no_border() -> None:
    row = GOOD.format(1).replace("| A |", r"| A \| B |")
    (answer,) = read(HEAD + row)
    assert statements(answer)["2513.00001"].authors == ("A | B",)
    assert answer.problems == ()


def test_an_answer_with_an_unreadable_row_is_not_whole() -> None:
    (answer,) = read(f"{HEAD}{GOOD.format(1)}\n| [Cut off](https://arxiv.org/abs/2513.00002) |\n")
    assert len(answer.announcements) == len(answer.problems) == 1
    assert not answer.whole


def test_what_cannot_be_read_is_named_with_file_and_line() -> None:
    answer = six_columns()
    assert answer.whole is False
    assert {problem.file for problem in answer.problems} == {"six-columns.md"}
    assert [(problem.line, problem.reason) for problem in answer.problems] == [
        (11, "The row was left out: it has 2 of 6 cells."),
        (12, "The row was left out: its title holds no link to a paper on arXiv."),
        (13, "The row was left out: its classifications are not a list of names in quotes."),
        (14, "The line stands in the table and belongs to no row; it was left out."),
        (15, "The paper stands in the table twice; its first row was kept."),
        (16, "The classification “Underwater Basketry” is not among ours; it was kept as it is."),
    ]


def test_a_note_about_a_row_that_was_read_leaves_the_answer_whole() -> None:
    (answer,) = read(f"{HEAD}{GOOD.format(1).replace('Audio', 'Basketry')}\n{GOOD.format(1)}\n")
    assert [problem.item for problem in answer.problems] == ["2513.00001"] * 2
    assert answer.whole


def test_three_columns_hold_the_links_in_the_title_and_may_count_their_bullets() -> None:
    first, second = read((SAMPLES / "three-columns.md").read_text("utf-8"))
    assert (first.day, second.day) == (date(2025, 5, 5), date(2025, 5, 6))
    assert first.problems == second.problems == ()
    kites, prose = statements(first).values()
    assert kites.title == "[Re] Kites, Once More"
    assert kites.authors == ("Ada", "Bo")
    assert kites.bullets == ("Kites were flown again.", "The wind (i) was real.", "They came down.")
    assert (kites.classifications, kites.links) == (None, None)
    assert prose.bullets == ("Nothing is counted here - or is it?",)
    assert statements(second)["2513.00005"].bullets == ("First.", "Second.")


def test_an_empty_table_is_a_whole_day_without_papers() -> None:
    assert read(HEAD) == (Answer(source="digest", day=date(2025, 3, 3)),)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_any_line_ends_do(newline: str) -> None:
    text = f"{HEAD}{GOOD.format(1)}\n"
    assert read(text.replace("\n", newline)) == read(text)


def test_the_name_of_the_file_gives_the_day_where_the_heading_does_not() -> None:
    (answer,) = read(f"## Papers for yesterday\n\n{HEADER}", file="somewhere/2025-03-04.md")
    assert answer.day == date(2025, 3, 4)


def test_the_heading_has_more_weight_than_the_name_of_the_file() -> None:
    assert read(HEAD, file="2025-03-04.md")[0].day == date(2025, 3, 3)


@pytest.mark.parametrize("heading", ["", "## Papers for 2025-02-30\n", "## Papers for\n"])
def test_a_table_of_no_day_is_refused(heading: str) -> None:
    with pytest.raises(
        NotADigestError, match=r"notes\.md, line \d+: nothing says which day this is; put a heading"
    ):
        read(f"{heading}\n{HEADER}", file="notes.md")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Notes\n\nNothing here.\n",
        "## Papers for 2025-03-03\n",
        "| Name | Price |\n|---|---|\n| a | b |\n",
    ],
)
def test_a_text_without_a_table_is_no_digest(text: str) -> None:
    with pytest.raises(
        NotADigestError, match=r"^notes\.md holds no digest: it has no table with the columns"
    ):
        read(text, file="notes.md")


def test_a_table_under_another_heading_is_not_taken_for_papers() -> None:
    (answer,) = read(f"{HEAD}{GOOD.format(1)}\n\n## Prices\n\n| Name | Price |\n|---|---|\n| a | b |\n")
    assert len(answer.announcements) == 1
    assert answer.problems == ()


line = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])).filter(
    lambda text: not text.lstrip().startswith("#") and not text.strip().endswith("|")
)


@given(line | line.map("| {}".format) | line.map("| [T](https://arxiv.org/abs/2513.00009) | {}".format))
@example("| [T](https://arxiv.org/abs/2513.00009) | A | - B. | ['Audio")
@example("|")
def test_a_damaged_row_costs_nothing_but_itself(damaged: str) -> None:
    (answer,) = read(f"{HEAD}{GOOD.format(1)}\n{damaged}\n{GOOD.format(2)}\n")
    assert {"2513.00001", "2513.00002"} <= statements(answer).keys()


@given(st.text(st.sampled_from("|[]()&#45; -•*'\"\\.,\na1") | st.characters(exclude_categories=["Cs"])))
def test_any_table_is_read_or_its_rows_are_named(body: str) -> None:
    for answer in read(HEAD + body):
        assert answer.whole or answer.problems
