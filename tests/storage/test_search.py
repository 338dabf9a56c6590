from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers.errors import RequestError
from papers.matching import index_text, matches
from papers.models import Answer, Paper, PaperKey
from papers.ports import Found, SearchRequest, Sort, Turn
from papers.query import MAX_DEPTH, MAX_LENGTH, Query, parse
from storage import Stores
from support.papers import AT, DAY, EDITION, announced, answered, histories, over_at
from support.queries import queries
from support.stores import Opening, with_fresh

MANY = 1_203


async def keep(stores: Stores, answers: Sequence[Answer]) -> None:
    await stores.papers.keep_all([(answer, over_at(answer.day)) for answer in answers], at=AT)


async def search(stores: Stores, query: str = "", **request: object) -> Found:
    return await stores.papers.search(SearchRequest.model_validate({"query": parse(query), **request}))


async def ids(stores: Stores, query: str, **request: object) -> list[str]:
    return [paper.arxiv_id[-1] for paper in (await search(stores, query, **request)).papers]


def numbered(count: int) -> Answer:
    papers = [announced(f"2606.{n:05}", f"Paper {n}{' tide' * (n % 7 == 0)}") for n in range(count)]
    return answered(*papers)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "321"),
        ("flow matching", "1"),
        ('"flow matching"', "1"),
        ('"matching flow"', ""),
        ("MATCHING", "21"),
        ("gpt-4", "1"),
        ("tag:Multimodal", "32"),
        ("tag:Multimodal -tag:Robotics", "3"),
        ("-tag:Multimodal", "1"),
        ('-"flow matching" -robots', "3"),
        ("author:marsh", "31"),
        ('author:"Ada Marsh" resume', "3"),
        ('author:"Marsh José"', ""),
        ("author:小明", "1"),
        ("author:tides", ""),
        ("author:robotics", ""),
        ('"ada marsh"', "31"),
        ("loom", "2"),
        ("robotics", ""),
        ("-marsh", "2"),
        ("扩散", "3"),
        ("языковые", "3"),
        ("要約", "3"),
        ("tag:NLP", "3"),
        ("since:2026-06-24", "321"),
        ("since:2026-06-25", ""),
        ("until:2026-06-23", ""),
    ],
)
async def test_one_query_combines_everything(stores: Stores, query: str, found: str) -> None:
    await keep(stores, [EDITION])
    assert await ids(stores, query) == list(found)
    assert sorted(await ids(stores, query, sort=Sort.RELEVANCE)) == sorted(found)


