"""Which papers are on which day's list, and when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.sources.arxiv_calendar import EASTERN, FIRST, has_list, listed_at, over_at, submitted_for

DAYS = st.dates(FIRST + timedelta(days=7), date(2100, 1, 1))


def eastern(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=EASTERN)


@pytest.mark.parametrize(
    ("day", "begin", "end"),
    [
        (date(2026, 6, 22), "2026-06-18T14:00", "2026-06-19T14:00"),  # Monday: Thursday to Friday
        (date(2026, 6, 23), "2026-06-19T14:00", "2026-06-22T14:00"),  # Tuesday: the weekend with it
        (date(2026, 6, 24), "2026-06-22T14:00", "2026-06-23T14:00"),
        (date(2026, 6, 25), "2026-06-23T14:00", "2026-06-24T14:00"),
        (date(2026, 6, 26), "2026-06-24T14:00", "2026-06-25T14:00"),
    ],
)
def test_each_weekday_has_its_span(day: date, begin: str, end: str) -> None:
    assert submitted_for(day) == (eastern(begin), eastern(end))


def test_the_clocks_of_new_york_change() -> None:
    assert submitted_for(date(2026, 3, 6))[1] == datetime(2026, 3, 5, 19, tzinfo=UTC)
    assert submitted_for(date(2026, 3, 10)) == (
        datetime(2026, 3, 6, 19, tzinfo=UTC),
        datetime(2026, 3, 9, 18, tzinfo=UTC),
    )
    assert submitted_for(date(2026, 11, 3)) == (
        datetime(2026, 10, 30, 18, tzinfo=UTC),
        datetime(2026, 11, 2, 19, tzinfo=UTC),
    )
    assert over_at(date(2026, 3, 6)) == datetime(2026, 3, 7, 1, tzinfo=UTC)
    assert over_at(date(2026, 3, 9)) == datetime(2026, 3, 10, 0, tzinfo=UTC)
    assert listed_at(date(2026, 11, 2)) == datetime(2026, 11, 2, 5, tzinfo=UTC)


@given(st.integers(0, 100 * 365 * 24 * 60))
def test_every_moment_belongs_to_exactly_one_list(minutes: int) -> None:
    moment = datetime(1992, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    days = [moment.astimezone(EASTERN).date() + timedelta(days=offset) for offset in range(-1, 8)]
    lists = [day for day in days if has_list(day) and submitted_for(day)[0] <= moment < submitted_for(day)[1]]
    assert len(lists) == 1


@given(DAYS)
def test_a_list_is_there_before_it_is_over_and_over_before_the_next(day: date) -> None:
    assert submitted_for(day)[1] < listed_at(day) < over_at(day) < listed_at(day + timedelta(days=1))
    assert has_list(day) == (day.isoweekday() <= 5)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_no_day_is_too_early_or_too_late_to_be_asked_about(day: date) -> None:
    assert listed_at(day) <= over_at(day)
    assert has_list(day) == (day == date.max)
