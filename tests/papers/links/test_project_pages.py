import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.links import distinct, find, key, page, read
from papers.links.pages import LONGEST
from papers.models import Link, LinkKind


def project(url: str) -> Link:
    return Link(kind=LinkKind.PROJECT, url=url)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://tides.github.io/", "https://tides.github.io/"),
        ("http://Tides.GitHub.io/Coast.", "https://tides.github.io/Coast"),
        ("tides.github.io/coast", "https://tides.github.io/coast"),
        ("www.tides.org", "https://www.tides.org/"),
        ("(https://tides.org/a?id=7&utm_source=x&fbclid=y#top),", "https://tides.org/a?id=7"),
        ("https://tides.org/?gclid=1&ref_src=2&spm=3", "https://tides.org/"),
        ("https://tides.org/#/demo", "https://tides.org/#/demo"),
        ("https://sites.google.com/view/tides", "https://sites.google.com/view/tides"),
        ("https://tides.hf.space", "https://tides.hf.space/"),
        ("https://hf.co/Tides", "https://huggingface.co/Tides"),
        ("https://github.com/tides", "https://github.com/tides"),
        ("https://huggingface.co/blog/tides/coast", "https://huggingface.co/blog/tides/coast"),
        ("https://doi.org/10.5281/zenodo.1234567", "https://doi.org/10.5281/zenodo.1234567"),
        ("https://doi.org/10.17605/OSF.IO/QY82M", "https://doi.org/10.17605/OSF.IO/QY82M"),
    ],
)
def test_a_page_has_one_form(written: str, url: str) -> None:
    assert page(written) == project(url)
    assert read(url) == project(url)


def test_the_page_of_an_anonymous_mirror_is_marked() -> None:
    link = page("https://anonymous.4open.science/w/tides-0CD0")
    assert link == Link(
        kind=LinkKind.PROJECT, url="https://anonymous.4open.science/w/tides-0CD0", anonymous=True
    )


@pytest.mark.parametrize(
    "written",
    [
        *(
            "null",
            "None",
            "string",
            "N/A",
            "",
            "[]",
            "https://",
            "http://null",
            "https://string/",
            "tides.org",
        ),
        *("https://example.com", "http://www.example.com/tides", "https://example.org/"),
        *(
            "https://github.io",
            "https://github.com",
            "https://huggingface.co/",
            "hf.co",
            "https://youtube.com/",
        ),
        *(
            "https://arxiv.org/abs/2606.01001",
            "https://www.arxiv.org/pdf/2606.01001v2",
            "https://ar5iv.org/abs/1",
        ),
        *(
            "https://doi.org/10.1145/1234",
            "https://dl.acm.org/doi/10.1145/1234",
            "https://openreview.net/forum?id=x",
        ),
        *(
            "https://link.springer.com/article/10.1",
            "https://huggingface.co/papers/2606.01001",
            "https://hf.co/docs/x",
        ),
        *(
            "https://github.com/features/copilot",
            "https://github.com/topics",
            "https://huggingface.co/datasets",
        ),
        *(
            "https://github.com/o/r",
            "https://anonymous.4open.science/r/x",
            "https://anonymous.4open.science/",
        ),
        *("https://user@tides.org/", "https://tides.org:8080/", "https://127.0.0.1/", "https://[::1]/"),
        *("ftp://tides.org/", "javascript:alert(1)", "https://web.archive.example/web/https://tides.org/"),
        "https://tides.org/" + "x" * LONGEST,
    ],
)
def test_junk_and_the_paper_itself_are_no_project_page(written: str) -> None:
    assert page(written) is None


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Project page: https://tides.github.io/coast.", "https://tides.github.io/coast"),
        (r"at \url{https://tides.org/a_b}.", "https://tides.org/a_b"),
        (r"at \href{https://tides.org/a\_b}{here}", "https://tides.org/a_b"),
        ("(tides.github.io/coast), and", "https://tides.github.io/coast"),
        ("See www.tides.org!", "https://www.tides.org/"),
        ("at https://tides.org/a?b=c&d=e, too", "https://tides.org/a?b=c&d=e"),
    ],
)
def test_a_page_is_found_in_prose(text: str, url: str) -> None:
    assert find(text) == (project(url),)


@pytest.mark.parametrize(
    "text", ["tides.org/coast", "e.g. this.that", "see Fig.github.iota", "me@tides.github.io/x"]
)
def test_what_has_no_scheme_is_mostly_no_page(text: str) -> None:
    assert find(text) == ()


def test_links_that_lead_to_the_same_are_one() -> None:
    code = Link(kind=LinkKind.CODE, url="https://github.com/Tides/Coast")
    pages = [
        project("https://tides.org/a/"),
        project("https://www.tides.org/a"),
        project("https://tides.org/A"),
    ]
    assert distinct([code, *pages, Link(kind=LinkKind.CODE, url="https://github.com/tides/coast")]) == (
        code,
        pages[0],
        pages[2],
    )


addresses = st.lists(
    st.sampled_from(
        [
            "https://",
            "www.",
            "tides",
            ".org",
            ".github.io",
            "/",
            "?utm_id=",
            "&",
            "#",
            "=",
            "%2",
            "é",
            "..",
            ":",
        ]
    )
).map("".join)


@given(st.text() | addresses)
@example("https://www.tides.org/?utm_id=&?utm_id=")
@example("https://tides.org/#/#")
def test_any_text_has_at_most_one_form_as_a_page_and_it_stays(text: str) -> None:
    link = page(text)
    assert link is None or page(link.url) == link
    assert link is None or link.url.startswith("https://")
    assert link is None or len(key(link)) <= len(link.url) <= LONGEST
