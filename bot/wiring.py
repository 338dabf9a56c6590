"""Putting the parts together: the one place that knows them all."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.enrichers import open_enrichers
from bot.sections import ArxivSettings
from bot.settings import Settings
from papers.editions import EditionReport, EditionService, Fetching
from papers.enriching import Enriched, EnrichmentService
from papers.ports import Clock, Source, tell_nobody
from papers.reading.classifier import Classifier
from papers.reading.reader import LocalReader
from papers.sources.arxiv_api import ARXIV_INTERVAL, ARXIV_LIMITS, ArxivApi
from papers.sources.arxiv_categories import ArxivCategories
from papers.sources.http import HttpClient
from papers.sources.huggingface import HuggingFaceDailyPapers
from papers.sources.pace import Pace
from storage import Stores


@dataclass(frozen=True)
class Intake:
    """The use cases that bring papers into the archive: days as they are announced, and what is asked about them."""

    editions: EditionService
    enrichments: EnrichmentService


@asynccontextmanager
async def open_intake(
    settings: Settings,
    stores: Stores,
    clock: Clock,
    tell: Callable[[Fetching | EditionReport | Enriched], None] = tell_nobody,
) -> AsyncIterator[Intake]:
    """The intake with its sources connected.

    Raises:
        ConfigurationError: the classifier that is set cannot be read, or a setting needs packages that are missing.
    """
    reader = LocalReader(await asyncio.to_thread(Classifier.load, settings.reading.model))
    contact, arxiv_settings = settings.sources.contact, settings.sources.arxiv
    pace = _arxiv_pace(arxiv_settings)
    async with (
        HttpClient(contact=contact, clock=clock, paces=[pace]) as http,
        HttpClient(contact=contact, clock=clock, limits=ARXIV_LIMITS, paces=[pace]) as arxiv,
    ):
        api = ArxivApi(arxiv, clock, base_url=str(arxiv_settings.base_url))
        async with open_enrichers(settings, stores, clock, http=http, arxiv=arxiv, api=api) as enrichers:
            yield Intake(
                EditionService(
                    sources=[*_sources(settings, clock, http=http, arxiv=arxiv, api=api)],
                    reader=reader,
                    papers=stores.papers,
                    editions=stores.editions,
                    clock=clock,
                    tell=tell,
                ),
                EnrichmentService(
                    enrichers=enrichers,
                    reader=reader,
                    papers=stores.papers,
                    store=stores.enrichments,
                    clock=clock,
                    tell=tell,
                ),
            )


def _arxiv_pace(settings: ArxivSettings) -> Pace:
    addresses = (settings.base_url, settings.rss_base_url, settings.pages_base_url)
    return Pace(map(str, addresses), interval=ARXIV_INTERVAL)


def _sources(
    settings: Settings, clock: Clock, *, http: HttpClient, arxiv: HttpClient, api: ArxivApi
) -> Iterator[Source]:
    yield HuggingFaceDailyPapers(http, base_url=str(settings.sources.huggingface.base_url).rstrip("/"))
    if categories := settings.sources.arxiv.categories:
        feeds = str(settings.sources.arxiv.rss_base_url)
        yield ArxivCategories(api, arxiv, clock, categories=categories, rss_base_url=feeds)
