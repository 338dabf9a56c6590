"""Fetching a day, reading its papers and keeping them, and knowing which days are whole."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, timedelta

from papers.errors import ConfigurationError, SourceError, SourceUnavailableError
from papers.models import LOOK_BACK, Answer, Edition, EditionState, Model, Problem, Statement
from papers.ports import Clock, EditionStore, PaperStore, Reader, Source, tell_nobody
from papers.rereading import read_anew

log = logging.getLogger(__name__)

_SETTLED = {EditionState.CLOSED, EditionState.EMPTY}


class Fetching(Model):
    """A source is being asked for a day."""

    source: str
    day: date


class EditionReport(Model):
    """What became of a day that was asked for.

    Attributes:
        edition: the day as it is known now.
        state: its state at the moment of the report.
        answered: whether the source gave an answer this time.
        passed_over: whether it was not asked, because the day is closed or empty.
        new: how many of its papers were not in the archive before.
        problems: what could not be read, or why there was no answer.
        pause: how long the source asked to be left alone, where it gave no answer and said so.
    """

    edition: Edition
    state: EditionState
    answered: bool
    passed_over: bool = False
    new: int = 0
    problems: tuple[Problem, ...] = ()
    pause: timedelta | None = None


class EditionService:
    """The use case: from the sources into the archive.

    `tell` hears of each day that is asked for, and what became of it.
    """

    def __init__(
        self,
        *,
        sources: Sequence[Source],
        reader: Reader,
        papers: PaperStore,
        editions: EditionStore,
        clock: Clock,
        tell: Callable[[Fetching | EditionReport], None] = tell_nobody,
    ) -> None:
        self._sources = sources
        self._reader = reader
        self._papers = papers
        self._editions = editions
        self._clock = clock
        self._tell = tell

    async def look_back(self, *, source: str | None = None) -> list[EditionReport]:
        """Asks for what is neither closed nor empty of today (UTC) and the seven days before, oldest first.

        A day or a source without an answer stops none of the others.

        Args:
            source: ask this one only; None asks all.

        Raises:
            ConfigurationError: there is no such source.
            StorageError: an answer could not be kept.
        """
        today = self._clock.now().astimezone(UTC).date()
        week = [today - LOOK_BACK + timedelta(days=number) for number in range(LOOK_BACK.days + 1)]
        settled = {
            (edition.source, edition.day)
            for edition in await self._editions.since(week[0])
            if edition.state(self._clock.now()) in _SETTLED
        }
        return [
            await self.refresh(asked, day)
            for day in week
            for asked in self.named(source)
            if (asked.name, day) not in settled
        ]

    async def fetch(self, days: Iterable[date], *, source: str | None = None) -> list[EditionReport]:
        """Asks for days, in order, whatever is known of them.

        Args:
            days: which.
            source: ask this one only; None asks all.

        Raises:
            ConfigurationError: there is no such source.
            StorageError: an answer could not be kept.
        """
        asked = self.named(source)
        return [await self.refresh(one, day) for day in dict.fromkeys(days) for one in asked]

    async def refresh(self, source: Source, day: date) -> EditionReport:
        """Asks a source for a day, reads its papers and keeps them in one transaction.

        The answer counts as of the moment it was asked for: what was asked before the day was over does not
        close it, however late it came.

        Raises:
            StorageError: the answer could not be kept.
        """
        self._tell(Fetching(source=source.name, day=day))
        asked_at, over_at = self._clock.now(), source.over_at(day)
        try:
            answer = await source.fetch(day)
        except SourceError as error:
            log.debug("%s gave no answer for %s", source.name, day, exc_info=error)
            edition = await self._editions.fail(source.name, day, over_at=over_at, reason=str(error))
            pause = error.retry_after if isinstance(error, SourceUnavailableError) else None
            return self._report(edition, problems=(Problem(reason=str(error)),), pause=pause)
        known = await self._papers.said(item.arxiv_id for item in answer.announcements)
        read = await asyncio.to_thread(self._read, answer, known)
        kept = await self._papers.keep(read, over_at=over_at, at=asked_at)
        return self._report(kept.edition, answered=True, new=kept.new, problems=answer.problems)

    async def settled(self, source: Source, day: date) -> EditionReport | None:
        """What is known of a day that is closed or empty, without asking anybody; None where it is neither."""
        edition = await self._editions.find(source.name, day)
        if edition is None or edition.state(self._clock.now()) not in _SETTLED:
            return None
        return self._report(edition, passed_over=True)

    def named(self, name: str | None) -> list[Source]:
        """The source of that name; None means all.

        Raises:
            ConfigurationError: there is no such source.
        """
        chosen = [source for source in self._sources if name in {None, source.name}]
        if not chosen:
            names = ", ".join(source.name for source in self._sources)
            raise ConfigurationError(f"There is no source “{name}”: choose one of {names}.")
        return chosen

    def _read(self, answer: Answer, known: Mapping[str, Sequence[Statement]]) -> Answer:
        """Reads with all that is known, so that a day asked for again forgets nothing."""
        read = (read_anew(self._reader, item, known.get(item.arxiv_id, ())) for item in answer.announcements)
        return answer.model_copy(update={"announcements": tuple(read)})

    def _report(
        self,
        edition: Edition,
        *,
        answered: bool = False,
        passed_over: bool = False,
        new: int = 0,
        problems: tuple[Problem, ...] = (),
        pause: timedelta | None = None,
    ) -> EditionReport:
        report = EditionReport(
            edition=edition,
            state=edition.state(self._clock.now()),
            answered=answered,
            passed_over=passed_over,
            new=new,
            problems=problems,
            pause=pause,
        )
        self._tell(report)
        return report
