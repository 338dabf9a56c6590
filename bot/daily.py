"""The daily job: fetch, read, keep, plan, post."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from papers.delivery import Courier, Delivered, Planned, Planner, Sent
from papers.editions import EditionReport, EditionService, Fetching
from papers.errors import PaperboyError
from papers.ports import tell_nobody

log = logging.getLogger(__name__)

_LAST_SENDS = 10.0


@dataclass(frozen=True)
class Finished:
    """A daily job came to its end, whatever became of it."""


Happening = Fetching | EditionReport | Planned | Sent | Finished
"""What a daily job tells of while it works."""

Tell = Callable[[Happening], None]


class DailyJob:
    """What the alarm wakes, and what commands ask to be done at once. One thing at a time.

    As a context it lets what is being sent when it ends be finished, for ten seconds at most.
    """

    def __init__(
        self, *, editions: EditionService, planner: Planner, courier: Courier, tell: Tell = tell_nobody
    ) -> None:
        self._editions = editions
        self._planner = planner
        self._courier = courier
        self._tell = tell
        self._fetching = asyncio.Lock()
        self._posting = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Looks back over the week, then plans and posts; what goes wrong is logged and tried again later."""
        try:
            async with self._fetching:
                for report in await self._editions.look_back():
                    log.info("%s %s: %s", report.edition.source, report.edition.day, report.state)
        except PaperboyError as error:
            _log_failure("papers could not be fetched", error)
        await self.post()
        self._tell(Finished())

    async def post(self) -> None:
        """Plans what is unplanned and posts what is due."""
        try:
            async with self._posting:
                planned = await self._planner.plan()
                delivered = await self._courier.deliver()
        except PaperboyError as error:
            _log_failure("papers could not be posted", error)
            return
        if planned or delivered != Delivered():
            log.info("planned %d: %s", planned, delivered)

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Starts work in the background; it is waited for when the job ends."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def see_through(self, work: Coroutine[Any, Any, None]) -> None:
        """Does work that goes on when its caller is cancelled: the job's end waits for it."""
        await asyncio.shield(self.start(work))

    def post_now(self) -> None:
        """Starts `post` in the background."""
        self.start(self.post())

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a job failed", exc_info=error)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._courier.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_SENDS), self._posting:
                pass
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _log_failure(what: str, error: PaperboyError) -> None:
    log.error("%s: %s (cause: %r)", what, error, error.__cause__)
