"""From a server on loopback into the real store: states, the week's look-back, and what fails alone."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from papers.editions import EditionReport, EditionService, Fetching
from papers.errors import ConfigurationError, DatabaseBusyError, SourceUnavailableError
from papers.models import Announcement, Answer, ArxivRecord, EditionState, Origin, Statement
from papers.ports import Source
from papers.reading.reader import LocalReader
from papers.sources.http import HttpClient
from papers.sources.huggingface import HuggingFaceDailyPapers
from storage import Stores, open_stores
from support.clock import SetClock
from support.hub_items import item, items
from support.papers import announced, answered, over_at
from support.replay import Replay, replaying, status
from support.web import QUICK

DAY = date(2026, 6, 24)
NOON = datetime(2026, 6, 24, 12, 0, tzinfo=UTC)
OVER = datetime(2026, 6, 25, 2, 40, tzinfo=UTC)
UNAVAILABLE = [status(503)] * QUICK.attempts
"""All attempts of one request."""


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[Stores]:
    async with open_stores(tmp_path / "papers.db") as opened:
        yield opened


@pytest.fixture
async def server() -> AsyncIterator[Replay]:
    async with replaying() as replay:
        yield replay


@pytest.fixture
async def hub(server: Replay, clock: SetClock) -> AsyncIterator[HuggingFaceDailyPapers]:
    async with HttpClient(contact="-", clock=clock, limits=QUICK) as client:
        yield HuggingFaceDailyPapers(client, base_url=server.url, page_size=2)


def serve(stores: Stores, clock: SetClock, *sources: Source) -> EditionService:
    return EditionService(
        sources=sources, reader=LocalReader(), papers=stores.papers, editions=stores.editions, clock=clock
    )


@pytest.fixture
def service(stores: Stores, clock: SetClock, hub: HuggingFaceDailyPapers) -> EditionService:
    return serve(stores, clock, hub)


async def ask(service: EditionService, day: date = DAY) -> EditionReport:
    [report] = await service.fetch([day])
    return report


class Written:
    """A source that says what it was given, and nothing of other days."""

    def __init__(self, name: str, *answers: Answer) -> None:
        self.name = name
        self.asked: list[date] = []
        self._answers = {answer.day: answer for answer in answers}

    def over_at(self, day: date) -> datetime:
        return over_at(day)

    async def fetch(self, day: date) -> Answer:
        self.asked.append(day)
        if day not in self._answers:
            raise SourceUnavailableError(f"{self.name} sleeps.")
        return self._answers[day]


class Slow(Written):
    """A source whose answers take until the clock has moved on."""

    def __init__(self, clock: SetClock, *answers: Answer) -> None:
        super().__init__("slow", *answers)
        self._clock = clock

    async def fetch(self, day: date) -> Answer:
        self._clock.at = OVER + timedelta(hours=1)
        return await super().fetch(day)


# The table of states, line by line.


async def test_open_the_day_is_not_over_and_the_last_answer_was_whole(
    service: EditionService, server: Replay
) -> None:
    server.days[DAY] = items(3)
    report = await ask(service)
    assert (report.state, report.edition.papers, report.new) == (EditionState.OPEN, 3, 3)


async def test_open_also_with_no_paper_yet(service: EditionService) -> None:
    report = await ask(service)
    assert (report.state, report.edition.papers, report.answered) == (EditionState.OPEN, 0, True)


async def test_closed_a_whole_answer_after_the_day_was_over(
    service: EditionService, server: Replay, clock: SetClock
) -> None:
    server.days[DAY] = items(3)
    clock.at = OVER
    assert (await ask(service)).state is EditionState.CLOSED


async def test_empty_the_same_without_papers(service: EditionService, clock: SetClock) -> None:
    clock.at = OVER
    assert (await ask(service)).state is EditionState.EMPTY


@pytest.mark.parametrize("now", [NOON, OVER])
async def test_partial_a_page_is_missing(
    service: EditionService, server: Replay, clock: SetClock, now: datetime
) -> None:
    clock.at = now
    server.days[DAY] = items(3)
    server.next(None, *UNAVAILABLE)
    report = await ask(service)
    assert (report.state, report.edition.papers) == (EditionState.PARTIAL, 2)
    assert report.edition.reason == report.problems[0].reason
    assert report.problems[0].reason.startswith("page 2 is missing: 127.0.0.1:")


@pytest.mark.parametrize("now", [NOON, OVER])
async def test_partial_an_item_is_missing(
    service: EditionService, server: Replay, clock: SetClock, now: datetime
) -> None:
    clock.at = now
    server.days[DAY] = [item("2606.00001", ""), *items(2, first=2)]
    report = await ask(service)
    assert (report.state, report.edition.papers) == (EditionState.PARTIAL, 2)
    assert [problem.item for problem in report.problems] == ["2606.00001"]


async def test_partial_the_day_is_over_and_no_whole_answer_came_since(
    service: EditionService, server: Replay, clock: SetClock, stores: Stores
) -> None:
    server.days[DAY] = items(1)
    await ask(service)
    clock.at = OVER
    kept = await stores.editions.find("huggingface", DAY)
    assert kept is not None
    assert kept.state(clock.now()) is EditionState.PARTIAL
    server.next(*UNAVAILABLE)
    report = await ask(service)
    assert (report.state, report.answered, report.edition.papers) == (EditionState.PARTIAL, False, 1)


async def test_partial_an_answer_asked_for_before_the_day_was_over_does_not_close_it(
    stores: Stores, clock: SetClock
) -> None:
    slow = Slow(clock, answered(announced("2606.00001"), source="slow"))
    assert (await ask(serve(stores, clock, slow))).state is EditionState.PARTIAL


@pytest.mark.parametrize("now", [NOON, OVER])
async def test_failed_no_answer_at_all(
    service: EditionService, server: Replay, clock: SetClock, now: datetime
) -> None:
    clock.at = now
    server.next(*UNAVAILABLE)
    report = await ask(service)
    assert (report.state, report.answered) == (EditionState.FAILED, False)
    assert "cannot answer now (HTTP 503)" in report.problems[0].reason
    assert report.edition.reason == report.problems[0].reason


async def test_a_failure_takes_nothing_away(
    service: EditionService, server: Replay, clock: SetClock, stores: Stores
) -> None:
    server.days[DAY] = items(3)
    clock.at = OVER
    await ask(service)
    server.next(*UNAVAILABLE)
    report = await ask(service)
    assert (report.state, report.answered, report.edition.papers) == (EditionState.CLOSED, False, 3)
    assert len(await stores.papers.edition(DAY)) == 3


async def test_a_better_answer_makes_a_partial_day_whole(
    service: EditionService, server: Replay, clock: SetClock
) -> None:
    clock.at = OVER
    server.days[DAY] = items(3)
    server.next(None, *UNAVAILABLE)
    await ask(service)
    report = await ask(service)
    assert (report.state, report.new, report.edition.papers) == (EditionState.CLOSED, 1, 3)
    assert (report.problems, report.edition.reason) == ((), None)


async def test_it_tells_when_it_asks_and_what_became_of_it(
    stores: Stores, clock: SetClock, hub: HuggingFaceDailyPapers, server: Replay
) -> None:
    told: list[Fetching | EditionReport] = []
    service = EditionService(
        sources=[hub],
        reader=LocalReader(),
        papers=stores.papers,
        editions=stores.editions,
        clock=clock,
        tell=told.append,
    )
    server.days[DAY] = items(3)
    reports = [await ask(service), *await service.look_back()]
    asked = [Fetching(source=hub.name, day=report.edition.day) for report in reports]
    assert told == [each for pair in zip(asked, reports, strict=True) for each in pair]
    assert reports[0].edition.papers == 3


# Reading.


async def test_papers_are_read_before_they_are_kept(
    service: EditionService, server: Replay, stores: Stores
) -> None:
    server.days[DAY] = [item("2606.00001", "Text to speech for tides")]
    await ask(service)
    [paper] = await stores.papers.edition(DAY)
    assert paper.bullets
    assert "Text-to-Speech" in [found.name for found in paper.classifications]
    assert set(paper.origins.values()) == {Origin.HUB, Origin.EXTRACT, Origin.SHIPPED_MODEL}


async def test_a_day_that_cannot_be_kept_is_no_answer_of_the_source(
    hub: HuggingFaceDailyPapers, server: Replay, clock: SetClock, tmp_path: Path
) -> None:
    server.days[DAY] = items(1)
    path = tmp_path / "busy.db"
    async with open_stores(path, busy_timeout=0.01) as stores:
        service = serve(stores, clock, hub)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DatabaseBusyError):
                await service.look_back()
        assert await stores.editions.since(date.min) == []
        assert (await ask(service)).new == 1


# The week.

WEEK = [DAY - timedelta(days=back) for back in range(7, -1, -1)]


async def test_the_first_look_back_asks_for_the_week_oldest_first(
    service: EditionService, server: Replay
) -> None:
    server.days = {day: items(2, first=10 * day.day) for day in WEEK if day.isoweekday() <= 5}
    reports = await service.look_back()
    assert [report.edition.day for report in reports] == WEEK
    states = [report.state for report in reports]
    assert states == [
        *[EditionState.CLOSED] * 3,
        *[EditionState.EMPTY] * 2,
        *[EditionState.CLOSED] * 2,
        EditionState.OPEN,
    ]
    assert sum(report.new for report in reports) == 12


async def test_the_next_asks_exactly_for_what_is_neither_closed_nor_empty(
    service: EditionService, server: Replay, clock: SetClock
) -> None:
    closed, empty, by_page, by_item, failed, unasked, early, today = WEEK
    clock.at = datetime.combine(early, time(12), UTC)
    server.days[early] = items(1)
    await ask(service, early)
    clock.at = NOON
    server.days |= {closed: items(1), by_page: items(2), by_item: [item("x")]}
    server.next(None, None, None, *UNAVAILABLE, None, *UNAVAILABLE, None)
    reports = await service.fetch([closed, empty, by_page, by_item, failed, today])
    assert [report.state for report in reports] == [
        *(EditionState.CLOSED, EditionState.EMPTY, EditionState.PARTIAL),
        *(EditionState.PARTIAL, EditionState.FAILED, EditionState.OPEN),
    ]
    again = [report.edition.day for report in await service.look_back()]
    assert again == [by_page, by_item, failed, unasked, early, today]
    assert [report.edition.day for report in await service.look_back()] == [by_item, today]


async def test_a_day_is_let_go_after_the_week(
    service: EditionService, server: Replay, clock: SetClock
) -> None:
    server.next(*UNAVAILABLE)
    await ask(service)
    clock.at = NOON + timedelta(days=7)
    assert DAY in [report.edition.day for report in await service.look_back()]
    clock.at = NOON + timedelta(days=8)
    assert DAY not in [report.edition.day for report in await service.look_back()]


async def test_today_is_todays_date_in_utc_whatever_the_clocks_zone(
    service: EditionService, clock: SetClock
) -> None:
    clock.at = datetime.fromisoformat("2026-06-25T01:00:00+02:00")
    reports = await service.look_back()
    assert reports[-1].edition.day == DAY


async def test_a_late_paper_is_new_once(service: EditionService, server: Replay, clock: SetClock) -> None:
    server.days[DAY] = items(1)
    await ask(service)
    clock.at = OVER
    server.days[DAY] = items(2)
    new = {report.edition.day: report.new for report in await service.look_back()}
    assert new[DAY] == 1
    assert (await ask(service)).new == 0


async def test_a_failing_day_stops_none_of_the_others(service: EditionService, server: Replay) -> None:
    server.days[DAY] = items(1)
    server.next(*UNAVAILABLE, *UNAVAILABLE)
    states = [report.state for report in await service.look_back()]
    assert states == [
        *[EditionState.FAILED] * 2,
        *[EditionState.EMPTY] * 5,
        EditionState.OPEN,
    ]


async def test_a_failing_source_stops_none_of_the_others(stores: Stores, clock: SetClock) -> None:
    good = Written("good", answered(announced("2606.00001"), source="good"))
    service = serve(stores, clock, Written("bad"), good)
    reports = await service.look_back()
    assert [(report.edition.source, report.edition.day) for report in reports] == [
        (source, day) for day in WEEK for source in ("bad", "good")
    ]
    assert [report.new for report in reports if report.answered] == [1]


# Asked for by name.


async def test_days_are_asked_for_in_order_once_whatever_is_known(
    service: EditionService, server: Replay, clock: SetClock
) -> None:
    clock.at = OVER
    days = [DAY, DAY - timedelta(days=900), DAY]
    assert [report.edition.day for report in await service.fetch(days)] == days[:2]
    assert [report.state for report in await service.fetch(days)] == [EditionState.EMPTY] * 2
    assert [asked for asked, _ in server.asked] == [str(day) for day in days[:2]] * 2


async def test_one_source_may_be_named(stores: Stores, clock: SetClock) -> None:
    one, other = Written("one"), Written("other")
    service = serve(stores, clock, one, other)
    await service.fetch([DAY], source="other")
    await service.look_back(source="other")
    assert (one.asked, other.asked) == ([], [DAY, *WEEK])


async def test_a_source_that_is_none_is_named_with_those_that_are(stores: Stores, clock: SetClock) -> None:
    service = serve(stores, clock, Written("one"), Written("other"))
    for work in (service.fetch([DAY], source="onne"), service.look_back(source="onne")):
        with pytest.raises(
            ConfigurationError, match=r"There is no source “onne”: choose one of one, other\."
        ):
            await work


async def test_a_day_asked_for_again_forgets_nothing_that_others_said(
    service: EditionService, server: Replay, stores: Stores
) -> None:
    server.days[DAY] = [item("2606.00001", "Text to speech for tides")]
    await ask(service)
    arxiv = Statement(origin=Origin.ARXIV, arxiv=ArxivRecord(comment="Code: github.com/marsh/tides"))
    told = Announcement(arxiv_id="2606.00001", statements=(arxiv,))
    await stores.enrichments.keep("arxiv", [], [told], at=NOON)
    await ask(service)
    [paper] = await stores.papers.edition(DAY)
    assert "https://github.com/marsh/tides" in [link.url for link in paper.links]
    assert paper.arxiv == arxiv.arxiv
