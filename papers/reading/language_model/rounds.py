"""Asking about several papers at once, and what becomes of each."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from papers.errors import SourceError, SourceUnavailableError
from papers.models import Announcement, Enrichment
from papers.ports import Clock
from papers.reading.language_model.failures import BudgetSpentError, NoAnswerError

log = logging.getLogger(__name__)

AGAIN = timedelta(hours=12)
"""When a paper without an answer is asked about again."""

_IN_A_ROW = 3
"""So many papers without an answer, one after the other, say that it is not about the papers."""


class Rounds:
    """Gives each paper its outcome, so that one without an answer costs the others nothing."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failed_in_a_row = 0
        self._over: SourceError | None = None

    async def ask(
        self, papers: Sequence[Announcement], read: Callable[[Announcement], Awaitable[Enrichment]]
    ) -> list[Enrichment]:
        """Asks about papers side by side.

        Args:
            papers: those to ask about.
            read: asks about one of them.

        Returns:
            What became of each; a paper that nobody could be asked about is missing.

        Raises:
            SourceError: nobody could be asked about any; or about one of those before, or several of them in a row had
                no answer, and so nobody is asked about these.
        """
        self._end_if_over()
        outcomes = await asyncio.gather(
            *(self._outcome(paper, read) for paper in papers), return_exceptions=True
        )
        for outcome in outcomes:
            if isinstance(outcome, BaseException) and not isinstance(outcome, SourceError):
                raise outcome
        kept = [outcome for outcome in outcomes if isinstance(outcome, Enrichment)]
        failures = (outcome for outcome in outcomes if isinstance(outcome, SourceError))
        self._over = next(failures, self._over)
        if not kept:
            self._end_if_over()
        return kept

    def _end_if_over(self) -> None:
        over, self._over = self._over, None
        if over is not None:
            self._failed_in_a_row = 0
            raise over

    async def _outcome(
        self, paper: Announcement, read: Callable[[Announcement], Awaitable[Enrichment]]
    ) -> Enrichment:
        try:
            enrichment = await read(paper)
        except BudgetSpentError as error:
            log.info("%s is not asked about: %s", paper.arxiv_id, error)
            return Enrichment(arxiv_id=paper.arxiv_id, again_at=error.until)
        except NoAnswerError as error:
            return self._without_answer(paper, error)
        self._failed_in_a_row = 0
        return enrichment

    def _without_answer(self, paper: Announcement, error: NoAnswerError) -> Enrichment:
        level = logging.INFO if self._failed_in_a_row else logging.WARNING
        log.log(level, "the language model has no answer for %s: %s", paper.arxiv_id, error)
        self._failed_in_a_row += 1
        if self._failed_in_a_row >= _IN_A_ROW:
            self._over = SourceUnavailableError(
                f"The language model has had no answer for {_IN_A_ROW} papers in a row: check llm.base_url and"
                " llm.model; it is asked again at the next run."
            )
        return Enrichment(arxiv_id=paper.arxiv_id, again_at=self._clock.now() + AGAIN)
