"""The alarm clock: it only wakes; what is to be done stands in the database."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, time, timedelta
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

_RUN = "run"
_DELIVER = "deliver"
DELIVERY_INTERVAL = timedelta(seconds=20)


def daily(at: time, zone: ZoneInfo) -> CronTrigger:
    """Fires once a day when the clocks of a zone show that time."""
    return CronTrigger(hour=at.hour, minute=at.minute, second=at.second, timezone=zone)


class Alarm:
    """Wakes the daily job at its times, and the courier every few seconds for what is to be tried again.

    A missed time is made up for once, and no job runs beside itself.
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
            self._scheduler.add_job(_wake, daily(at, zone), args=[run], id=f"{_RUN} {at}")
        every = IntervalTrigger(seconds=interval.total_seconds(), timezone=zone)
        self._scheduler.add_job(_wake, every, args=[deliver], id=_DELIVER)

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
    await work()
