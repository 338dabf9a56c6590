import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, cast

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cogs.cards import digest
from cogs.cards.paper import EMBEDS_LIMIT, classifications_line, embed_size, links_line
from cogs.cards.text import clean, escape, fit, size
from papers.models import Classification, Link, LinkKind, Paper, first_key
from support.hostile_papers import PAPERS, assert_within_limits, several

SEVERAL = st.lists(PAPERS, min_size=1, max_size=14).map(several)
slow_to_make = settings(
    max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def messages(papers: Sequence[Paper]) -> list[list[dict[str, Any]]]:
    parcels = digest.parcels([digest.entry_of(paper) for paper in papers])
    return [cast("list[dict[str, Any]]", digest.embeds(parcel)) for parcel in parcels]


def bullets(paper: Paper) -> list[str]:
    return [f"- {escape(text)}" for text in map(clean, paper.bullets) if text]


def description(paper: Paper) -> str:
    """Two whole bullets, the classifications and the links: what nothing may be taken from."""
    tail = filter(None, (classifications_line(paper), links_line(paper, arxiv=False)))
    return "\n".join([*bullets(paper)[:2], *(f"-# {line}" for line in tail)])


def needs(paper: Paper) -> int:
    """What a paper takes of a message at least; where no embed holds its two bullets, what they were shortened to."""
    least = size(description(paper))
    return size(fit(paper.title, 256)) + least if least <= 4096 else digest.entry_of(paper).least


def fewest(papers: Sequence[Paper]) -> int:
    """The fewest messages for papers in order, tried from every one of them on."""
    sizes = [needs(paper) for paper in papers]

    @cache
    def from_here(start: int) -> int:
        if start == len(sizes):
            return 0
        ends = range(start + 1, min(start + 10, len(sizes)) + 1)
        return 1 + min(from_here(end) for end in ends if sum(sizes[start:end]) <= 6000)

    return from_here(0)


@given(SEVERAL)
@slow_to_make
def test_every_message_keeps_to_the_limits_and_every_paper_comes_once_in_order(
    papers: tuple[Paper, ...],
) -> None:
    embeds = messages(papers)
    for shown in embeds:
        assert_within_limits(shown)
    assert [embed["url"] for shown in embeds for embed in shown] == [paper.url for paper in papers]


@given(SEVERAL)
@slow_to_make
def test_there_are_as_few_messages_as_there_can_be(papers: tuple[Paper, ...]) -> None:
    assert len(messages(papers)) == fewest(papers)


@given(SEVERAL)
@slow_to_make
def test_title_links_classifications_and_two_whole_bullets_stay(papers: tuple[Paper, ...]) -> None:
    embeds = [embed for shown in messages(papers) for embed in shown]
    for paper, embed in zip(papers, embeds, strict=True):
        assert embed["title"] == fit(paper.title, 256)
        assert links_line(paper, arxiv=False) in embed["description"]
        assert classifications_line(paper) in embed["description"]
        kept = "\n".join(bullets(paper)[:2])
        assert size(description(paper)) > 4096 or kept in embed["description"]


@given(st.lists(PAPERS, min_size=1, max_size=10).map(several))
@slow_to_make
def test_papers_that_grew_under_a_message_still_fit_into_it(papers: tuple[Paper, ...]) -> None:
    shown = cast("list[dict[str, Any]]", digest.embeds([digest.entry_of(paper) for paper in papers]))
    assert_within_limits(shown)
    for paper, embed in zip(papers, shown, strict=True):
        assert embed["title"]
        assert f"[PDF]({paper.pdf_url})" in embed["description"]
        lines = [line for line in embed["description"].split("\n") if line.startswith("- ")]
        assert len(lines) >= min(2, len(bullets(paper)))


def plain_paper(number: int, **changes: object) -> Paper:
    values: dict[str, object] = {
        "key": first_key(date(2026, 6, 3)) + number,
        "arxiv_id": f"2606.{number:05}",
        "title": f"Paper {number}",
        "authors": ("Ada", "Grace"),
        "bullets": ("One.", "Two.", "Three.", "Four."),
        "classifications": (Classification(name="Audio"),),
        "links": (Link(kind=LinkKind.CODE, url="https://github.com/o/lamp"),),
        "upvotes": 7,
    }
    return Paper.model_validate(values | changes)


def test_an_entry_shows_all_of_an_ordinary_paper() -> None:
    [[embed]] = messages([plain_paper(1)])
    assert embed["title"] == "Paper 1"
    assert embed["url"] == "https://arxiv.org/abs/2606.00001"
    assert embed["footer"] == {"text": "3 June 2026 · ▲ 7"}
    assert embed["description"] == (
        "*Ada, Grace*\n- One.\n- Two.\n- Three.\n- Four.\n-# Audio\n"
        "-# [PDF](https://arxiv.org/pdf/2606.00001) · [Code: lamp](https://github.com/o/lamp)"
    )


def test_the_room_that_is_left_is_given_out_in_turn() -> None:
    long = "x" * 190
    papers = [plain_paper(number, bullets=(long,) * 6) for number in range(10)]
    [shown] = messages(papers)
    counts = [len(re.findall("^- ", embed["description"], re.MULTILINE)) for embed in shown]
    assert max(counts) - min(counts) <= 1
    assert counts == sorted(counts, reverse=True)
    assert EMBEDS_LIMIT - sum(embed_size(embed) for embed in shown) < len(long) + 3


def test_bullets_are_shortened_only_where_two_are_too_long_for_an_embed() -> None:
    longest = "word " * 390
    whole, cut = plain_paper(1, bullets=(longest, longest)), plain_paper(2, bullets=(longest * 3, "Short."))
    [[first], [second]] = messages([whole, cut])
    assert first["description"].count(f"- {longest.strip()}") == 2
    assert "…" in second["description"]
    assert "- Short." in second["description"]
    assert size(second["description"]) > 3_600


def test_papers_that_grew_give_way_and_those_that_are_short_keep_their_words() -> None:
    papers = [
        *(plain_paper(number, bullets=("word " * 200, "word " * 200)) for number in range(1, 6)),
        *map(plain_paper, range(6, 11)),
    ]
    shown = cast("list[dict[str, Any]]", digest.embeds([digest.entry_of(paper) for paper in papers]))
    assert_within_limits(shown)
    assert sum(embed_size(embed) for embed in shown) > EMBEDS_LIMIT - 5 * 200
    assert all("…\n- word" in embed["description"] for embed in shown[:5])
    assert all(embed["description"].startswith("- One.\n- Two.\n-# Audio") for embed in shown[5:])


def test_where_everything_grew_titles_and_links_are_shortened_too() -> None:
    hosts = tuple(Link(kind=LinkKind.CODE, url=f"https://github.com/o/{'r' * 90}{n}") for n in range(9))
    papers = [
        plain_paper(number, title="Word " * 50, bullets=("word " * 99,) * 2, links=hosts)
        for number in range(10)
    ]
    shown = cast("list[dict[str, Any]]", digest.embeds([digest.entry_of(paper) for paper in papers]))
    assert_within_limits(shown)
    for embed in shown:
        assert embed["title"].endswith("…")
        assert "+9 more" in embed["description"]
        assert embed["description"].count("- word") == 2
