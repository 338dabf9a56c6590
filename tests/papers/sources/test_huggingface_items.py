"""What is made of one item, whatever stands in it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.models import Link, LinkKind, Origin, Statement
from papers.sources.huggingface_items import Understood, UnreadableItemError, understand
from support.hub_items import item

KEYS = (
    *("id", "title", "summary", "authors", "publishedAt", "submittedOnDailyAt", "upvotes"),
    *("githubStars", "ai_summary", "githubRepo", "projectPage", "organization", "a key of next year"),
)


def said(**paper: object) -> Statement:
    [statement] = understand(item("2606.00001", **paper)).announcement.statements
    return statement


def links(**paper: object) -> list[tuple[LinkKind, str]]:
    return [(link.kind, link.url) for link in said(**paper).links or ()]


def test_an_item_with_everything_is_said_by_the_hub() -> None:
    read = understand(
        item(
            "2606.01001v3",
            "  Tides:\n  Flow\tMatching\x07 ",
            summary="We forecast\n  tides.\x00",
            ai_summary=" Tides,\nforecast. ",
            authors=[{"name": " Ada \u00a0 Marsh"}, {"name": "José\nOlmedo", "hidden": True}],
            githubRepo="https://github.com/marsh/tides",
            projectPage="http://tides.example.org/",
            submittedOnDailyAt="2026-06-24T00:00:00.000Z",
            upvotes=12,
            githubStars=340,
        )
    )
    assert (read.day, read.unreadable) == (date(2026, 6, 24), ())
    assert (read.announcement.arxiv_id, read.announcement.published) == ("2606.01001", date(2026, 6, 23))
    assert read.announcement.statements == (
        Statement(
            origin=Origin.HUB,
            title="Tides: Flow Matching",
            authors=("Ada Marsh", "José Olmedo"),
            abstract="We forecast tides.",
            lead="Tides, forecast.",
            links=(
                Link(kind=LinkKind.CODE, url="https://github.com/marsh/tides"),
                Link(kind=LinkKind.PROJECT, url="https://tides.example.org/"),
            ),
            upvotes=12,
            stars=340,
        ),
    )


def test_of_a_paper_only_id_and_title_have_to_be_there() -> None:
    read = understand({"paper": {"id": "2606.01001", "title": "Tides"}})
    assert read.announcement.statements == (Statement(origin=Origin.HUB, title="Tides"),)
    assert (read.announcement.published, read.day, read.unreadable) == (None, None, ())


@pytest.mark.parametrize("key", [key for key in KEYS if key not in {"id", "title"}])
def test_null_and_an_empty_value_are_as_good_as_a_missing_key(key: str) -> None:
    assert understand(item("2606.01001", **{key: None})).unreadable == ()


@pytest.mark.parametrize(
    ("written", "arxiv_id"),
    [
        ("2606.01001", "2606.01001"),
        (" 2606.01001v12 ", "2606.01001"),
        ("0704.0001", "0704.0001"),
        ("hep-th/9901001v2", "hep-th/9901001"),
        ("math.GT/0309136", "math.GT/0309136"),
    ],
)
def test_an_id_has_no_version(written: str, arxiv_id: str) -> None:
    assert understand(item(written)).announcement.arxiv_id == arxiv_id


@pytest.mark.parametrize(
    "written", ["", "2606.1", "2606.010011", "٢٦٠٦.٠١٠٠١", "x2606.01001", "10.1/abc", 2606.01001]
)
def test_anything_else_is_no_id(written: object) -> None:
    with pytest.raises(UnreadableItemError, match=r"^paper\.id: "):
        understand(item(written))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("page", "link"),
    [
        (" https://sites.example.org/view/robot", (LinkKind.PROJECT, "https://sites.example.org/view/robot")),
        ("HTTP://Tides.Example.org", (LinkKind.PROJECT, "https://tides.example.org/")),
        ("https://t.example/#/r?utm_source=x", (LinkKind.PROJECT, "https://t.example/#/r?utm_source=x")),
        ("https://t.example/a?utm_source=x&id=7&fbclid=y", (LinkKind.PROJECT, "https://t.example/a?id=7")),
        ("https://t.example/a?id=7&utm_medium=", (LinkKind.PROJECT, "https://t.example/a?id=7")),
        ("https://t.example/a b).", (LinkKind.PROJECT, "https://t.example/a%20b")),
        ("https://例え.jp/é", (LinkKind.PROJECT, "https://xn--r8jz45g.jp/%C3%A9")),
        ("https://github.com/marsh/tides/", (LinkKind.CODE, "https://github.com/marsh/tides")),
        ("https://github.com/marsh", (LinkKind.PROJECT, "https://github.com/marsh")),
        (
            "https://huggingface.co/spaces/marsh/tides",
            (LinkKind.SPACE, "https://huggingface.co/spaces/marsh/tides"),
        ),
        ("https://hf.co/marsh/tides", (LinkKind.MODEL, "https://huggingface.co/marsh/tides")),
    ],
)
def test_a_link_has_one_form_and_the_kind_of_what_it_leads_to(page: str, link: tuple[LinkKind, str]) -> None:
    assert links(projectPage=page) == [link]
    assert links(githubRepo=page) == [link]
    assert links(githubRepo=page, projectPage=page) == [link]


@pytest.mark.parametrize(
    "page",
    [
        *(
            "null",
            "N/A",
            "string",
            "",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://t.example/",
            "//t.example",
        ),
        *("https://user:word@t.example/", "https://localhost/", "http://t.example:8080/", "https://[::1]/"),
        *("https://", "https://t.example/" + "x" * 600, "x" * 5_000, 7, ["https://t.example"], True),
    ],
)
def test_what_leads_nowhere_is_no_link_and_is_reported(page: object) -> None:
    read = understand(item("2606.01001", projectPage=page))
    assert read.announcement.statements[0].links is None
    [reason] = read.unreadable
    assert reason.startswith("projectPage cannot be read: ")
    assert "\n" not in reason
    assert len(reason) < 200


@pytest.mark.parametrize(
    "moment", ["soon", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", 7, "2" * 999]
)
def test_a_moment_that_is_none_is_as_good_as_missing_and_is_reported(moment: object) -> None:
    read = understand(item("2606.01001", publishedAt=moment, submittedOnDailyAt=moment))
    assert (read.announcement.published, read.day) == (None, None)
    assert [reason.split()[0] for reason in read.unreadable] == ["publishedAt", "submittedOnDailyAt"]


@pytest.mark.parametrize("key", ["upvotes", "githubStars"])
@pytest.mark.parametrize("number", [-1, 10**30, 1.5, "3", True, float("nan")])
def test_upvotes_and_stars_are_counts_and_a_wrong_one_costs_only_itself(key: str, number: object) -> None:
    [reason] = understand(item("2606.01001", **{key: number})).unreadable
    assert reason.startswith(f"{key} cannot be read: ")
    right = {"upvotes": 12, "githubStars": 340}
    told = said(**{**right, key: number})
    assert [told.upvotes, told.stars] == [None if name == key else count for name, count in right.items()]


def test_a_broken_author_costs_only_themselves() -> None:
    authors = [{"name": "Ada"}, {"name": 7}, {}, None, {"name": " "}, {"name": "Grace"}]
    read = understand(item("2606.01001", authors=authors))
    assert read.announcement.statements[0].authors == ("Ada", "Grace")
    assert len(read.unreadable) == 2
    assert all(reason.startswith("authors cannot be read: name: ") for reason in read.unreadable)


def test_a_title_longer_than_any_is_none() -> None:
    with pytest.raises(
        UnreadableItemError, match=r"^paper\.title: String should have at most 2000 characters"
    ):
        understand(item("2606.01001", "x" * 5_000))


documents = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
hostile = st.one_of(
    documents,
    st.sampled_from(
        ("<@&1> @everyone", "\ud800", "\x00\u202e\ufeff", "'; DROP TABLE papers; --", "x" * 100_000)
    ),
    st.builds(lambda authors: [{"name": name} for name in authors], st.lists(st.text(), max_size=3)),
    st.from_regex(r"https?://[^ ]{0,30}"),
)


def read(document: object) -> Understood | str:
    try:
        return understand(document)
    except UnreadableItemError as error:
        return str(error)


@given(documents)
def test_any_document_is_read_or_refused_in_words(document: object) -> None:
    assert 0 < len(str(read(document))) < 500


@given(st.dictionaries(st.sampled_from(KEYS), hostile, min_size=1, max_size=4))
def test_whatever_stands_in_place_of_a_value_costs_that_value_or_the_item(values: dict[str, Any]) -> None:
    others = {key: value for key, value in values.items() if key not in {"id", "title"}}
    [statement] = understand(item("2606.00001", **others)).announcement.statements
    assert statement.title == "A paper about papers"
    found = read({"paper": {"id": "2606.01001", "title": "Tides", **values}})
    written = found if isinstance(found, str) else found.announcement.model_dump_json()
    assert written.encode()


@given(st.text(min_size=1, max_size=50))
def test_text_is_one_line_that_can_be_written_anywhere(text: str) -> None:
    statement = said(summary=text, ai_summary=text, authors=[{"name": text}])
    for part in (statement.abstract, statement.lead, *(statement.authors or ())):
        if part is not None:
            assert part == " ".join(part.split())
            assert part.encode()
            assert not any(char < " " or char == "\x7f" for char in part)
