"""What a subscription would have brought, to be shown before it is saved."""

from datetime import timedelta

from papers.models import Model, Paper
from papers.ports import Clock, Found, PaperStore, SearchRequest, Sort
from papers.query import Query, announced_since

DAYS = 30
_NEWEST = 3


class Preview(Model):
    """How much a query finds among the papers of the last days.

    Attributes:
        matching: how many papers it finds; at least so many where the store does not count on.
        total: how many papers there are in those days.
        capped: whether there are more than `total`.
        days: how many days, today among them.
        newest: the newest of those it finds, newest first.
    """

    matching: int
    total: int
    capped: bool
    days: int
    newest: tuple[Paper, ...]


class PreviewService:
    """Holds queries against what the archive has of the last days."""

    def __init__(self, *, papers: PaperStore, clock: Clock) -> None:
        self._papers = papers
        self._clock = clock

    async def preview(self, query: Query, *, guild_id: int | None = None) -> Preview:
        """What a query would have brought, as a server sees papers."""
        first = self._clock.now().date() - timedelta(days=DAYS - 1)
        lately = announced_since(str(first))
        both = Query(terms=(*query.terms, *lately.terms))  # even the largest query: nobody typed its days
        found = await self._found(both, guild_id, limit=_NEWEST)
        everything = await self._found(lately, guild_id, limit=1)
        return Preview(
            matching=found.total,
            total=everything.total,
            capped=everything.capped,
            days=DAYS,
            newest=found.papers,
        )

    async def _found(self, query: Query, guild_id: int | None, *, limit: int) -> Found:
        request = SearchRequest(query=query, sort=Sort.NEWEST, limit=limit, guild_id=guild_id)
        return await self._papers.search(request)
