"""The daily job: fetch, read, keep, ask about, plan, post, edit."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from bot.pace.turns import Priority, priority
from papers.delivery import Courier, Delivered, Gathered, Gatherer, Planner, Sent
from papers.editing import CardEditor, Edited
from papers.editions import EditionReport, EditionService, Fetching
from papers.enriching import Enriched, EnrichmentService
from papers.errors import PaperboyError
from papers.ports import tell_nobody

log = logging.getLogger(__name__)

_LAST_SENDS = 10.0


@dataclass(frozen=True)
class Finished:
    """A daily job came to its end, whatever became of it."""


Happening = Fetching | EditionReport | Enriched | Gathered | Sent | Edited | Finished
"""What a daily job tells of while it works."""

Tell = Callable[[Happening], None]


class DailyJob:
    """What the alarm wakes, and what commands ask to be done at once. One thing at a time.

    As a context it lets what is being sent when it ends be finished, for ten seconds at most; an edit is made again.
    """

    def __init__(
        self,
        *,
        editions: EditionService,
        enrichments: EnrichmentService,
        planner: Planner,
        gatherer: Gatherer,
        courier: Courier,
        editor: CardEditor,
        patience: float,
        tidy: Callable[[], Awaitable[None]] | None = None,
        tell: Tell = tell_nobody,
    ) -> None:
        """Does nothing yet.

        Args:
            editions: fetches.
            enrichments: asks about what was fetched.
            planner: decides who gets what.
            gatherer: makes messages of what waits, when its time has come.
            courier: posts.
            editor: edits what was posted.
            patience: how many seconds posting waits for what is asked; cards show by editing what comes later.
            tidy: what is put in order at the end.
            tell: hears what happens.
        """
        self._editions = editions
        self._enrichments = enrichments
        self._planner = planner
        self._gatherer = gatherer
        self._courier = courier
        self._editor = editor
        self._patience = patience
        self._tidy = tidy
        self._tell = tell
        self._fetching = asyncio.Lock()
        self._asking = asyncio.Lock()
        self._planning = asyncio.Lock()
        self._posting = asyncio.Lock()
        self._editing = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Looks back over the week, asks about its papers, then plans and posts.

        What goes wrong is logged and tried again later; what is asked for too long comes after the posting, and is
        shown by editing.
        """
        await self._fetch()
        asked = self.start(self._ask())
        _, late = await asyncio.wait({asked}, timeout=self._patience)
        await self.post()
        if late:
            await asyncio.wait(late)
            await self.post()
        await self._put_in_order()
        self._tell(Finished())

    async def _fetch(self) -> None:
        try:
            async with self._fetching:
                for report in await self._editions.look_back():
                    log.info("%s %s: %s", report.edition.source, report.edition.day, report.state)
        except PaperboyError as error:
            _log_failure("papers could not be fetched", error)

    async def _ask(self) -> None:
        try:
            async with self._asking:
                told = await self._enrichments.enrich()
        except PaperboyError as error:
            _log_failure("papers could not be asked about", error)
            return
        for done in told:
            if done.asked:
                log.info("%s was asked about %d papers, told of %d", done.enricher, done.asked, done.told)
            if done.reason:
                log.warning("%s could not be asked: %s", done.enricher, done.reason)

    async def _put_in_order(self) -> None:
        if self._tidy is None:
            return
        try:
            await self._tidy()
        except PaperboyError as error:
            _log_failure("nothing could be put in order", error)

    async def post(self) -> None:
        """Plans what is unplanned, posts what is due, and edits what reads differently now.

        While much is being posted, what is planned meanwhile goes out with it.
        """
        try:
            async with self._planning:
                planned = await self._planner.plan()
                gathered = await self._gatherer.gather()
            async with self._posting:
                with priority(Priority.DELIVERY):
                    delivered = await self._courier.deliver()
            async with self._editing:
                with priority(Priority.EDIT):
                    edited = await self._editor.edit()
        except PaperboyError as error:
            _log_failure("papers could not be posted", error)
            return
        if planned or gathered or edited or delivered != Delivered():
            log.info("planned %d, gathered %d: %s, edited %d", planned, gathered, delivered, edited)

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
