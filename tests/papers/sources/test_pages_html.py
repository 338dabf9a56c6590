import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.sources.front_matter import MOST_TEXT
from papers.sources.pages_html import read
from support.documents import anchor, footnote, html, paragraph

OWN = "https://github.com/marsh/waves"


def test_title_block_abstract_and_first_section_are_read_and_nothing_else() -> None:
    front = read(
        html(
            authors="Ada Marsh",
            abstract="We forecast <em>tides</em>.",
            sections=[paragraph("The sea.") + paragraph("Its <b>w</b>aves."), paragraph("Method.")],
            end="<p>Cited.</p>",
        )
    )
    assert front.abstract == "We forecast tides."
    assert front.rest == ("Tide: forecasting Ada Marsh 1 Part", "The sea.", "Its waves.")


def test_a_footnote_stands_where_its_mark_is() -> None:
    front = read(html(sections=[paragraph(f"We use Rivers{footnote(anchor(OWN))} here.")]))
    assert front.rest[-1] == f"We use Rivers {OWN} here."


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (OWN, OWN),
        ("github.com/marsh/waves", "github.com/marsh/waves"),
        ("Code", f"Code: {OWN}"),
        ("Project Page", f"Project Page: {OWN}"),
        ("<b>Git</b>Hub", f"GitHub: {OWN}"),
        ("the Waves library", f"the Waves library ({OWN})"),
    ],
)
def test_an_address_stands_after_its_words(words: str, written: str) -> None:
    assert read(html(abstract=f"See {anchor(OWN, words)} now")).abstract == f"See {written} now"


@pytest.mark.parametrize(
    "part", ["<script>{}</script>", "<table><tr><td>{}</td></tr></table>", "<math>{}</math>"]
)
def test_what_is_no_prose_is_left_out(part: str) -> None:
    assert read(html(abstract=f"Waves. {part.format(OWN)}")).abstract == "Waves."


def test_only_so_much_is_read() -> None:
    front = read(html(abstract="wave " * MOST_TEXT, sections=[paragraph("sea")]))
    assert (len(front.abstract), front.rest) == (MOST_TEXT, ())


@pytest.mark.parametrize("page", [b"", b"<p>No HTML for this paper.</p>", b"%PDF-1.7", b"\xff\xfe\x00"])
def test_a_page_without_a_paper_is_refused(page: bytes) -> None:
    with pytest.raises(ValueError, match="holds no paper"):
        read(page)


tags = st.sampled_from(
    ["<p>", "</p>", "<a href='https://x.org'>", "</a>", "<section class='ltx_section'>", "</section>"]
)
text = st.sampled_from(["\x00", "é", "&#xd800;", "&amp;", "<", "wave ", OWN])


@given(st.lists(tags | text, max_size=30).map("".join))
def test_any_page_of_a_paper_is_read(inside: str) -> None:
    front = read(html(abstract=inside, sections=[inside]))
    assert read(html(abstract=inside, sections=[inside])) == front
    assert len(front.abstract) + sum(map(len, front.rest)) <= MOST_TEXT
    front.model_dump_json().encode()
