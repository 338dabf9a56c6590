"""arXiv's API: papers by their ids, and by category and time of submission."""

import asyncio
import logging
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from papers.errors import BadPayloadError, SourceError, SourceRefusedError, SourceUnavailableError
from papers.links import ARXIV_ID
from papers.models import Announcement
from papers.ports import Clock
from papers.sources.arxiv_feed import Feed, parse
from papers.sources.arxiv_memory import Memory
from papers.sources.http import HttpClient
from papers.sources.limits import HttpLimits

log = logging.getLogger(__name__)

ARXIV_INTERVAL = 3.0
"""Seconds between two requests, for API and feeds together (https://info.arxiv.org/help/api/tou.html)."""

BATCH = 100
"""How many papers are asked for by id at once: an address of about 1,200 characters."""

ARXIV_LIMITS = HttpLimits(attempts=2, insistent=False, silence=20, total=45, first_wait=3, longest_pause=30)
"""For a client that asks arXiv: impatient, for nothing waits for it, and there are hours in which it answers nobody."""

_ID = re.compile(ARXIV_ID, re.ASCII)
_ACCEPT = "application/atom+xml, application/xml;q=0.9, */*;q=0.1"
_TRIES = 3  # for what comes empty or cut off
_MOST_REQUESTS = 20  # for one batch with malformed ids in it; one of a hundred takes fifteen
_MALFORMED = 400
_FRESH = timedelta(days=1)
_QUIET = timedelta(minutes=5)
_MEMORY = 2_000


class Records(NamedTuple):
    """What arXiv says of ids: papers, and ids that it has no paper for. Of an id in neither it said nothing."""

    known: dict[str, Announcement]
    unknown: set[str]


class ArxivApi:
    """The API, one for the whole process: what it said of a paper is not asked for again for a day.

    New versions are there from midnight on only, and arXiv asks for answers to be kept that long (API User's Manual,
    3.3.1.1). When it did not answer, whoever asks within the next five minutes is told so at once, so that an arXiv
    that is out of order costs a run no more than one request.
    """

    def __init__(
        self, client: HttpClient, clock: Clock, *, base_url: str = "https://export.arxiv.org"
    ) -> None:
        """Asks nothing yet.

        Args:
            client: who asks, at arXiv's pace.
            clock: the time.
            base_url: arXiv's address for programs.
        """
        self._client = client
        self._clock = clock
        self._url = f"{base_url.rstrip('/')}/api/query"
        self._memory = Memory(_MEMORY, fresh=_FRESH)
        self._failed_at: datetime | None = None

    async def by_id(self, ids: Sequence[str]) -> Records:
        """Asks for papers by their ids without version, at most `BATCH`.

        Ids that arXiv has no paper for are left out of its answer. One that it finds malformed has it refuse all of
        them: they are asked for in halves until it is found.

        Raises:
            SourceError: nothing can be learnt of any of them now: as `HttpClient.get_bytes`, or arXiv refused each, or
                answered as if it knew none of several, which is a fault of its own.
        """
        records = Records(self._memory.recall(ids, now=self._clock.now()), set())
        asked = [one for one in ids if one not in records.known]
        records.unknown.update(one for one in asked if not _ID.fullmatch(one))
        asked = [one for one in asked if one not in records.unknown]
        if asked:
            await self._gather(asked, records)
        return records

    async def submitted(
        self, categories: Sequence[str], span: tuple[datetime, datetime], *, start: int, size: int
    ) -> Feed:
        """Asks for a page of what was submitted to any of some categories, oldest first.

        Args:
            categories: such as `cs.CL`, or a whole archive, such as `cs`.
            span: from when until when, the end excluded, to the minute.
            start: how many of the papers to pass over.
            size: how many to give at most; arXiv gives at most 2,000.

        Returns:
            The page; `total` says how many papers there are on all pages.

        Raises:
            SourceError: as `HttpClient.get_bytes`, or the page came empty, which it should not be, each time.
        """
        begin, end = (moment.astimezone(UTC) for moment in span)
        last = end - timedelta(minutes=1)
        among = " OR ".join(map(_in_category, categories))
        params = {
            "search_query": f"({among}) AND submittedDate:[{begin:%Y%m%d%H%M} TO {last:%Y%m%d%H%M}]",
            "start": str(start),
            "max_results": str(size),
            "sortBy": "submittedDate",
            "sortOrder": "ascending",
        }
        feed = await self._feed(params)
        if not feed.length and (feed.total is None or feed.total > start):
            raise BadPayloadError("arXiv answered with an empty page where there are papers.")
        self._keep(feed)
        return feed

    async def _gather(self, ids: Sequence[str], records: Records) -> None:
        """Asks for ids, part by part where they are refused. What was learnt counts, although the rest failed."""
        parts, requests = [ids], 0
        failure: SourceError | None = None
        while parts and failure is None:
            part, requests = parts.pop(), requests + 1
            try:
                found = await self._ask(part)
            except SourceRefusedError as error:
                if error.status != _MALFORMED or requests >= _MOST_REQUESTS:
                    failure = error
                elif len(part) == 1:
                    records.unknown.update(part)
                else:
                    parts += _halves(part)
            except SourceError as error:
                failure = error
            else:
                records.known.update({one: found[one] for one in part if one in found})
                records.unknown.update(one for one in part if one not in found)
        if failure and not records.known:
            raise failure
        if failure:
            log.info("arXiv told of %d of %d papers: %s", len(records.known), len(ids), failure)

    async def _ask(self, ids: Sequence[str]) -> Mapping[str, Announcement]:
        feed = await self._feed({"id_list": ",".join(ids), "max_results": str(len(ids))})
        if not feed.length and (len(ids) > 1 or feed.total != 0):
            raise BadPayloadError(f"arXiv answered as if it knew none of {len(ids)} papers.")
        return self._keep(feed)

    async def _feed(self, params: Mapping[str, str]) -> Feed:
        """A document, asked for again where it is empty or not whole: arXiv's are so at times, and the next one is not.

        Raises:
            SourceError: as `HttpClient.get_bytes`; the last document was not whole.
        """
        feed = Feed()
        for tried in range(1, _TRIES + 1):
            try:
                feed = await asyncio.to_thread(parse, await self._content(params))
            except BadPayloadError:
                if tried == _TRIES:
                    raise
                log.info("arXiv answered with half a document and is asked again")
            if feed.length:
                break
        return feed

    async def _content(self, params: Mapping[str, str]) -> bytes:
        now = self._clock.now()
        if self._failed_at is not None and now - self._failed_at < _QUIET:
            raise SourceUnavailableError("arXiv did not answer just now; it is asked again at the next run.")
        try:
            return await self._client.get_bytes(self._url, params, accept=_ACCEPT)
        except SourceUnavailableError:
            self._failed_at = now
            raise

    def _keep(self, feed: Feed) -> Mapping[str, Announcement]:
        found = {entry.announcement.arxiv_id: entry.announcement for entry in feed.entries}
        self._memory.keep(found, now=self._clock.now())
        return found


def _in_category(category: str) -> str:
    """A name without a dot is an archive; some of them, such as `quant-ph`, are categories as well."""
    return f"cat:{category}" if "." in category else f"cat:{category} OR cat:{category}.*"


def _halves(ids: Sequence[str]) -> list[Sequence[str]]:
    middle = len(ids) // 2
    return [ids[middle:], ids[:middle]]
