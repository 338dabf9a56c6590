"""Who knows more about papers, in tests."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from papers.models import Announcement, Enrichment, Origin, Statement
from papers.ports import Enricher


@dataclass
class Oracle:
    """A `papers.ports.Enricher` that tells other titles, as arXiv does.

    Attributes:
        titles: what it tells, by arXiv id.
        abstracts: the same of abstracts.
        again_at: when it wants to be asked again.
        silent: papers of which it says nothing at all, not even that it was asked.
        error: what it raises instead.
        waits_for: what it waits for before it answers.
        asked: the papers of each request so far.
    """

    name: str = "oracle"
    batch: int = 2
    titles: Mapping[str, str] = field(default_factory=dict)
    abstracts: Mapping[str, str] = field(default_factory=dict)
    again_at: datetime | None = None
    silent: frozenset[str] = frozenset()
    error: Exception | None = None
    waits_for: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(0)
    asked: list[list[str]] = field(default_factory=list)

    async def enrich(self, papers: Sequence[Announcement]) -> list[Enrichment]:
        """See `papers.ports.Enricher`."""
        self.asked.append([paper.arxiv_id for paper in papers])
        await self.waits_for()
        if self.error is not None:
            raise self.error
        return [self._told(paper.arxiv_id) for paper in papers if paper.arxiv_id not in self.silent]

    def _told(self, arxiv_id: str) -> Enrichment:
        title, abstract = self.titles.get(arxiv_id), self.abstracts.get(arxiv_id)
        said = Statement(origin=Origin.ARXIV, title=title, abstract=abstract)
        return Enrichment(
            arxiv_id=arxiv_id, statements=(said,) if title or abstract else (), again_at=self.again_at
        )


def asking(*enrichers: Enricher) -> Callable[[], Awaitable[Sequence[Enricher]]]:
    """Says each time that these are to be asked."""

    async def chosen() -> Sequence[Enricher]:
        return enrichers

    return chosen
