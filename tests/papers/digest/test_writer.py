import ast
import html
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from papers.digest.reader import read
from papers.digest.writer import write
from papers.links import recognise
from papers.models import Classification, Link, LinkKind, Paper, first_key
from papers.taxonomy import NAMES
from papers.text import normalise

DAY = date(2025, 3, 3)
RENDERERS = {
    "CommonMark with tables": MarkdownIt("commonmark", {"html": False}).enable("table"),
    "with HTML let through": MarkdownIt("commonmark", {"html": True}).enable("table"),
    "with everything else": MarkdownIt("js-default"),
}
HOSTILE = [
    "|", "\\|", "\\", "`", "``", "[", "]", "[x](https://evil.example)", "![i](https://evil.example/i.png)", "<b>",
    "<script>alert(1)</script>", "<https://evil.example>", "https://evil.example", "www.evil.example", "@everyone",
    "<@1>", "*", "**", "_", "~~", "||", "$x$", "&", "&amp;", "&#124;", "&#45;", "&#32;", "\n", "\n\n", "\r\n", "\t",
    " - ", "- ", " -", "•", " * ", ",", ", ", "'", '"', "\\'", "N/A", "(", ")", "](", ":smile:", "---", "# ", "1. ",
    "i) ", "ii) ", "\U0001f469\u200d\U0001f680", "שלום", "مرحبا", "\u202e", "漢字", "é", "e\u0301", "\u2028", "\xa0",
]  # fmt: skip

characters = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=4)
text = (
    st.lists(st.sampled_from(HOSTILE) | characters, max_size=8)
    .map("".join)
    .map(lambda text: text if normalise(text) else "x")
)
names = st.sampled_from(NAMES) | text.map("Zq {}".format)
on_hub = st.sampled_from(["o/n", "datasets/o/n", "spaces/o/_n_", "collections/o/a-set-67ef5be12949"])
urls = st.just("https://github.com/o/r_1") | on_hub.map("https://huggingface.co/{}".format)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    number = draw(st.integers(0, 99_999))
    links = [recognise(url) for url in draw(st.lists(urls, unique=True))]
    return Paper(
        key=first_key(DAY) + number,
        arxiv_id=f"2513.{number:05}",
        title=draw(text),
        authors=tuple(draw(st.lists(text, max_size=3))),
        bullets=tuple(draw(st.lists(text, max_size=4))),
        classifications=tuple(Classification(name=name) for name in draw(st.lists(names, max_size=3))),
        links=tuple(link for link in links if link is not None),
    )


many_papers = st.lists(papers(), max_size=3, unique_by=lambda paper: paper.arxiv_id)


def paper(**fields: object) -> Paper:
    return Paper.model_validate({"key": first_key(DAY), "arxiv_id": "2513.00001", "title": "Kites", **fields})


def columns(paper: Paper) -> tuple[object, ...]:
    code = [link for link in paper.links if link.kind is LinkKind.CODE]
    return (
        (paper.arxiv_id, normalise(paper.title)),
        tuple(map(normalise, paper.authors)),
        tuple(map(normalise, paper.bullets)),
        tuple(normalise(item.name) for item in paper.classifications),
        (*code, *(link for link in paper.links if link not in code)),
    )


def columns_read(table: str) -> list[tuple[object, ...]]:
    (answer,) = read(table)
    assert answer.whole
    return [
        (
            (announcement.arxiv_id, statement.title),
            statement.authors,
            statement.bullets,
            tuple(item.name for item in statement.classifications or ()),
            statement.links,
        )
        for announcement in answer.announcements
        for statement in announcement.statements
    ]


def rendered(renderer: MarkdownIt, table: str) -> list[list[Token]]:
    tokens = renderer.parse(table)
    assert [token.type for token in tokens if token.level == 0 and token.nesting == 1] == [
        "heading_open",
        "table_open",
    ]
    cells = [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "td_open"]
    return [cells[at : at + 6] for at in range(0, len(cells), 6)]


