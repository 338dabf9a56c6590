from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.models import EditionState, Problem
from storage import Stores
from storage.rows import moment
from support.papers import AT, DAY, EDITION, TIDES, announced, answered, over_at

WEEK = timedelta(days=7)


async def test_a_day_never_asked_for_is_unknown(stores: Stores) -> None:
    assert await stores.editions.find("hub", DAY) is None
    assert await stores.editions.since(DAY - WEEK) == []


async def test_a_whole_answer_after_the_day_closes_it(stores: Stores) -> None:
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    edition = await stores.editions.find("hub", DAY)
    assert edition is not None
    assert (edition.papers, edition.answered_at, edition.over_at) == (3, AT, over_at(DAY))
    assert edition.state(AT) is EditionState.CLOSED
    assert await stores.editions.find("arxiv", DAY) is None


async def test_an_answer_that_is_not_whole_says_why(stores: Stores) -> None:
    answer = answered(TIDES, whole=False).model_copy(
        update={"problems": (Problem(reason="page 2 is missing"),)}
    )
    kept = await stores.papers.keep(answer, over_at=over_at(DAY), at=AT)
    assert kept.edition.state(AT) is EditionState.PARTIAL
    assert kept.edition.reason == "page 2 is missing"
    again = await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    assert (again.edition.state(AT), again.edition.reason) == (EditionState.CLOSED, None)


async def test_a_failure_keeps_what_was_there(stores: Stores) -> None:
    failed = await stores.editions.fail("hub", DAY, over_at=over_at(DAY), reason="no answer")
    assert (failed.state(AT), failed.reason) == (EditionState.FAILED, "no answer")
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    later = await stores.editions.fail("hub", DAY, over_at=over_at(DAY), reason="no answer again")
    assert (later.papers, later.state(AT), later.reason) == (3, EditionState.CLOSED, "no answer again")


async def test_days_come_oldest_first(stores: Stores) -> None:
    for offset in (0, -7, -2):
        day = DAY + timedelta(days=offset)
        await stores.papers.keep(answered(day=day), over_at=over_at(day), at=AT)
    await stores.editions.fail("arxiv", DAY, over_at=over_at(DAY), reason="no answer")
    found = await stores.editions.since(DAY - timedelta(days=6))
    assert [(one.day, one.source) for one in found] == [
        (DAY - timedelta(days=2), "hub"),
        (DAY, "arxiv"),
        (DAY, "hub"),
    ]


async def test_a_search_is_kept_under_one_short_id(stores: Stores) -> None:
    text = 'tag:Multimodal "' + "long " * 100 + '"'
    search_id = await stores.searches.save(text)
    assert await stores.searches.save(text) == search_id
    assert await stores.searches.save("another") != search_id
    assert len(search_id) <= 16
    assert search_id.isalnum()
    assert await stores.searches.load(search_id) == text
    assert await stores.searches.load("unknown") is None


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ma", ["Ada Marsh", "Bo Marsh", "Matteo Li"]),
        ("marsh a", ["Ada Marsh"]),
        ("MARSH", ["Ada Marsh", "Bo Marsh"]),
        ("ada ma", ["Ada Marsh"]),
        ("li", ["Matteo Li"]),
        ("zo", ["Zoë Ström"]),
        ("zoe st", ["Zoë Ström"]),
        ("王", ["王小明"]),
        ("王小", ["王小明"]),
        ("", []),
        ('%"', []),
        ("nobody", []),
    ],
)
async def test_suggests_authors_by_the_beginning_of_a_word(
    stores: Stores, typed: str, names: list[str]
) -> None:
    authors = [("Matteo Li", "Ada Marsh"), ("Bo Marsh", "Ada Marsh"), ("Zoë Ström", "王小明")]
    papers = [announced(f"2606.{number}", authors=who) for number, who in enumerate(authors)]
    await stores.papers.keep(answered(*papers), over_at=over_at(DAY), at=AT)
    assert await stores.papers.suggest_authors(typed) == names


async def test_suggests_nobody_whom_no_paper_names_any_more(stores: Stores) -> None:
    for authors in (("Ada Marsh", "Bo Marsh", "Bo Marsh"), ("Bo Marsh",), ("Cy Marsh", "Bo Marsh")):
        await stores.papers.keep(answered(announced("2606.1", authors=authors)), over_at=over_at(DAY), at=AT)
    assert await stores.papers.suggest_authors("marsh") == ["Bo Marsh", "Cy Marsh"]
    assert await stores.papers.suggest_authors("marsh", limit=1) == ["Bo Marsh"]


moments = st.builds(
    lambda at, hours: at.replace(tzinfo=timezone(timedelta(hours=hours))),
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001 - a zone follows
    st.integers(-12, 14),
)


@given(left=moments, right=moments)
def test_moments_as_text_sort_in_time(left: datetime, right: datetime) -> None:
    assert (moment(left) < moment(right)) == (left < right)
    assert datetime.fromisoformat(moment(left)) == left
