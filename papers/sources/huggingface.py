"""Hugging Face Daily Papers: `GET /api/daily_papers`."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from papers.errors import BadPayloadError, SourceError, SourceRefusedError
from papers.models import Announcement, Answer, Problem
from papers.sources.http import HttpClient
from papers.sources.huggingface_items import UnreadableItemError, understand
from papers.text import normalise

MOST_PAGES = 20
"""Of a day are read; the largest recorded day fills half of one."""

FIRST_DAY = date(2023, 5, 1)
"""The list began in the first days of that month."""

_OVER = time(2, 40, tzinfo=UTC)
_SHOWN = 60  # characters of an id that are repeated in a problem


class HuggingFaceDailyPapers:
    """`papers.ports.Source` on the hub's public API, which needs no key."""

    name = "huggingface"

    def __init__(
        self, client: HttpClient, *, base_url: str = "https://huggingface.co", page_size: int = 100
    ) -> None:
        """Asks nothing yet.

        Args:
            client: who asks.
            base_url: the hub's address.
            page_size: how many papers to ask for at once; the hub gives at most 100.
        """
        self._client = client
        self._url = f"{base_url.rstrip('/')}/api/daily_papers"
        self._page_size = page_size

    def over_at(self, day: date) -> datetime:
        """02:40 UTC of the next day: a day's list closes about 21:30 in New York, in summer and in winter."""
        return datetime.combine(min(day, date.max - timedelta(days=1)) + timedelta(days=1), _OVER)

    async def fetch(self, day: date) -> Answer:
        """Asks for a day, page by page.

        Returns:
            The day's papers, those with most upvotes first. It is whole if every page and item could be read; a
            value of an item that could not be read is a problem, but leaves it whole.

        Raises:
            SourceRefusedError: the hub has no such day.
            SourceError: the first page could not be read.
        """
        reading = _Reading(day, self._page_size)
        for page in range(MOST_PAGES):
            try:
                items = await self._page(day, page)
            except SourceError as error:
                if page == 0:
                    raise
                reading.miss(f"page {page + 1} is missing: {error}")
                break
            if not reading.take(items) or len(items) < self._page_size:
                break
        else:
            reading.miss(f"there are more than {MOST_PAGES} pages")
        return reading.answer(self.name)

    async def _page(self, day: date, page: int) -> Sequence[object]:
        params = {"date": day.isoformat(), "limit": str(self._page_size), "p": str(page)}
        try:
            items = await self._client.get_json(self._url, params)
        except SourceRefusedError as error:
            raise SourceRefusedError(
                f"Hugging Face has no papers of {day} to give (HTTP {error.status}): is it a day to come?",
                status=error.status,
            ) from error
        if not isinstance(items, list):
            raise BadPayloadError("Hugging Face answered with something that is no list of papers.")
        return items


class _Reading:
    """A day, as far as it was read."""

    def __init__(self, day: date, page_size: int) -> None:
        self._day = day
        self._page_size = page_size
        self._papers: dict[str, Announcement] = {}
        self._problems: list[Problem] = []
        self._whole = True
        self._last: Sequence[object] = ()
        self._position = 0

    def miss(self, reason: str, item: str | None = None) -> None:
        """Something of the day is missing."""
        self._whole = False
        self._problems.append(Problem(reason=reason, item=item))

    def take(self, items: Sequence[object]) -> bool:
        """Takes in a page.

        The list is ordered by upvotes, which change: where a paper stands on two pages, another moved up between
        the two requests and may stand on neither.

        Returns:
            Whether it differs from the page before. A server that knows no pages repeats the first: if that has
            more than was asked for, it has everything.
        """
        if items == self._last:
            if len(items) == self._page_size:
                self.miss("a page came twice, so the pages after it may be missing")
            return False
        self._last = items
        earlier = set(self._papers)
        repeated = [arxiv_id for item in items if (arxiv_id := self._take_item(item)) in earlier]
        if repeated:
            self.miss("the order changed between two pages, so a paper may be missing", repeated[0])
        return True

    def _take_item(self, item: object) -> str | None:
        self._position += 1
        try:
            read = understand(item)
        except UnreadableItemError as error:
            self.miss(f"the item cannot be read: {error}", self._name(item))
            return None
        arxiv_id = read.announcement.arxiv_id
        self._problems.extend(Problem(reason=reason, item=arxiv_id) for reason in read.unreadable)
        if read.day not in {None, self._day}:
            self.miss(f"it belongs to {read.day} and was left out", arxiv_id)
        else:
            self._papers.setdefault(arxiv_id, read.announcement)
        return arxiv_id

    def _name(self, item: object) -> str:
        paper = item.get("paper") if isinstance(item, dict) else None
        arxiv_id = paper.get("id") if isinstance(paper, dict) else None
        shown = normalise(arxiv_id[:_SHOWN]) if isinstance(arxiv_id, str) else ""
        return shown or f"number {self._position}"

    def answer(self, source: str) -> Answer:
        """What is known of the day."""
        return Answer(
            source=source,
            day=self._day,
            announcements=tuple(self._papers.values()),
            problems=tuple(self._problems),
            whole=self._whole,
        )
