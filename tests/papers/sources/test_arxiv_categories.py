"""Days of arXiv's categories, from the feed and from searches."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from papers.errors import SourceRefusedError, SourceUnavailableError
from papers.models import Answer
from papers.ports import Source
from papers.sources.arxiv_api import ArxivApi
from papers.sources.arxiv_categories import ArxivCategories
from papers.sources.arxiv_records import ArxivRecords
from papers.sources.http import HttpClient
from support.arxiv_server import EASTERN, ArxivServer, Preprint, answer, arxiv_server, feed
from support.clock import SetClock
from support.replay import Fault, body, reset, status, truncated

DAY = date(2026, 6, 24)  # a Wednesday
MORNING = datetime(2026, 6, 24, 8, tzinfo=EASTERN)
MONDAY_EVENING = datetime(2026, 6, 22, 20, tzinfo=UTC)
NEW, CROSS, REPLACED, OLD_CROSS = "2606.02001", "2606.02002", "2606.00009", "2605.00003"
FEED = "/rss/cs.CL+cs.CV"


@pytest.fixture
async def arxiv() -> AsyncIterator[ArxivServer]:
    async with arxiv_server() as server:
        server.today = DAY
        server.preprints = [
            Preprint(NEW, "Kites in the café", words=r"Kites in the caf\'e", submitted=MONDAY_EVENING),
            Preprint(CROSS, submitted=MONDAY_EVENING, categories=("math.CO", "cs.CV")),
            Preprint(REPLACED, submitted=MONDAY_EVENING - timedelta(days=10), version=2),
            Preprint(OLD_CROSS, submitted=MONDAY_EVENING - timedelta(days=40)),
        ]
        server.listed = [(NEW, "new"), (CROSS, "cross"), (OLD_CROSS, "cross"), (REPLACED, "replace")]
        yield server


@pytest.fixture
def clock() -> SetClock:
    return SetClock(MORNING)


@pytest.fixture
def api(arxiv: ArxivServer, client: HttpClient, clock: SetClock) -> ArxivApi:
    return ArxivApi(client, clock, base_url=arxiv.url)


@pytest.fixture
def source(api: ArxivApi, arxiv: ArxivServer, client: HttpClient, clock: SetClock) -> Source:
    return ArxivCategories(
        api, client, clock, categories=["cs.CL", "cs.CV"], rss_base_url=arxiv.url, page_size=2
    )


def ids(answer: Answer) -> list[str]:
    return [paper.arxiv_id for paper in answer.announcements]


def submitted(count: int, **details: datetime) -> list[Preprint]:
    moment = details.get("first", MONDAY_EVENING)
    return [
        Preprint(f"2606.{number:05}", submitted=moment + timedelta(minutes=number))
        for number in range(1, count + 1)
    ]


async def test_what_is_new_or_cross_listed_belongs_to_the_day_and_what_was_replaced_does_not(
    source: Source, arxiv: ArxivServer
) -> None:
    day = await source.fetch(DAY)
    assert (day.source, day.day, day.whole, day.problems) == ("arxiv", DAY, True, ())
    assert ids(day) == [NEW, CROSS, OLD_CROSS]
    assert arxiv.asked == [FEED, f"{NEW},{CROSS},{OLD_CROSS}"]


async def test_papers_come_in_the_words_of_the_api_from_the_first_answer_on(
    source: Source, arxiv: ArxivServer, api: ArxivApi, clock: SetClock
) -> None:
    first = await source.fetch(DAY)
    assert first.announcements[0].statements[0].title == "Kites in the café"
    assert first.announcements[0].published == date(2026, 6, 22)
    clock.advance(timedelta(hours=5))
    assert await source.fetch(DAY) == first
    told = await ArxivRecords(api, clock).enrich(first.announcements)
    assert [one.statements for one in told] == [paper.statements for paper in first.announcements]
    assert arxiv.asked == [FEED, f"{NEW},{CROSS},{OLD_CROSS}", FEED]


@pytest.mark.parametrize("fault", [status(429), status(406), reset, truncated, body(b"Rate exceeded.")])
async def test_where_the_api_does_not_answer_the_words_of_the_feed_stand(
    source: Source, arxiv: ArxivServer, fault: Fault
) -> None:
    arxiv.next(None, *[fault] * 3)
    day = await source.fetch(DAY)
    assert day.whole
    assert ids(day) == [NEW, CROSS, OLD_CROSS]
    assert day.announcements[0].statements[0].title == r"Kites in the caf\'e"
    [problem] = day.problems
    assert problem.reason.startswith("the feed's own words stand for 3 papers: ")


@pytest.mark.parametrize(
    ("fault", "requests"),
    [
        (status(429), 3),
        (status(503), 3),
        (status(406), 1),
        (reset, 3),
        (truncated, 3),
        (body(b"<rss>"), 1),
        (body(feed([Preprint("2606.09999").item("new")], day=date(2026, 6, 23))), 1),
    ],
)
async def test_a_feed_that_cannot_be_had_or_is_another_days_is_replaced_by_a_search(
    source: Source, arxiv: ArxivServer, fault: Fault, requests: int
) -> None:
    arxiv.next(*[fault] * requests)
    day = await source.fetch(DAY)
    assert (day.whole, day.problems) == (True, ())
    assert ids(day) == [NEW, CROSS]
    assert arxiv.asked[: requests + 1].count(FEED) == requests


async def test_a_day_that_is_gone_from_the_feed_is_searched_for(
    source: Source, arxiv: ArxivServer, clock: SetClock
) -> None:
    clock.at = MORNING + timedelta(days=3)
    arxiv.preprints = submitted(5)
    day = await source.fetch(DAY)
    assert day.whole
    assert ids(day) == [f"2606.0000{number}" for number in range(1, 6)]
    assert [(seen.path, seen.query["start"]) for seen in arxiv.seen] == [
        ("/api/query", "0"),
        ("/api/query", "2"),
        ("/api/query", "4"),
    ]
    assert "submittedDate:[202606221800 TO 202606231759]" in arxiv.asked[0]


async def test_a_page_that_is_missing_leaves_the_day_partial(
    source: Source, arxiv: ArxivServer, clock: SetClock
) -> None:
    clock.at = MORNING + timedelta(days=3)
    arxiv.preprints = submitted(5)
    arxiv.next(None, *[body(answer([], total=5))] * 3)
    day = await source.fetch(DAY)
    assert not day.whole
    assert ids(day) == ["2606.00001", "2606.00002"]
    assert [problem.reason for problem in day.problems] == [
        "page 2 of the search is missing: arXiv answered with an empty page where there are papers."
    ]


async def test_a_page_that_was_falsely_empty_once_leaves_no_trace(
    source: Source, arxiv: ArxivServer, clock: SetClock
) -> None:
    clock.at = MORNING + timedelta(days=3)
    arxiv.preprints = submitted(5)
    arxiv.next(body(answer([], total=5)), body(answer([], total=0)), None, body(answer([], total=5)))
    day = await source.fetch(DAY)
    assert (len(day.announcements), day.whole, day.problems) == (5, True, ())


async def test_a_page_with_too_few_papers_leaves_the_day_partial(
    source: Source, arxiv: ArxivServer, clock: SetClock
) -> None:
    clock.at = MORNING + timedelta(days=3)
    arxiv.preprints = submitted(5)
    arxiv.next(body(answer([arxiv.preprints[0].entry()], total=5)))
    day = await source.fetch(DAY)
    assert not day.whole
    assert len(day.announcements) == 4
    assert day.problems[0].reason == "1 of 5 papers are missing from the pages of the search"


async def test_an_item_that_cannot_be_read_leaves_the_day_partial(source: Source, arxiv: ArxivServer) -> None:
    items = [Preprint("2606.02001").item("new").replace("oai:", "x:"), Preprint("2606.02002").item("odd")]
    arxiv.next(body(feed(items, day=DAY)))
    day = await source.fetch(DAY)
    assert not day.whole
    assert [(problem.item, problem.reason) for problem in day.problems] == [
        ("x:arXiv.org:2606.02001v1", "the entry cannot be read: it has no arXiv id"),
        ("2606.02002", "the feed does not say whether it is new"),
    ]


async def test_neither_feed_nor_search_is_no_answer(source: Source, arxiv: ArxivServer) -> None:
    arxiv.next(*[status(503)] * 6)
    with pytest.raises(SourceUnavailableError):
        await source.fetch(DAY)


async def test_a_feed_that_was_cut_off_is_completed(source: Source, arxiv: ArxivServer) -> None:
    replaced = [Preprint(f"2601.{number:05}").item("replace") for number in range(1, 2_000)]
    arxiv.next(body(feed([Preprint(OLD_CROSS).item("cross"), *replaced], day=DAY)))
    day = await source.fetch(DAY)
    assert day.whole
    assert ids(day) == [OLD_CROSS, NEW, CROSS]


async def test_what_cannot_complete_a_feed_leaves_the_day_partial(source: Source, arxiv: ArxivServer) -> None:
    replaced = [Preprint(f"2601.{number:05}").item("replace") for number in range(1, 2_000)]
    arxiv.next(body(feed([Preprint(OLD_CROSS).item("cross"), *replaced], day=DAY)), *[status(503)] * 3)
    day = await source.fetch(DAY)
    assert not day.whole
    assert ids(day) == [OLD_CROSS]
    assert day.problems[0].reason.startswith("page 1 of the search is missing: ")


@pytest.mark.parametrize("day", [date(2026, 6, 20), date(2026, 6, 21)])
async def test_a_weekend_is_whole_and_empty_and_nobody_is_asked(
    source: Source, arxiv: ArxivServer, day: date
) -> None:
    assert await source.fetch(day) == Answer(source="arxiv", day=day)
    assert not arxiv.seen


async def test_a_holiday_has_an_empty_feed_and_nothing_to_be_found(
    source: Source, arxiv: ArxivServer
) -> None:
    arxiv.listed, arxiv.preprints = [], []
    assert await source.fetch(DAY) == Answer(source="arxiv", day=DAY)
    assert arxiv.asked[0] == FEED


async def test_an_empty_feed_on_a_working_day_is_not_believed_alone(
    source: Source, arxiv: ArxivServer
) -> None:
    arxiv.listed = []
    assert ids(await source.fetch(DAY)) == [NEW, CROSS]


async def test_before_midnight_in_new_york_a_day_has_no_list(
    source: Source, arxiv: ArxivServer, clock: SetClock
) -> None:
    clock.at = datetime(2026, 6, 24, 3, 59, tzinfo=UTC)
    assert await source.fetch(DAY) == Answer(source="arxiv", day=DAY)
    assert not arxiv.seen
    clock.at += timedelta(minutes=1)
    assert len((await source.fetch(DAY)).announcements) == 3


@pytest.mark.parametrize("day", [date.min, date.max])
async def test_no_day_is_too_far_away(source: Source, day: date) -> None:
    assert (await source.fetch(day)).announcements == ()
    assert source.over_at(day).tzinfo is UTC


@pytest.mark.parametrize("code", [400, 404])
async def test_a_category_that_does_not_exist_is_told(source: Source, arxiv: ArxivServer, code: int) -> None:
    arxiv.next(status(code))
    with pytest.raises(SourceRefusedError, match=r"no feed for cs\.CL, cs\.CV: look for a wrong name in"):
        await source.fetch(DAY)


async def test_a_list_is_over_when_the_next_may_be_announced(source: Source) -> None:
    assert source.over_at(DAY) == datetime(2026, 6, 25, 0, tzinfo=UTC)
    assert source.over_at(date(2026, 12, 24)) == datetime(2026, 12, 25, 1, tzinfo=UTC)
