"""The alarm clock: it only wakes; what is to be done stands in the database."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from papers.schedules import moment_of

_RUN = "run"
_DELIVER = "deliver"
DELIVERY_INTERVAL = timedelta(seconds=20)


class DailyTrigger(BaseTrigger):  # type: ignore[misc] # APScheduler has no types
    """Fires once on every day, when the clocks of a zone show a time.

    Where the clocks skip that time, it fires as if they had not been changed yet; where they show it twice, the first
    time. (APScheduler's own cron trigger fires twice then, and misses a midnight after clocks were put back.)
    """

    def __init__(self, at: time, zone: ZoneInfo) -> None:
        self._at = at
        self._zone = zone

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The first moment from `now` on, and after the previous one; in UTC."""
        today = now.astimezone(self._zone).date()
        moments = (moment_of(today + timedelta(days=days), self._at, self._zone) for days in range(-1, 3))
        return next(
            moment
            for moment in moments
            if moment >= now and (previous_fire_time is None or moment > previous_fire_time)
        )


def next_ring(times: Sequence[time], zone: ZoneInfo, now: datetime) -> datetime:
    """When an alarm with those times rings next from `now` on; in UTC."""
    return min(DailyTrigger(at, zone).get_next_fire_time(None, now) for at in times)


class Alarm:
    """Wakes the daily job at its times, and the courier every few seconds for what is to be tried again.

    A missed time is made up for once, and no job runs beside itself. Work that must be finished when the alarm ends
    has to be seen through by its owner: the alarm cancels it.
    """

    def __init__(
        self,
        *,
        times: Sequence[time],
        zone: ZoneInfo,
        run: Callable[[], Awaitable[None]],
        deliver: Callable[[], Awaitable[None]],
        interval: timedelta = DELIVERY_INTERVAL,
    ) -> None:
        """Sets the alarm; it rings while its context is entered.

        Args:
            times: when the daily job is woken.
            zone: whose clock shows those times.
            run: the daily job.
            deliver: the courier.
            interval: how often the courier is woken.
        """
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone=zone, job_defaults=defaults)
        for at in times:
            self._add(run, DailyTrigger(at, zone), f"{_RUN} {at}")
        every = IntervalTrigger(seconds=interval.total_seconds(), timezone=zone)
        self._add(deliver, every, _DELIVER)

    def _add(self, work: Callable[[], Awaitable[None]], trigger: BaseTrigger, name: str) -> None:
        self._scheduler.add_job(_wake, trigger, args=[work], id=name, name=name)

    def next_run(self) -> datetime | None:
        """When the daily job is woken next; None while the clock is not running."""
        jobs = [job for job in self._scheduler.get_jobs() if job.id.startswith(_RUN)]
        return min((job.next_run_time for job in jobs if getattr(job, "next_run_time", None)), default=None)

    async def __aenter__(self) -> Self:
        self._scheduler.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scheduler.shutdown(wait=False)


async def _wake(work: Callable[[], Awaitable[None]]) -> None:
    """Waits for work; when the alarm ends it waits no longer, which APScheduler would log as a failure."""
    with suppress(asyncio.CancelledError):
        await work()
