"""Days of the past, asked for one after the other, until a source does not want to answer any more."""

from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from papers.editions import EditionReport, EditionService
from papers.errors import SourceUnavailableError
from papers.ports import Source
from papers.text import first_clause

MOST_FAILURES = 3
"""After so many days in a row without an answer a source is asked no further."""


class BackFill:
    """The use case: asks for many days, politely, and goes on where it stopped before.

    Each day is kept as soon as it was read, so that an interruption loses none; what is closed or empty is passed
    over. A source that wants to be left alone, or gives no answer several times in a row, is asked no further.
    """

    def __init__(self, editions: EditionService) -> None:
        self._editions = editions

    async def run(self, days: Sequence[date], *, source: str | None = None) -> None:
        """Asks for days in order; the service tells what becomes of each.

        Args:
            days: which, oldest first.
            source: ask this one only; None asks all.

        Raises:
            ConfigurationError: there is no such source.
            SourceUnavailableError: a source was asked no further; the others were asked for all days.
            StorageError: an answer could not be kept; those before it are.
        """
        asked = [_Asked(each, self._editions) for each in self._editions.named(source)]
        for day in days:
            for each in asked:
                if each.given_up is None:
                    await each.ask(day)
        reasons = [each.given_up for each in asked if each.given_up is not None]
        if reasons:
            raise SourceUnavailableError(" ".join(reasons))


class _Asked:
    """A source that is asked for one day after the other; `given_up` says why it is asked no further."""

    def __init__(self, source: Source, editions: EditionService) -> None:
        self._source = source
        self._editions = editions
        self._latest: list[EditionReport] = []
        self.given_up: str | None = None

    async def ask(self, day: date) -> None:
        """Asks for a day that is neither closed nor empty."""
        report = await self._editions.settled(self._source, day)
        if report is None:
            report = await self._editions.refresh(self._source, day)
        self._latest = [report, *self._latest[: MOST_FAILURES - 1]]
        failed = [*takewhile(_unanswered, self._latest)]
        if failed and (report.pause is not None or len(failed) == MOST_FAILURES):
            self.given_up = _go_on_later(failed)


def _unanswered(report: EditionReport) -> bool:
    return not (report.answered or report.passed_over)


def _go_on_later(failed: Sequence[EditionReport]) -> str:
    """Why a source was asked no further, and how to go on.

    Args:
        failed: the days without an answer, newest first.
    """
    why = first_clause(failed[0].problems[0].reason)
    return f"{why}: every day before {failed[-1].edition.day} is kept; go on from there with the same command later."
