"""Years of schedules through changes of the clocks, told from what the clocks on the wall show."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from papers.models import Rhythm, Schedule
from papers.schedules import describe, next_after, opens

ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/New_York",
    "America/Santiago",
    "America/St_Johns",
    "Antarctica/Troll",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Pacific/Apia",
    "UTC",
]
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
YEARS = 2 * 366 * DAY
TWICE = [30 * number * MINUTE for number in range(1, 5)]
"""By how much clocks are put back, anywhere."""
APIA_SKIPS_A_FRIDAY = datetime(2011, 12, 25, tzinfo=UTC)

zones = st.sampled_from(ZONES)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
moments = st.datetimes(datetime(2009, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
quiet_hours = st.tuples(times, times).filter(lambda quiet: quiet[0] != quiet[1])
chosen_times = st.builds(
    Schedule,
    rhythm=st.sampled_from([Rhythm.DAILY, Rhythm.WEEKLY]),
    at=times,
    zone=zones,
    weekday=st.integers(0, 6),
    weekdays_only=st.booleans(),
    quiet=st.none() | quiet_hours,
)
arrivals = st.builds(
    Schedule, at=times, zone=zones, weekdays_only=st.booleans(), quiet=st.none() | quiet_hours
)
skipped_friday = Schedule(rhythm=Rhythm.WEEKLY, zone="Pacific/Apia", weekday=4)
skipped_weekday = Schedule(rhythm=Rhythm.DAILY, zone="Pacific/Apia", weekdays_only=True)


def wall(moment: datetime, schedule: Schedule) -> datetime:
    """What the clocks of the schedule's zone show."""
    return moment.astimezone(ZoneInfo(schedule.zone)).replace(tzinfo=None)


def openings(schedule: Schedule, start: datetime, end: datetime) -> list[datetime]:
    found = [opens(schedule, start)]
    while found[-1] < end:
        found.append(next_after(schedule, found[-1]))
    return found[:-1]


def days_shown(schedule: Schedule, start: datetime, end: datetime) -> list[date]:
    """The days that the clocks show at some time, the first and the last perhaps not whole."""
    steps = range(int((end - start) / (6 * HOUR)))
    return list(dict.fromkeys(wall(start + step * 6 * HOUR, schedule).date() for step in steps))


def slots(schedule: Schedule, days: Iterable[date]) -> list[object]:
    """The days or weeks that are to have a delivery each."""
    if schedule.rhythm is Rhythm.WEEKLY:
        weeks = ((day - timedelta(days=(day.weekday() - schedule.weekday) % 7)) for day in days)
        return list(dict.fromkeys(weeks))
    return [day for day in days if not (schedule.weekdays_only and day.weekday() >= 5)]


def shows(schedule: Schedule, day: date, at: time) -> bool:
    """Whether the clocks show a time on a day at all."""
    midnight = datetime.combine(day, time(), UTC)
    around = (midnight + minute * MINUTE for minute in range(-24 * 60, 48 * 60))
    return any(wall(moment, schedule) == datetime.combine(day, at) for moment in around)


@settings(max_examples=20)
@example(skipped_friday, APIA_SKIPS_A_FRIDAY)
@example(skipped_weekday, APIA_SKIPS_A_FRIDAY)
@given(chosen_times, moments)
def test_every_day_or_week_gets_its_one_delivery_through_the_years(
    schedule: Schedule, start: datetime
) -> None:
    found = openings(schedule, start, start + YEARS)
    expected = slots(schedule, days_shown(schedule, start - DAY, start + YEARS + DAY))
    got = slots(schedule, [wall(moment, schedule).date() for moment in found])
    assert len(got) == len(found)
    first, last = expected.index(got[0]), expected.index(got[-1])
    assert got == expected[first : last + 1]
    assert first <= 2
    assert len(expected) - last <= 3


@settings(max_examples=20)
@example(skipped_friday, APIA_SKIPS_A_FRIDAY)
@given(chosen_times, moments)
def test_it_is_the_first_moment_that_shows_the_time_where_any_does(
    schedule: Schedule, start: datetime
) -> None:
    before = start - MINUTE
    for moment in openings(schedule, start, start + YEARS):
        assert moment.tzinfo is UTC
        assert before < moment
        before, shown = moment, wall(moment, schedule)
        if shown.time() == schedule.at:
            assert shown not in [wall(moment - span, schedule) for span in TWICE]
        else:
            assert not shows(schedule, shown.date(), schedule.at)