HOSTILE = [
    *(
        '"',
        '""',
        '"""',
        "NEAR(",
        "NEAR(a b, 3)",
        "*",
        "a*",
        "title:",
        "title:x",
        "^a",
        "a AND",
        "OR",
        "NOT NOT",
    ),
    *(
        "(",
        ")",
        "a)",
        "{tags}:x",
        "-",
        "--",
        "tags:robotics",
        "'; DROP TABLE papers; --",
        "\x00",
        "a\x00b",
        "%",
    ),
    *("🧪", "👩‍🔬", "\udcff", "x" * 10_000, "a " * 5_000, '"' * 10_000, " ".join(f"w{n}" for n in range(50))),
    *("-" * 999, "tag:" * 200, '"' + "a " * 490 + '"', "author:OR", "-NEAR", "·", "\u2028"),
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_is_answered_or_refused_in_a_sentence(stores: Stores, text: str) -> None:
    await keep(stores, [EDITION])
    sentence = ""
    try:
        await agree(stores, parse(text))
    except RequestError as error:
        sentence = str(error)
    assert len(sentence) < 300


async def agree(stores: Stores, query: Query) -> None:
    for sort in Sort:
        found = await stores.papers.search(SearchRequest(query=query, sort=sort))
        assert {paper.arxiv_id for paper in found.papers} == {
            paper.arxiv_id for paper in await stores.papers.edition(DAY) if matches(query, paper)
        }


@given(answers=histories(), asked=st.lists(queries, min_size=1, max_size=12))
@example(answers=[EDITION], asked=[Query(), parse("-flow"), parse("-tag:Multimodal -author:loom")])
@settings(max_examples=60, deadline=None)
def test_searching_and_matching_agree(
    opening: Opening, answers: Sequence[Answer], asked: Sequence[Query]
) -> None:
    async def check(stores: Stores) -> None:
        for answer in answers:
            await stores.papers.keep(answer, over_at=over_at(answer.day), at=AT)
        papers = (await search(stores, limit=100)).papers
        for query in (*asked, *words_of(papers)):
            expected = [paper.arxiv_id for paper in papers if matches(query, paper)]
            newest = await stores.papers.search(SearchRequest(query=query))
            best = await stores.papers.search(SearchRequest(query=query, sort=Sort.RELEVANCE))
            assert [paper.arxiv_id for paper in newest.papers] == expected, str(query)
            assert sorted(paper.arxiv_id for paper in best.papers) == sorted(expected), str(query)
            assert (newest.total, best.total) == (len(expected), len(expected))

    with_fresh(opening, check)


def words_of(papers: Sequence[Paper]) -> list[Query]:
    """Every title as a phrase."""
    titles = (index_text(paper).title for paper in papers)
    return [parse(f'"{title}"') for title in titles if title]


@given(count=st.integers(0, 25), limit=st.integers(1, 9))
@settings(max_examples=25, deadline=None)
def test_pages_tile_the_results(opening: Opening, count: int, limit: int) -> None:
    async def walk(stores: Stores) -> None:
        await keep(stores, [numbered(count)])
        for sort in Sort:
            found = (await search(stores, "paper", limit=1_000, sort=sort)).papers
            whole = [paper.key for paper in found]
            assert len(whole) == count
            await walk_forth(stores, whole, limit, sort)
            await walk_back(stores, whole, limit, sort)

    with_fresh(opening, walk)


async def walk_forth(stores: Stores, whole: Sequence[PaperKey], limit: int, sort: Sort) -> None:
    page = await search(stores, "paper", limit=limit, sort=sort)
    seen: list[PaperKey] = []
    while page.papers:
        assert (page.before, page.total) == (len(seen), len(whole))
        seen += [paper.key for paper in page.papers]
        assert page.more == (len(seen) < len(whole))
        by_offset = await search(stores, "paper", limit=limit, sort=sort, offset=page.before)
        assert by_offset.papers == page.papers
        page = await search(stores, "paper", limit=limit, sort=sort, turn=Turn.NEXT, anchor=seen[-1])
    assert seen == whole
    assert (page.before, page.more) == (len(whole), False)


async def walk_back(stores: Stores, whole: Sequence[PaperKey], limit: int, sort: Sort) -> None:
    page = await search(stores, "paper", limit=limit, sort=sort, turn=Turn.LAST)
    left = list(whole)
    while page.papers:
        keys = [paper.key for paper in page.papers]
        assert left[-len(keys) :] == keys
        left = left[: -len(keys)]
        assert page.before == len(left)
        page = await search(stores, "paper", limit=limit, sort=sort, turn=Turn.PREVIOUS, anchor=keys[0])
    assert left == []


async def test_totals_are_exact_up_to_a_thousand(stores: Stores) -> None:
    await keep(stores, [numbered(MANY)])
    found = await search(stores, "paper")
    assert (found.total, found.capped, found.before, found.more) == (1_000, True, 0, True)
    some = await search(stores, "tide")
    assert (some.total, some.capped) == (len(range(0, MANY, 7)), False)
    last = await search(stores, "paper", turn=Turn.LAST)
    assert (last.before, last.more, len(last.papers)) == (1_000, False, 20)


async def test_relevance_looks_at_the_newest_thousand(stores: Stores) -> None:
    await keep(stores, [numbered(MANY)])
    last = await search(stores, "paper", sort=Sort.RELEVANCE, offset=990)
    assert (len(last.papers), last.before, last.more) == (10, 990, False)
    page = await search(stores, "paper", sort=Sort.RELEVANCE, limit=1_000)
    assert min(paper.arxiv_id for paper in page.papers) == f"2606.{MANY - 1_000:05}"


async def test_relevance_puts_the_title_first(stores: Stores) -> None:
    await keep(
        stores,
        [
            answered(
                announced("2606.1", "Tides in harbours"),
                announced("2606.2", "Harbours", abstract="On moles, piers and once on tides."),
            )
        ],
    )
    assert await ids(stores, "tides") == ["2", "1"]
    assert await ids(stores, "tides", sort=Sort.RELEVANCE) == ["1", "2"]


async def test_a_paper_that_left_the_results_leads_back_to_the_first_page(stores: Stores) -> None:
    await keep(stores, [numbered(9)])
    page = await search(stores, "paper", sort=Sort.RELEVANCE, limit=3, turn=Turn.NEXT, anchor=1)
    assert page == await search(stores, "paper", sort=Sort.RELEVANCE, limit=3)


async def test_the_longest_query_is_answered(stores: Stores) -> None:
    await keep(stores, [EDITION])
    terms = " ".join(["tag:Multimodal", *(f"-n{number}" for number in range(49))])
    assert len(terms) <= MAX_LENGTH
    assert await ids(stores, terms) == ["3", "2"]


@pytest.mark.parametrize("guild", [None, 900])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("absent OR -(" * MAX_DEPTH + "-tag:Multimodal" + ")" * MAX_DEPTH, "1"),
        ("flow (absent OR -(robots " * (MAX_DEPTH // 2) + "tag:Vision" + "))" * (MAX_DEPTH // 2), "1"),
        (" ".join(f"-(since:{year} upvotes:>2 upvotes:<{year})" for year in range(2027, 2043)), "321"),
        (" OR ".join(f"-until:2026-06-{day:02}" for day in range(1, 31)), "321"),
    ],
    ids=("deep", "deep in both", "wide", "alternatives"),
)
async def test_the_largest_queries_are_answered(
    stores: Stores, text: str, found: str, guild: int | None
) -> None:
    await keep(stores, [EDITION])
    assert await ids(stores, text, guild_id=guild) == list(found)
    assert sorted(await ids(stores, text, sort=Sort.RELEVANCE, guild_id=guild)) == sorted(found)
    await agree(stores, parse(text))


async def test_days_bound_the_results(stores: Stores) -> None:
    days = [DAY + timedelta(days=offset) for offset in range(3)]
    await keep(stores, [answered(announced(f"2606.{day.day}"), day=day) for day in days])
    assert await ids(stores, f"since:{days[1]}") == ["6", "5"]
    assert await ids(stores, f"until:{days[1]}") == ["5", "4"]
    assert await ids(stores, f"since:{days[1]} until:{days[1]} since:{days[0]}") == ["5"]