def shown(cell: Token) -> str:
    children = cell.children or []
    assert {child.type for child in children} <= {"text", "link_open", "link_close"}
    return "".join(child.content for child in children)


def targets(cell: Token) -> list[str]:
    return [str(child.attrs["href"]) for child in cell.children or [] if child.type == "link_open"]


def as_shown(paper: Paper) -> list[str]:
    names = [normalise(item.name) for item in paper.classifications]
    return [
        normalise(paper.title),
        ", ".join(map(normalise, paper.authors)),
        " ".join(f"- {normalise(bullet)}" for bullet in paper.bullets),
        str(names),
    ]


def hrefs(links: Sequence[Link], *, code: bool) -> list[str]:
    return [link.url for link in links if (link.kind is LinkKind.CODE) is code]


@given(many_papers)
@example(
    [paper(title="a \\| b `c` [d](e) & &amp;", authors=("Doe, Jane", "N/A"), bullets=("a - b", "(c", "d)"))]
)
def test_all_six_columns_read_back_equal(day: list[Paper]) -> None:
    assert columns_read(write(DAY, day)) == [*map(columns, day)]


@pytest.mark.parametrize("name", RENDERERS)
@given(day=many_papers)
def test_a_renderer_shows_every_text_as_it_is(name: str, day: list[Paper]) -> None:
    rows = rendered(RENDERERS[name], write(DAY, day))
    assert len(rows) == len(day)
    for paper, cells in zip(day, rows, strict=True):
        assert [*map(shown, cells[:4])] == as_shown(paper)
        assert ast.literal_eval(shown(cells[3])) == [normalise(item.name) for item in paper.classifications]


@pytest.mark.parametrize("name", RENDERERS)
@given(day=many_papers)
def test_a_renderer_links_what_we_link_and_nothing_else(name: str, day: list[Paper]) -> None:
    for paper, cells in zip(day, rendered(RENDERERS[name], write(DAY, day)), strict=True):
        assert [*map(targets, cells[:4])] == [[paper.url], [], [], []]
        assert targets(cells[4]) == hrefs(paper.links, code=True)
        assert targets(cells[5]) == hrefs(paper.links, code=False)


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;"]
)
def test_html_is_shown_and_never_runs(hostile: str) -> None:
    table = write(DAY, [paper(title=hostile, authors=(hostile,), bullets=(hostile,))])
    assert RENDERERS["with HTML let through"].render(table).count(html.escape(hostile)) == 3


@pytest.mark.parametrize(
    "mark", ["@everyone", "https://evil.example", "www.evil.example", ":smile:", "$x$", "||x||"]
)
def test_the_file_itself_holds_nothing_that_pings_or_links(mark: str) -> None:
    assert mark not in write(DAY, [paper(title=mark, authors=(mark,), bullets=(mark,))])


def test_a_table_looks_like_the_publishers() -> None:
    table = write(
        DAY,
        [
            paper(
                authors=("Ada", "Doe, Jane"),
                bullets=("One.", "Two (2 - 3)."),
                classifications=(Classification(name="Audio", confidence=0.5),),
                links=(Link(kind=LinkKind.PROJECT, url="https://kites.example"),),
            )
        ],
    )
    assert table == (
        "## Papers for 2025-03-03\n\n"
        "| Title | Authors | Summary | Classification | GitHub URLs | HuggingFace URLs |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| [Kites](https://arxiv.org/abs/2513.00001) | Ada, Doe&#44; Jane | - One. - Two (2 &#45; 3). "
        "| ['Audio'] | N/A | N/A |\n"
    )


def test_what_no_file_can_hold_is_left_out() -> None:
    table = write(DAY, [paper(title="a\x00b\x1b[31m c\ud800")])
    assert table.encode()
    assert columns_read(table)[0][0] == ("2513.00001", "ab[31m c\ufffd")


def test_a_day_without_papers_is_an_empty_table() -> None:
    (answer,) = read(write(DAY, []))
    assert (answer.day, answer.announcements, answer.problems) == (DAY, (), ())