@given(chosen_times, moments)
def test_a_weekly_delivery_comes_on_its_weekday(schedule: Schedule, start: datetime) -> None:
    assume(schedule.rhythm is Rhythm.WEEKLY)
    for moment in openings(schedule, start, start + 60 * DAY):
        shown = wall(moment, schedule)
        assert shown.weekday() == schedule.weekday or not shows(schedule, shown.date() - DAY, schedule.at)


@given(
    chosen_times,
    moments,
    st.lists(st.timedeltas(MINUTE, 3 * DAY) | st.timedeltas(DAY, 20 * DAY), max_size=60),
)
def test_a_bot_that_is_late_or_down_for_days_makes_up_with_one_delivery(
    schedule: Schedule, start: datetime, naps: list[timedelta]
) -> None:
    now, due, delivered, wakings = start, opens(schedule, start), [], []
    for nap in naps:
        now += nap
        wakings.append(now)
        if now >= due:
            delivered.append(now)
            due = next_after(schedule, now)
    missed = openings(schedule, start, now + MINUTE)
    made_up = [next(waking for waking in [*wakings, due] if waking >= moment) for moment in missed]
    assert delivered == [moment for moment in dict.fromkeys(made_up) if moment in wakings]


@given(chosen_times, moments, st.lists(st.timedeltas(-3 * DAY, 4 * DAY), max_size=60))
def test_a_clock_that_jumps_opens_no_day_twice(
    schedule: Schedule, start: datetime, jumps: list[timedelta]
) -> None:
    now, due, served = start, opens(schedule, start), []
    for jump in jumps:
        now += jump
        if now >= due:
            served.append(wall(due, schedule).date())
            due = next_after(schedule, max(due, now))
    assert len(slots(schedule, served)) == len(served)
    assert served == sorted(set(served))


@cache
def changes(zone: str) -> tuple[datetime, ...]:
    """The days (UTC) on which the clocks of a zone are changed, of some years."""
    first = datetime(2010, 1, 1, tzinfo=UTC)
    days = [first + number * DAY for number in range(4 * 365)]
    offsets = [day.astimezone(ZoneInfo(zone)).utcoffset() for day in days]
    return tuple(
        day for day, before, after in zip(days, offsets, offsets[1:], strict=False) if before != after
    )


@st.composite
def arrivals_around_changes(draw: st.DrawFn) -> tuple[Schedule, datetime]:
    schedule = draw(arrivals.filter(lambda schedule: changes(schedule.zone) != ()))
    day = draw(st.sampled_from(changes(schedule.zone)))
    return schedule, day + draw(st.integers(-2 * 24 * 60, 2 * 24 * 60)) * MINUTE


def rests(schedule: Schedule, moment: datetime) -> bool:
    shown = wall(moment, schedule)
    if schedule.weekdays_only and shown.weekday() >= 5:
        return True
    if schedule.quiet is None:
        return False
    start, end = (at.hour * 60 + at.minute for at in schedule.quiet)
    return (shown.hour * 60 + shown.minute - start) % (24 * 60) < (end - start) % (24 * 60)


def first_open(schedule: Schedule, after: datetime) -> datetime:
    """The first minute without rest; a rest is not over because clocks that are put back show what was before it."""
    latest, moment = wall(after, schedule), after
    while rests(schedule, moment) or wall(moment, schedule) < latest:
        latest = max(latest, wall(moment, schedule))
        moment += MINUTE
    return moment


@settings(max_examples=300)
@given(arrivals_around_changes() | st.tuples(arrivals, moments))
def test_nothing_goes_out_while_it_is_quiet(case: tuple[Schedule, datetime]) -> None:
    schedule, after = case
    opened = opens(schedule, after)
    assert opened.tzinfo is UTC
    assert opened >= after
    assert not rests(schedule, opened)
    assert opens(schedule, opened) == next_after(schedule, opened) == opened


