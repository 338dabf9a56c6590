"""Many days of the past: whole ones are passed over, and a source that wants to be left alone is."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from papers.back_fill import MOST_FAILURES, BackFill
from papers.editions import EditionReport, EditionService, Fetching
from papers.errors import ConfigurationError, SourceUnavailableError
from papers.models import Answer, EditionState
from papers.reading.reader import LocalReader
from storage import Stores, open_stores
from support.clock import SetClock
from support.papers import announced, answered, over_at

NOW = datetime(2026, 6, 24, 12, tzinfo=UTC)
DAYS = [NOW.date() - timedelta(days=number) for number in range(9, -1, -1)]
SLEEPS = SourceUnavailableError("It sleeps.")
LEAVE_ME = SourceUnavailableError(
    "It wants to be left alone for 4,000 s; it is asked again at the next run.",
    retry_after=timedelta(seconds=4000),
)


class Archived:
    """A source with a paper on each day, but where it has an error to give."""

    def __init__(
        self, errors: Mapping[int, SourceUnavailableError] | None = None, *, name: str = "archive"
    ) -> None:
        self.name = name
        self.asked: list[date] = []
        self.errors = {DAYS[number]: error for number, error in (errors or {}).items()}

    def over_at(self, day: date) -> datetime:
        return over_at(day)

    async def fetch(self, day: date) -> Answer:
        self.asked.append(day)
        if day in self.errors:
            raise self.errors[day]
        return answered(announced(f"26{day.day:02}.00001"), day=day, source=self.name)


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[Stores]:
    async with open_stores(tmp_path / "papers.db") as opened:
        yield opened


class Filling:
    """A back-fill, and what it told."""

    def __init__(self, stores: Stores, *sources: Archived) -> None:
        self.told: list[Fetching | EditionReport] = []
        service = EditionService(
            sources=sources,
            reader=LocalReader(),
            papers=stores.papers,
            editions=stores.editions,
            clock=SetClock(NOW),
            tell=self.told.append,
        )
        self.run = BackFill(service).run

    @property
    def reports(self) -> list[EditionReport]:
        """What became of the days, in order."""
        return [each for each in self.told if isinstance(each, EditionReport)]

    @property
    def passed_over(self) -> list[date]:
        """The days that were not asked for."""
        return [report.edition.day for report in self.reports if report.passed_over]


async def test_days_are_asked_for_in_order_and_what_is_whole_is_passed_over(stores: Stores) -> None:
    source = Archived({3: SLEEPS})
    await Filling(stores, source).run(DAYS)
    assert source.asked == DAYS
    source.errors.clear()
    again = Filling(stores, source)
    await again.run(DAYS)
    assert source.asked == [*DAYS, DAYS[3], DAYS[-1]]
    assert [report.edition.day for report in again.reports] == DAYS
    assert again.passed_over == [day for day in DAYS if day not in {DAYS[3], DAYS[-1]}]
    assert {report.state for report in again.reports[:-1]} == {EditionState.CLOSED}
    assert {report.edition.papers for report in again.reports} == {1}


async def test_a_source_that_wants_to_be_left_alone_is_and_goes_on_there(stores: Stores) -> None:
    source = Archived({4: LEAVE_ME})
    with pytest.raises(SourceUnavailableError) as stopped:
        await Filling(stores, source).run(DAYS)
    assert str(stopped.value) == (
        "It wants to be left alone for 4,000 s: every day before 2026-06-19 is kept; go on from there with the same"
        " command later."
    )
    assert source.asked == DAYS[:5]
    source.errors.clear()
    await Filling(stores, source).run(DAYS)
    assert source.asked == [*DAYS[:5], *DAYS[4:]]


async def test_a_source_that_never_answers_is_asked_no_further(stores: Stores) -> None:
    source = Archived(dict.fromkeys(range(2, 10), SLEEPS))
    with pytest.raises(
        SourceUnavailableError, match=r"^It sleeps: every day before 2026-06-17 is kept; go on"
    ):
        await Filling(stores, source).run(DAYS)
    assert source.asked == DAYS[: 2 + MOST_FAILURES]


async def test_a_few_days_without_an_answer_stop_nothing(stores: Stores) -> None:
    source = Archived({1: SLEEPS, 2: SLEEPS, 4: SLEEPS})
    filling = Filling(stores, source)
    await filling.run(DAYS)
    assert source.asked == DAYS
    failed = [report.edition.day for report in filling.reports if report.state is EditionState.FAILED]
    assert failed == [DAYS[1], DAYS[2], DAYS[4]]


async def test_days_that_are_passed_over_forgive_those_before(stores: Stores) -> None:
    await Filling(stores, Archived()).run(DAYS[2:3])
    source = Archived({0: SLEEPS, 1: SLEEPS, 3: SLEEPS})
    await Filling(stores, source).run(DAYS)
    assert source.asked == [day for day in DAYS if day != DAYS[2]]


async def test_one_source_that_stops_stops_no_other(stores: Stores) -> None:
    one, other = Archived({0: LEAVE_ME}, name="one"), Archived(name="other")
    with pytest.raises(SourceUnavailableError, match="before 2026-06-15"):
        await Filling(stores, one, other).run(DAYS)
    assert (one.asked, other.asked) == (DAYS[:1], DAYS)


async def test_one_source_may_be_named(stores: Stores) -> None:
    one, other = Archived(name="one"), Archived(name="other")
    filling = Filling(stores, one, other)
    await filling.run(DAYS[:2], source="other")
    assert (one.asked, other.asked) == ([], DAYS[:2])
    with pytest.raises(ConfigurationError, match="There is no source “third”"):
        await filling.run(DAYS, source="third")
