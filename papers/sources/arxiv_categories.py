"""arXiv's categories, day by day: the feed of what was announced, and a search where there is none."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import date, datetime

from papers.errors import SourceError, SourceRefusedError
from papers.models import Answer
from papers.ports import Clock
from papers.sources import arxiv_calendar
from papers.sources.arxiv_api import BATCH, ArxivApi
from papers.sources.arxiv_feed import Feed, parse
from papers.sources.arxiv_listing import Listing
from papers.sources.http import HttpClient

log = logging.getLogger(__name__)

MOST_ITEMS = 2_000
"""A feed has at most: what is more was cut off."""

MOST_PAGES = 25
"""Of a search are read: 5,000 papers, with pages of 200."""

_ACCEPT = "application/rss+xml, application/xml;q=0.9, */*;q=0.1"
_WRONG_QUESTION = {400, 404}


class ArxivCategories:
    """`papers.ports.Source`: what was new in some categories, or cross-listed to them.

    The feed says what belongs to a day, also what was submitted earlier and held back; the API says it in the words, and
    with the record, that `ArxivRecords` will hear of it later, so that a paper does not change its words with each
    answer. Where the API does not answer, the feed's own words stand.
    """

    name = "arxiv"

    def __init__(
        self,
        api: ArxivApi,
        client: HttpClient,
        clock: Clock,
        *,
        categories: Sequence[str],
        rss_base_url: str = "https://rss.arxiv.org",
        page_size: int = 200,
    ) -> None:
        """Asks nothing yet.

        Args:
            api: who is asked about papers.
            client: who asks for feeds, at arXiv's pace.
            clock: the time.
            categories: such as `cs.CL`, or whole archives, such as `cs`; at least one.
            rss_base_url: the address of arXiv's feeds.
            page_size: how many papers a page of a search has.
        """
        self._api = api
        self._client = client
        self._clock = clock
        self._categories = tuple(categories)
        self._url = f"{rss_base_url.rstrip('/')}/rss/{'+'.join(self._categories)}"
        self._page_size = page_size

    def over_at(self, day: date) -> datetime:
        """20:00 in New York, when the next list may be announced: `papers.sources.arxiv_calendar.over_at`."""
        return arxiv_calendar.over_at(day)

    async def fetch(self, day: date) -> Answer:
        """Asks for a day's list: for the feed while it is there, else for what was submitted for that day.

        A feed that is empty or was cut off is completed by a search as well. On weekends and before its midnight in New
        York a day has no list, and nobody is asked.

        Returns:
            The day's papers in the order of the feed, those only found by a search behind them. It is whole if no item
            and no page is missing.

        Raises:
            SourceRefusedError: arXiv has no such category.
            SourceError: neither the feed nor the first page of the search could be read.
        """
        listing = Listing(self.name, day)
        if not arxiv_calendar.has_list(day) or self._clock.now() < arxiv_calendar.listed_at(day):
            return listing.answer()
        feed = await self._feed(day)
        if feed is not None:
            listing.announce(feed)
        if feed is None or not 0 < feed.length < MOST_ITEMS:
            await self._search(day, listing, alone=feed is None)
        await self._hear(listing)
        return listing.answer()

    async def _feed(self, day: date) -> Feed | None:
        """The feed of a day; None where it cannot be had, or is another day's by now."""
        if self._clock.now().astimezone(arxiv_calendar.EASTERN).date() != day:
            return None
        try:
            feed = await asyncio.to_thread(parse, await self._client.get_bytes(self._url, accept=_ACCEPT))
        except SourceError as error:
            if isinstance(error, SourceRefusedError) and error.status in _WRONG_QUESTION:
                raise self._no_such_category(error.status) from error
            log.info("The feed cannot be had, so arXiv is searched instead: %s", error)
            return None
        return feed if feed.day == day else None

    def _no_such_category(self, status: int) -> SourceRefusedError:
        names = ", ".join(self._categories)
        return SourceRefusedError(
            f"arXiv has no feed for {names}: look for a wrong name in sources.arxiv.categories.",
            status=status,
        )

    async def _search(self, day: date, listing: Listing, *, alone: bool) -> None:
        span = arxiv_calendar.submitted_for(day)
        found: set[str] = set()
        for page in range(MOST_PAGES):
            start = page * self._page_size
            try:
                feed = await self._api.submitted(self._categories, span, start=start, size=self._page_size)
            except SourceError as error:
                if alone and page == 0:
                    raise
                listing.miss(f"page {page + 1} of the search is missing: {error}")
                return
            found |= listing.find(feed)
            total = feed.total or 0
            if start + self._page_size >= total:
                break
        if len(found) < total:
            listing.miss(f"{total - len(found)} of {total} papers are missing from the pages of the search")

    async def _hear(self, listing: Listing) -> None:
        waiting = listing.unheard
        for start in range(0, len(waiting), BATCH):
            try:
                records = await self._api.by_id(waiting[start : start + BATCH])
            except SourceError as error:
                listing.note(f"the feed's own words stand for {len(listing.unheard)} papers: {error}")
                return
            listing.hear(records.known)
