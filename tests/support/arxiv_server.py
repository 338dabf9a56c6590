"""arXiv on loopback: its API and its feeds over preprints in our own words, failing as it is told."""

import re
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from aiohttp import web

from support.loopback import serving
from support.replay import Fault, Seen

EASTERN = ZoneInfo("America/New_York")
_NAMESPACES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" '
    'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
)
_SPAN = re.compile(r"submittedDate:\[(\d{12}) TO (\d{12})\]")


@dataclass(frozen=True)
class Preprint:
    """A paper on arXiv: `words` are in the feed, `title` is how the API has them."""

    arxiv_id: str
    title: str = "Kites that Learn"
    words: str = ""
    abstract: str = "We let kites learn. They stay up for 12 hours."
    authors: Sequence[str] = ("Ada Marsh", "José Olmedo")
    categories: Sequence[str] = ("cs.CL",)
    submitted: datetime = datetime(2026, 6, 22, 20, tzinfo=UTC)
    version: int = 1
    comment: str = ""

    def entry(self) -> str:
        """It in an answer of the API."""
        moment = f"{self.submitted:%Y-%m-%dT%H:%M:%SZ}"
        authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in self.authors)
        categories = "".join(f'<category term="{name}"/>' for name in self.categories)
        comment = f"<arxiv:comment>{escape(self.comment)}</arxiv:comment>" if self.comment else ""
        return (
            f"<entry><id>http://arxiv.org/abs/{self.arxiv_id}v{self.version}</id>"
            f"<title>{escape(self.title)}</title><updated>{moment}</updated><published>{moment}</published>"
            f'<summary>{escape(self.abstract)}</summary><arxiv:primary_category term="{self.categories[0]}"/>'
            f"{categories}{comment}{authors}</entry>"
        )

    def item(self, kind: str) -> str:
        """It in a feed of what was announced."""
        return (
            f"<item><title>{escape(self.words or self.title)}</title><link>https://arxiv.org/abs/{self.arxiv_id}</link>"
            f"<description>arXiv:{self.arxiv_id}v{self.version} Announce Type: {kind} \n"
            f"Abstract: {escape(self.abstract)}</description>"
            f'<guid isPermaLink="false">oai:arXiv.org:{self.arxiv_id}v{self.version}</guid>'
            + "".join(f"<category>{name}</category>" for name in self.categories)
            + f"<arxiv:announce_type>{kind}</arxiv:announce_type>"
            f"<pubDate>{self.submitted:%a, %d %b %Y} 00:00:00 -0400</pubDate>"
            f"<dc:creator>{escape(', '.join(self.authors))}</dc:creator></item>"
        )


def answer(entries: Iterable[str], *, total: int) -> bytes:
    """A document of the API."""
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><feed {_NAMESPACES}><title>arXiv Query</title>"
        f"<opensearch:totalResults>{total}</opensearch:totalResults>{''.join(entries)}</feed>"
    ).encode()


def feed(items: Iterable[str], *, day: date) -> bytes:
    """The list of a day."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=EASTERN)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>updates on arXiv.org</title>'
        f"<pubDate>{midnight:%a, %d %b %Y %H:%M:%S %z}</pubDate>{''.join(items)}</channel></rss>"
    ).encode()


def wrong(what: str) -> bytes:
    """The document that says what is wrong with a question."""
    return answer(
        [
            f"<entry><id>https://arxiv.org/api/errors#{what}</id><title>Error</title><summary>{what}</summary></entry>"
        ],
        total=1,
    )


@dataclass
class ArxivServer:
    """What arXiv knows.

    Attributes:
        preprints: what the API knows.
        listed: the ids of the feed, with what they are announced as.
        today: the day of the feed.
        malformed: ids that are refused.
        seen: every request so far.
    """

    url: str = ""
    preprints: list[Preprint] = field(default_factory=list)
    listed: list[tuple[str, str]] = field(default_factory=list)
    today: date = date(2026, 6, 24)
    malformed: set[str] = field(default_factory=set)
    seen: list[Seen] = field(default_factory=list)
    _faults: deque[Fault | None] = field(default_factory=deque)

    def next(self, *faults: Fault | None) -> None:
        """What becomes of the next requests, one each; None is a good answer."""
        self._faults.extend(faults)

    @property
    def asked(self) -> list[str]:
        """The ids, or the search, of each request to the API so far, and the path of each to the feeds."""
        return [
            seen.query.get("id_list") or seen.query.get("search_query") or seen.path for seen in self.seen
        ]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answers a request."""
        self.seen.append(Seen(request.path, request.query, request.headers))
        fault = self._faults.popleft() if self._faults else None
        if fault is not None:
            return await fault(request)
        return self._api(request) if request.path == "/api/query" else self._feed()

    def _feed(self) -> web.Response:
        by_id = {preprint.arxiv_id: preprint for preprint in self.preprints}
        items = [by_id[arxiv_id].item(kind) for arxiv_id, kind in self.listed]
        return web.Response(body=feed(items, day=self.today), content_type="application/rss+xml")

    def _api(self, request: web.Request) -> web.Response:
        ids = request.query["id_list"].split(",") if "id_list" in request.query else None
        if self.malformed.intersection(ids or ()):
            return web.Response(
                status=400, body=wrong("incorrect id format"), content_type="application/atom+xml"
            )
        found = self._search(request.query["search_query"]) if ids is None else self._named(ids)
        start, size = int(request.query.get("start", "0")), int(request.query.get("max_results", "10"))
        entries = [preprint.entry() for preprint in found[start : start + size]]
        return web.Response(body=answer(entries, total=len(found)), content_type="application/atom+xml")

    def _named(self, ids: Sequence[str]) -> list[Preprint]:
        return [preprint for preprint in self.preprints if preprint.arxiv_id in ids]

    def _search(self, query: str) -> list[Preprint]:
        span = _SPAN.search(query)
        assert span is not None
        begin, end = (datetime.strptime(text + "+0000", "%Y%m%d%H%M%z") for text in span.groups())
        categories = set(re.findall(r"cat:([\w.-]+)", query))
        found = [
            preprint
            for preprint in self.preprints
            if begin <= preprint.submitted.replace(second=0) <= end
            and categories.intersection(preprint.categories)
        ]
        return sorted(found, key=lambda preprint: preprint.submitted)


@asynccontextmanager
async def arxiv_server() -> AsyncIterator[ArxivServer]:
    """Runs a server on a free port of loopback."""
    server = ArxivServer()
    async with serving(server.answer) as server.url:
        yield server
