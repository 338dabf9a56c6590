"""Links on a paper's own first pages: its HTML on arXiv, else its PDF."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import quote

from papers.errors import BadPayloadError, SourceRefusedError
from papers.links import distinct
from papers.links.releases import released
from papers.models import Announcement, Enrichment, Link, Origin, Statement
from papers.ports import Clock
from papers.sources import pages_reader
from papers.sources.front_matter import FrontMatter
from papers.sources.http import HttpClient
from papers.sources.pages_reader import Format, UnreadableDocumentError

log = logging.getLogger(__name__)

_NOT_THERE_YET = timedelta(days=1)
_NO_SUCH_DOCUMENT = frozenset({404, 410})


class _Form(NamedTuple):
    """A form in which arXiv gives papers."""

    folder: str
    accept: str
    largest: int
    kind: Format


_FORMS = (
    _Form("html", "text/html", 15_000_000, Format.HTML),
    _Form("pdf", "application/pdf", 30_000_000, Format.PDF),
)


class PaperPages:
    """`papers.ports.Enricher` on arXiv's pages. It needs the extra `pages`."""

    name = "pages"
    batch = 1

    def __init__(self, client: HttpClient, *, clock: Clock, base_url: str = "https://arxiv.org") -> None:
        """Asks nothing yet.

        Args:
            client: who asks; it keeps to arXiv's pace.
            clock: the time.
            base_url: where `/html/ID` and `/pdf/ID` are.

        Raises:
            ConfigurationError: a library is missing.
        """
        pages_reader.check_extras()
        self._client = client
        self._clock = clock
        self._url = base_url.rstrip("/")

    async def enrich(self, papers: Sequence[Announcement]) -> list[Enrichment]:
        """Reads the first pages of papers.

        Returns:
            The links that are the papers' own; nothing where there are none, or no form can be read; a paper that arXiv
            does not have is asked for again the next day.

        Raises:
            SourceUnavailableError: arXiv cannot answer now.
            SourceRefusedError: it refuses for a reason that has nothing to do with a paper.
        """
        return [await self._enrich(paper) for paper in papers]

    async def _enrich(self, paper: Announcement) -> Enrichment:
        missing = 0
        for form in _FORMS:
            try:
                front = await self._read(paper.arxiv_id, form)
            except SourceRefusedError as error:
                if error.status not in _NO_SUCH_DOCUMENT:
                    raise
                missing += 1
            except (BadPayloadError, UnreadableDocumentError) as error:
                log.info("%s of %s cannot be read: %s", form.folder, paper.arxiv_id, error)
            else:
                own = await asyncio.to_thread(_links, front, paper.statements)
                return Enrichment(arxiv_id=paper.arxiv_id, statements=_said(own, paper.statements))
        again_at = self._clock.now() + _NOT_THERE_YET if missing == len(_FORMS) else None
        return Enrichment(arxiv_id=paper.arxiv_id, again_at=again_at)

    async def _read(self, arxiv_id: str, form: _Form) -> FrontMatter:
        url = f"{self._url}/{form.folder}/{quote(arxiv_id)}"
        document = await self._client.get_bytes(url, accept=form.accept, largest=form.largest)
        return await pages_reader.read(document, form.kind)


def _said(own: tuple[Link, ...], known: Iterable[Statement]) -> tuple[Statement, ...]:
    """What is said of the links; nothing where there are none, and were none before."""
    before = any(said.origin is Origin.PAGES for said in known)
    return (Statement(origin=Origin.PAGES, links=own),) if own or before else ()


def _links(front: FrontMatter, statements: Iterable[Statement]) -> tuple[Link, ...]:
    told = [said for said in statements if said.origin is not Origin.PAGES]
    title = next((said.title for said in told if said.title), "")
    vouched = [link for said in told for link in said.every_link]
    sure = released([front.abstract], title=title, vouched=vouched)
    return distinct(
        (*sure, *released(front.rest, title=title, vouched=(*vouched, *sure), keep_unclear=False))
    )