@settings(max_examples=300)
@given(arrivals_around_changes())
def test_what_arrives_waits_no_longer_than_it_is_quiet(case: tuple[Schedule, datetime]) -> None:
    schedule, after = case
    if schedule.quiet is not None:
        start, end = (datetime.combine(date.min, at) for at in schedule.quiet)
        assume((end - start) % DAY <= 20 * HOUR)
    first = first_open(schedule, after)
    opened = opens(schedule, after)
    skipped = wall(opened, schedule) - wall(after, schedule) - (opened - after)
    assert first <= opened <= first + max(skipped, timedelta())
    if schedule.quiet is None or shows(schedule, wall(opened, schedule).date(), schedule.quiet[1]):
        assert opened == first


def at(schedule: Schedule, moment: str) -> str:
    return opens(schedule, datetime.fromisoformat(moment)).isoformat()


BERLIN = "Europe/Berlin"
NIGHT = (time(22), time(2, 30))


@pytest.mark.parametrize(
    ("after", "opened"),
    [
        ("2026-06-24T22:00:00+02:00", "2026-06-25T00:30:00+00:00"),
        ("2026-06-24T21:59:59+02:00", "2026-06-24T19:59:59+00:00"),
        ("2026-06-25T02:29:59.9+02:00", "2026-06-25T00:30:00+00:00"),
        ("2026-06-25T02:30:00+02:00", "2026-06-25T00:30:00+00:00"),
        ("2026-03-29T01:59:00+01:00", "2026-03-29T01:30:00+00:00"),
        ("2026-10-25T02:29:00+02:00", "2026-10-25T00:30:00+00:00"),
        ("2026-10-25T02:15:00+01:00", "2026-10-25T01:30:00+00:00"),
    ],
)
def test_quiet_hours_end(after: str, opened: str) -> None:
    assert at(Schedule(zone=BERLIN, quiet=NIGHT), after) == opened


def test_clocks_that_are_put_back_before_quiet_hours_do_not_end_them() -> None:
    schedule = Schedule(zone="America/Santiago", quiet=(time(23, 1), time()))
    assert at(schedule, "2010-04-03T23:30:00-03:00") == "2010-04-04T04:00:00+00:00"


def test_a_weekend_ends_after_the_quiet_hours_of_monday() -> None:
    schedule = Schedule(zone=BERLIN, quiet=(time(22), time(7)), weekdays_only=True)
    assert at(schedule, "2026-06-26T22:00:00+02:00") == "2026-06-29T05:00:00+00:00"
    assert at(schedule, "2026-06-26T21:00:00+02:00") == "2026-06-26T19:00:00+00:00"


def test_a_chosen_time_is_kept_within_quiet_hours() -> None:
    schedule = Schedule(rhythm=Rhythm.DAILY, at=time(23), quiet=(time(22), time(7)))
    assert at(schedule, "2026-06-24T12:00:00+00:00") == "2026-06-24T23:00:00+00:00"


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        (Schedule(zone=BERLIN), "as papers arrive"),
        (Schedule(zone=BERLIN, weekdays_only=True), "as papers arrive (Europe/Berlin), weekdays only"),
        (Schedule(quiet=NIGHT), "as papers arrive (UTC), not from 22:00 to 02:30"),
        (
            Schedule(rhythm=Rhythm.DAILY, zone=BERLIN, weekdays_only=True, quiet=NIGHT),
            "daily at 09:00 (Europe/Berlin), weekdays only",
        ),
        (
            Schedule(rhythm=Rhythm.WEEKLY, at=time(17, 5), weekday=6, weekdays_only=True),
            "weekly on Sunday at 17:05 (UTC)",
        ),
    ],
)
def test_a_schedule_in_words(schedule: Schedule, said: str) -> None:
    assert describe(schedule) == said


@given(chosen_times | arrivals)
def test_a_schedule_is_the_same_again_as_json(schedule: Schedule) -> None:
    text = schedule.model_dump_json()
    again = Schedule.model_validate_json(text)
    assert (again, again.model_dump_json()) == (schedule, text)


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Berlin"},
        {"zone": "../zone"},
        {"at": "09:00:30"},
        {"at": "09:00+02:00"},
        {"weekday": 7},
        {"quiet": ("22:00", "22:00")},
    ],
)
def test_a_schedule_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Schedule.model_validate(wrong)
