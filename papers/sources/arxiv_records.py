"""What arXiv keeps of papers that came from elsewhere."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from papers.models import Announcement, Enrichment
from papers.ports import Clock
from papers.sources.arxiv_api import BATCH, ArxivApi, Records

NEW_VERSIONS = timedelta(days=2)
"""After what time a paper is asked about again.

Within the look-back week that is three times more, for new versions and comments ("accepted at …"); at a hundred papers a
day and a hundred to a request, it makes four requests a day of one.
"""

UNKNOWN = timedelta(days=1)
"""After what time arXiv is asked again about a paper that it did not know: it has new ones once a day."""


class ArxivRecords:
    """`papers.ports.Enricher` on arXiv's API: title, authors and abstract in its words, and its record."""

    name = "arxiv"

    def __init__(self, api: ArxivApi, clock: Clock, *, batch: int = BATCH) -> None:
        """Asks nothing yet.

        Args:
            api: who is asked.
            clock: the time.
            batch: how many papers go into one request, at most `BATCH`.
        """
        self._api = api
        self._clock = clock
        self._batch = batch

    @property
    def batch(self) -> int:
        """How many papers it is asked about at once."""
        return self._batch

    async def enrich(self, papers: Sequence[Announcement]) -> list[Enrichment]:
        """Asks arXiv about papers.

        Returns:
            What became of each that arXiv answered about: its statement, or none where arXiv has no such paper.

        Raises:
            SourceError: arXiv cannot be asked now.
        """
        now = self._clock.now()
        records = await self._api.by_id([paper.arxiv_id for paper in papers])
        answers = (_answer(paper.arxiv_id, records, now) for paper in papers)
        return [answer for answer in answers if answer is not None]


def _answer(arxiv_id: str, records: Records, now: datetime) -> Enrichment | None:
    if (paper := records.known.get(arxiv_id)) is not None:
        return Enrichment(arxiv_id=arxiv_id, statements=paper.statements, again_at=now + NEW_VERSIONS)
    if arxiv_id in records.unknown:
        return Enrichment(arxiv_id=arxiv_id, again_at=now + UNKNOWN)
    return None
