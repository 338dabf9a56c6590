import pytest

from papers.sources.front_matter import MOST_TEXT
from papers.sources.pages_pdf import PAGES, read
from support.documents import pdf

OWN = "https://github.com/marsh/waves"
HEAD = ("Tide: forecasting", "Ada Marsh")


@pytest.mark.parametrize(
    "heading", ["1 Introduction", "1. INTRODUCTION", "I. INTRODUCTION", "Introduction", "1 I NTRODUCTION"]
)
@pytest.mark.parametrize("abstract", ["Abstract", "ABSTRACT"])
def test_the_abstract_is_told_from_the_rest(abstract: str, heading: str) -> None:
    front = read(pdf([*HEAD, abstract, "We forecast.", f"Code: {OWN}", heading, "The sea."]))
    assert front.abstract == f"We forecast.\nCode: {OWN}"
    assert front.rest == ("Tide: forecasting\nAda Marsh", "The sea.")


@pytest.mark.parametrize(
    "lines",
    [
        ["We forecast.", "1 Introduction", "The sea."],
        ["Abstract", "We forecast."],
        ["Abstract", *["wave " * 40] * 40, "Introduction"],
    ],
)
def test_where_it_cannot_be_told_all_is_the_rest(lines: list[str]) -> None:
    front = read(pdf(lines))
    assert front.abstract == ""
    assert len(front.rest) == 1


def test_a_footnote_stands_alone() -> None:
    lines = [
        "It is available in part",
        "1https://github.com/brook/rivers",
        "2Our code is at https://x.org/y",
        "3D seas",
    ]
    assert read(pdf(lines)).rest == (
        "It is available in part",
        "1https://github.com/brook/rivers",
        "2Our code is at https://x.org/y\n3D seas",
    )


def test_an_address_at_the_beginning_of_a_line_stays_in_its_sentence() -> None:
    assert read(pdf(["Code is available at", OWN])).rest == (f"Code is available at\n{OWN}",)


def test_an_address_broken_over_lines_is_put_together_where_it_is_linked() -> None:
    lines = ["Code is at https://github.com/", "marsh/waves for all"]
    assert read(pdf(lines, links={0: [OWN]})).rest == (f"Code is at {OWN} for all",)


def test_an_address_behind_words_stands_alone_after_the_text() -> None:
    links = [OWN, OWN, "mailto:ada@marsh.example", "https://x.org/" + "y" * 600]
    assert read(pdf(["Code"], links={0: links})).rest == ("Code", OWN)


def test_first_pages_are_read_up_to_the_references() -> None:
    pages = [[f"Page {number}"] for number in range(1, PAGES + 2)]
    links = {number: [f"https://x.org/{number}"] for number in range(PAGES + 1)}
    [text, *found] = read(pdf(*pages, links=links)).rest
    assert text == "\n".join(f"Page {number}" for number in range(1, PAGES + 1))
    assert found == [f"https://x.org/{number}" for number in range(PAGES)]
    assert read(pdf(["The sea.", "References", f"Code is available at {OWN}"])).rest == ("The sea.",)


def test_only_so_much_is_read() -> None:
    front = read(pdf(["wave " * 200] * 60, ["sea " * 200] * 60))
    assert sum(map(len, front.rest)) <= MOST_TEXT
