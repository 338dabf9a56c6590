"""Knowing more about papers that are kept: asking about them, reading them again, keeping what is new."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from papers.errors import PaperboyError, SourceError
from papers.models import Announcement, Enrichment, Model, Statement, look_back_start
from papers.ports import Clock, Enricher, EnrichmentStore, PaperStore, Reader, tell_nobody
from papers.precedence import resolve
from papers.rereading import read_anew, wording

log = logging.getLogger(__name__)


class Enriched(Model):
    """An enricher was asked about so many papers, and had something to say of some of them.

    `reason` is why it was asked no further, where it could not be.
    """

    enricher: str
    asked: int = 0
    told: int = 0
    reason: str | None = None


class EnrichmentService:
    """The use case: whoever knows more is asked about the papers of the look-back week. It fails no day."""

    def __init__(
        self,
        *,
        enrichers: Callable[[], Awaitable[Sequence[Enricher]]],
        reader: Reader,
        papers: PaperStore,
        store: EnrichmentStore,
        clock: Clock,
        tell: Callable[[Enriched], None] = tell_nobody,
    ) -> None:
        """Asks nobody yet.

        Args:
            enrichers: says who is to be asked, in order, each time somebody is: what people want changes.
            reader: reads papers again of which something new is known.
            papers: knows what is said of papers by now.
            store: keeps what is said, and whom nobody needs to ask again.
            clock: the time.
            tell: hears how far each enricher is.
        """
        self._enrichers = enrichers
        self._reader = reader
        self._papers = papers
        self._store = store
        self._clock = clock
        self._tell = tell

    async def enrich(self) -> list[Enriched]:
        """Asks each enricher, in their order, about the papers that it is to be asked about.

        Returns:
            What became of it, an item for each enricher.

        Raises:
            StorageError: an answer could not be kept; those before it are.
        """
        return [await self._ask(enricher) for enricher in await self._enrichers()]

    async def _ask(self, enricher: Enricher) -> Enriched:
        done = Enriched(enricher=enricher.name)
        skipped: set[str] = set()
        while papers := await self._waiting(enricher, skipped):
            try:
                answers = await self._keep(enricher, papers, await enricher.enrich(papers))
            except SourceError as error:
                return done.model_copy(update={"reason": str(error)})
            except PaperboyError:
                raise
            except Exception as error:
                log.exception("%s failed", enricher.name)
                return done.model_copy(update={"reason": f"{enricher.name} failed: {type(error).__name__}."})
            skipped |= {paper.arxiv_id for paper in papers} - self._done_with(answers)
            done = Enriched(
                enricher=enricher.name,
                asked=done.asked + len(papers),
                told=done.told + sum(bool(answer.statements) for answer in answers),
            )
            self._tell(done)
        return done

    def _done_with(self, answers: Sequence[Enrichment]) -> set[str]:
        """The papers that wait no more."""
        now = self._clock.now()
        return {one.arxiv_id for one in answers if one.again_at is None or one.again_at > now}

    async def _waiting(self, enricher: Enricher, skipped: set[str]) -> list[Announcement]:
        """The next papers that are to be asked about, without those that still wait after they were in this run."""
        now = self._clock.now()
        waiting = await self._store.waiting(
            enricher.name,
            since=look_back_start(now),
            now=now,
            limit=enricher.batch + len(skipped),
        )
        return [paper for paper in waiting if paper.arxiv_id not in skipped][: enricher.batch]

    async def _keep(
        self, enricher: Enricher, papers: Sequence[Announcement], told: Sequence[Enrichment]
    ) -> list[Enrichment]:
        """Keeps what was answered, beside all that was said meanwhile.

        Returns:
            The answers; those on a text that changed meanwhile are to be given anew.
        """
        asked = {paper.arxiv_id: paper for paper in papers}
        known = await self._papers.said(asked)
        answers = [self._dated(answer, asked, known) for answer in told]
        heard = [
            asked[answer.arxiv_id].model_copy(update={"statements": answer.statements})
            for answer in answers
            if answer.statements and answer.arxiv_id in asked
        ]
        anew = await asyncio.to_thread(self._read, heard, known)
        await self._store.keep(enricher.name, answers, anew, at=self._clock.now())
        return answers

    def _dated(
        self,
        answer: Enrichment,
        asked: Mapping[str, Announcement],
        known: Mapping[str, Sequence[Statement]],
    ) -> Enrichment:
        paper, now = asked.get(answer.arxiv_id), known.get(answer.arxiv_id)
        if (
            paper is None
            or now is None
            or _words(paper.arxiv_id, paper.statements) == _words(paper.arxiv_id, now)
        ):
            return answer
        return answer.model_copy(update={"again_at": self._clock.now()})

    def _read(
        self, heard: Sequence[Announcement], known: Mapping[str, Sequence[Statement]]
    ) -> list[Announcement]:
        return [read_anew(self._reader, paper, known.get(paper.arxiv_id, ())) for paper in heard]


def _words(arxiv_id: str, statements: Sequence[Statement]) -> object:
    return wording(resolve(0, arxiv_id, statements))
