"""Who is asked about papers, and in what order, as the settings have it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from bot.sections import LlmSettings
from bot.settings import Settings
from papers.ports import Clock, Enricher, ModelUsage
from papers.reading.language_model import (
    Access,
    LanguageModel,
    LanguageModelReader,
    open_language_model,
    translators,
)
from papers.sources.arxiv_api import ArxivApi
from papers.sources.arxiv_records import ArxivRecords
from papers.sources.http import HttpClient
from papers.sources.huggingface_links import HubLinks
from papers.sources.pages import PaperPages
from storage import Stores

Choose = Callable[[], Awaitable[Sequence[Enricher]]]


@asynccontextmanager
async def open_enrichers(
    settings: Settings, stores: Stores, clock: Clock, *, http: HttpClient, arxiv: HttpClient, api: ArxivApi
) -> AsyncIterator[Choose]:
    """Those who know more: arXiv, the hub, the papers' own pages, and a language model; translators as they are wanted.

    Raises:
        ConfigurationError: a setting needs packages that are not installed.
    """
    sources = [*_sources(settings, clock, http=http, arxiv=arxiv, api=api)]
    async with AsyncExitStack() as stack:
        access = access_to(settings.llm)
        model = (
            await stack.enter_async_context(
                open_language_model(access, store=stores.language_model, clock=clock)
            )
            if access
            else None
        )

        async def choose() -> Sequence[Enricher]:
            return sources if model is None else [*sources, *await _readers(model, stores)]

        yield choose


def _sources(
    settings: Settings, clock: Clock, *, http: HttpClient, arxiv: HttpClient, api: ArxivApi
) -> Iterator[Enricher]:
    if settings.sources.arxiv.enrich:
        yield ArxivRecords(api, clock)
    if settings.sources.huggingface.enrich:
        yield HubLinks(http, clock=clock, base_url=str(settings.sources.huggingface.base_url))
    if settings.reading.pages:
        yield PaperPages(arxiv, clock=clock, base_url=str(settings.sources.arxiv.pages_base_url))


async def _readers(model: LanguageModel, stores: Stores) -> list[Enricher]:
    wanted = await translators(model, papers=stores.papers, subscriptions=stores.subscriptions)
    return [LanguageModelReader(model), *wanted]


def access_to(settings: LlmSettings) -> Access | None:
    """Where the language model is and how it is asked; None where none is set."""
    if settings.base_url is None or settings.model is None:
        return None
    return Access(
        base_url=str(settings.base_url),
        model=settings.model,
        api_key=settings.api_key,
        limit=ModelUsage(requests=settings.daily_requests, tokens=settings.daily_tokens),
        concurrency=settings.concurrency,
        timeout=settings.timeout,
        attempts=settings.attempts,
    )
