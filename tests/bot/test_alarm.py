"""When the alarm rings; real seconds pass only where a time must be missed."""

import asyncio
import logging
import time as clock
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.alarm import Alarm, DailyTrigger

BERLIN = ZoneInfo("Europe/Berlin")
QUICK = timedelta(milliseconds=20)
NEVER = timedelta(days=1)
PATIENCE = 20


class Work:
    """Something that is woken, and counts how often."""

    def __init__(self) -> None:
        self.begun = 0
        self.ended = 0
        self.may_end = asyncio.Event()
        self.may_end.set()
        self._woken = asyncio.Event()

    async def __call__(self) -> None:
        self.begun += 1
        self._woken.set()
        await self.may_end.wait()
        self.ended += 1

    async def woken(self) -> None:
        """Waits until it is woken the next time."""
        self._woken.clear()
        async with asyncio.timeout(PATIENCE):
            await self._woken.wait()


def alarm(
    *times: time,
    zone: ZoneInfo = BERLIN,
    run: Work | None = None,
    deliver: Work | None = None,
    interval: timedelta = NEVER,
) -> Alarm:
    return Alarm(times=times, zone=zone, run=run or Work(), deliver=deliver or Work(), interval=interval)


async def test_it_rings_next_at_the_nearest_of_its_times_in_its_zone() -> None:
    now = datetime.now(UTC)
    times = [
        (now.astimezone(BERLIN) + timedelta(hours=hours)).time().replace(microsecond=0) for hours in (9, 3)
    ]
    watch = alarm(*times)
    assert watch.next_run() is None
    async with watch:
        at = watch.next_run()
        assert at is not None
        assert at.astimezone(BERLIN).time() == times[1]
        assert timedelta() < at - now <= timedelta(days=1)
    await asyncio.sleep(0)
    assert watch.next_run() is None


async def test_without_times_no_run_is_planned() -> None:
    async with alarm() as watch:
        assert watch.next_run() is None


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"])
@pytest.mark.parametrize("at", [time(0), time(0, 30), time(2), time(2, 30), time(3), time(9, 0, 30)])
def test_it_rings_once_on_every_day_however_the_clocks_change(zone: str, at: time) -> None:
    trigger = DailyTrigger(at, ZoneInfo(zone))
    now = datetime(2026, 1, 1, tzinfo=ZoneInfo(zone))
    rings: list[datetime] = []
    for _ in range(365):
        rings.append(trigger.get_next_fire_time(rings[-1] if rings else None, now))
        now = rings[-1]
    shown = [ring.astimezone(ZoneInfo(zone)) for ring in rings]
    assert [ring.date() for ring in shown] == [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]
    assert sum(ring.time() != at for ring in shown) <= 1


@pytest.mark.parametrize(
    ("day", "rings_at"),
    [(date(2026, 3, 29), "2026-03-29T01:30:00+00:00"), (date(2026, 10, 25), "2026-10-25T00:30:00+00:00")],
)
def test_a_time_that_clocks_skip_or_show_twice(day: date, rings_at: str) -> None:
    trigger = DailyTrigger(time(2, 30), BERLIN)
    ring = trigger.get_next_fire_time(None, datetime.combine(day, time(), BERLIN))
    assert ring == datetime.fromisoformat(rings_at)
    assert trigger.get_next_fire_time(ring, ring) - ring > timedelta(hours=22)


async def test_what_was_missed_while_the_machine_slept_is_made_up_for_once() -> None:
    deliver = Work()
    async with alarm(deliver=deliver, interval=QUICK):
        await deliver.woken()
        before = deliver.begun
        clock.sleep(20 * QUICK.total_seconds())  # noqa: ASYNC251 - the machine sleeps
        await deliver.woken()
        assert deliver.begun == before + 1


async def test_a_run_that_was_missed_by_more_than_a_second_is_made_up_for() -> None:
    run = Work()
    soon = datetime.now(BERLIN) + timedelta(seconds=1)
    async with alarm(soon.time().replace(microsecond=0), run=run) as watch:
        missed = watch.next_run()
        assert missed is not None
        clock.sleep((missed - datetime.now(UTC)).total_seconds() + 1.1)  # noqa: ASYNC251 - the machine sleeps
        await run.woken()
        after = watch.next_run()
    assert run.begun == 1
    assert after is not None
    assert after > missed


async def test_nothing_runs_beside_itself() -> None:
    deliver = Work()
    deliver.may_end.clear()
    async with alarm(deliver=deliver, interval=QUICK):
        await deliver.woken()
        await asyncio.sleep(5 * QUICK.total_seconds())
        assert deliver.begun == 1
        deliver.may_end.set()
        await deliver.woken()
    assert deliver.begun == 2


async def test_it_goes_on_after_work_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    work = Work()

    async def fail() -> None:
        await work()
        raise ValueError("out of paper")

    async with Alarm(times=(), zone=BERLIN, run=work, deliver=fail, interval=QUICK):
        await work.woken()
        await work.woken()
    assert work.begun >= 2
    assert "out of paper" in caplog.text


async def test_it_stops_without_a_word_and_rings_no_more(caplog: pytest.LogCaptureFixture) -> None:
    deliver = Work()
    deliver.may_end.clear()
    with caplog.at_level(logging.WARNING):
        async with alarm(deliver=deliver, interval=QUICK):
            await deliver.woken()
        await asyncio.sleep(5 * QUICK.total_seconds())
    assert (deliver.begun, deliver.ended) == (1, 0)
    assert caplog.text == ""
