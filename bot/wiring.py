"""Putting the parts together: the one place that knows them all."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.settings import Settings
from papers.editions import EditionReport, EditionService, Fetching
from papers.enriching import Enriched, EnrichmentService
from papers.ports import Clock, Enricher, Source, tell_nobody
from papers.reading.reader import LocalReader
from papers.sources.http import HttpClient
from papers.sources.huggingface import HuggingFaceDailyPapers
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
    """The intake with its sources connected."""
    async with HttpClient(contact=settings.sources.contact, clock=clock) as http:
        reader = LocalReader()
        yield Intake(
            EditionService(
                sources=[*_sources(settings, http)],
                reader=reader,
                papers=stores.papers,
                editions=stores.editions,
                clock=clock,
                tell=tell,
            ),
            EnrichmentService(
                enrichers=[*_enrichers(settings, http)],
                reader=reader,
                store=stores.enrichments,
                clock=clock,
                tell=tell,
            ),
        )


def _sources(settings: Settings, http: HttpClient) -> Iterator[Source]:
    yield HuggingFaceDailyPapers(http, base_url=str(settings.sources.huggingface.base_url).rstrip("/"))


def _enrichers(_settings: Settings, _http: HttpClient) -> Iterator[Enricher]:
    yield from ()
