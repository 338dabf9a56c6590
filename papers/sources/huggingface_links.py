"""What the hub links to a paper: `GET /api/papers/{id}`, asked again later, for links come late."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated
from urllib.parse import quote

from pydantic import Field, ValidationError

from papers import links
from papers.errors import BadPayloadError, SourceRefusedError
from papers.models import Announcement, Enrichment, Link, LinkedOnHub, LinkKind, Origin, Statement
from papers.ports import Clock
from papers.sources.http import HttpClient
from papers.sources.huggingface_values import KEYS, Line, Linked, MaybeCount, Part, ReadableOrNone, reason

log = logging.getLogger(__name__)

SHOWN = 3
"""How many of each kind are kept; of the others, how many there are."""

_AGAIN = timedelta(hours=20)
_NOT_THERE_YET = timedelta(days=1)
_NO_SUCH_PAPER = frozenset({400, 404, 410})
_FOLDERS = {LinkKind.MODEL: "", LinkKind.DATASET: "datasets/", LinkKind.SPACE: "spaces/"}


class HubLinks:
    """`papers.ports.Enricher` on the hub's public API: models, datasets and Spaces, and links that came late."""

    name = "huggingface-links"
    batch = 1

    def __init__(self, client: HttpClient, *, clock: Clock, base_url: str = "https://huggingface.co") -> None:
        self._client = client
        self._clock = clock
        self._url = f"{base_url.rstrip('/')}/api/papers"

    async def enrich(self, papers: Sequence[Announcement]) -> list[Enrichment]:
        """Asks about papers, one request each; none for a paper that the hub never spoke of, for arXiv has many.

        Returns:
            What the hub says now, to be asked again 20 hours later; nothing, and to be asked again the next day, where
            it does not have the paper or its answer makes no sense.

        Raises:
            SourceUnavailableError: the hub cannot answer now.
            SourceRefusedError: it refuses for a reason that has nothing to do with a paper.
        """
        return [await self._enrich(paper) for paper in papers]

    async def _enrich(self, paper: Announcement) -> Enrichment:
        now = self._clock.now()
        if not any(said.origin is Origin.HUB for said in paper.statements):
            return Enrichment(arxiv_id=paper.arxiv_id, again_at=now + _NOT_THERE_YET)
        try:
            document = await self._client.get_json(f"{self._url}/{quote(paper.arxiv_id)}")
            said = understand(document)
        except SourceRefusedError as error:
            if error.status not in _NO_SUCH_PAPER:
                raise
            return Enrichment(arxiv_id=paper.arxiv_id, again_at=now + _NOT_THERE_YET)
        except BadPayloadError as error:
            log.info("what the hub links to %s cannot be read: %s", paper.arxiv_id, error)
            return Enrichment(arxiv_id=paper.arxiv_id, again_at=now + _NOT_THERE_YET)
        return Enrichment(arxiv_id=paper.arxiv_id, statements=(said,), again_at=now + _AGAIN)


def understand(document: object) -> Statement:
    """Reads the hub's page of a paper.

    Args:
        document: the answer; the shape is that of summer 2026, and every key may be missing.

    Returns:
        What the hub links, best first by likes, then downloads, and how many (at least those that are listed); the
        submitter's links; the upvotes and stars. A value that cannot be read costs nothing but itself.

    Raises:
        BadPayloadError: it is no object.
    """
    unreadable: list[str] = []
    try:
        page = _Page.model_validate(document, context=unreadable)
    except ValidationError as error:
        raise BadPayloadError(f"the hub's page of a paper {reason(error)}") from error
    for problem in unreadable:
        log.info("on the hub's page of a paper %s", problem)
    models = _best(page.models, LinkKind.MODEL)
    datasets = _best(page.datasets, LinkKind.DATASET)
    spaces = _best(page.spaces, LinkKind.SPACE)
    linked = LinkedOnHub(
        links=(*models[:SHOWN], *datasets[:SHOWN], *spaces[:SHOWN]),
        models=max(page.all_models or 0, len(models)),
        datasets=max(page.all_datasets or 0, len(datasets)),
        spaces=max(page.all_spaces or 0, len(spaces)),
    )
    return Statement(
        origin=Origin.HUB, links=page.links, upvotes=page.upvotes, stars=page.stars, linked=linked
    )


class _Repository(Part):
    id: Line
    likes: MaybeCount = None
    downloads: MaybeCount = None
    private: Annotated[bool | None, ReadableOrNone] = None


_Repositories = Annotated[list[Annotated[_Repository | None, ReadableOrNone]] | None, ReadableOrNone]


class _Page(Linked):
    upvotes: MaybeCount = None
    stars: MaybeCount = Field(default=None, alias=KEYS["stars"])
    models: _Repositories = Field(default=None, alias="linkedModels")
    datasets: _Repositories = Field(default=None, alias="linkedDatasets")
    spaces: _Repositories = Field(default=None, alias="linkedSpaces")
    all_models: MaybeCount = Field(default=None, alias="numTotalModels")
    all_datasets: MaybeCount = Field(default=None, alias="numTotalDatasets")
    all_spaces: MaybeCount = Field(default=None, alias="numTotalSpaces")


def _best(repositories: Sequence[_Repository | None] | None, kind: LinkKind) -> tuple[Link, ...]:
    public = [item for item in repositories or () if item is not None and not item.private]
    public.sort(key=lambda item: (-(item.likes or 0), -(item.downloads or 0)))
    found = (links.recognise(f"https://huggingface.co/{_FOLDERS[kind]}{item.id}") for item in public)
    return links.distinct(link for link in found if link is not None and link.kind is kind)
