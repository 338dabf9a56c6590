"""Putting the parts together: the one place that knows them all."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.settings import Settings
from papers.editions import EditionReport, EditionService, Fetching
from papers.ports import Clock, tell_nobody
from papers.reading.reader import LocalReader
from papers.sources.http import HttpClient
from papers.sources.huggingface import HuggingFaceDailyPapers
from storage import Stores


@asynccontextmanager
async def open_editions(
    settings: Settings,
    stores: Stores,
    clock: Clock,
    tell: Callable[[Fetching | EditionReport], None] = tell_nobody,
) -> AsyncIterator[EditionService]:
    """The use case that fetches, reads and keeps, with its sources connected."""
    async with HttpClient(contact=settings.sources.contact, clock=clock) as http:
        hub = HuggingFaceDailyPapers(http, base_url=str(settings.sources.huggingface.base_url).rstrip("/"))
        yield EditionService(
            sources=[hub],
            reader=LocalReader(),
            papers=stores.papers,
            editions=stores.editions,
            clock=clock,
            tell=tell,
        )
