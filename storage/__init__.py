"""SQLite behind the ports."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from papers.ports import (
    CorrectionStore,
    EditionStore,
    EnrichmentStore,
    LanguageModelStore,
    OutboxStore,
    PaperStore,
    SearchStore,
    SubscriptionStore,
)
from papers.ports.privacy import PrivacyStore
from storage.archive import SqlitePapers, SqliteSearches
from storage.corrections import SqliteCorrections
from storage.database import Database
from storage.editions import SqliteEditions
from storage.enrichments import SqliteEnrichments
from storage.holder import check_identity, hold
from storage.language_model import SqliteLanguageModel
from storage.outbox import SqliteOutbox
from storage.privacy import SqlitePrivacy
from storage.subscriptions import SqliteSubscriptions

__all__ = ["Stores", "hold", "open_stores"]


@dataclass(frozen=True)
class Stores:
    """Every store, on one database."""

    database: Database
    papers: PaperStore
    editions: EditionStore
    enrichments: EnrichmentStore
    corrections: CorrectionStore
    searches: SearchStore
    subscriptions: SubscriptionStore
    outbox: OutboxStore
    language_model: LanguageModelStore
    privacy: PrivacyStore

    async def check_identity(self, *, application_id: int, api_base: str) -> None:
        """Remembers which application uses the database, and refuses another.

        Raises:
            DatabaseHeldError: it belongs to another application, or to one at another address.
        """
        await check_identity(self.database, application_id=application_id, api_base=api_base)


@asynccontextmanager
async def open_stores(path: Path, *, busy_timeout: float = 10.0) -> AsyncIterator[Stores]:
    """Opens the database file, which is made if missing, with all stores.

    Args:
        path: the file.
        busy_timeout: how many seconds to wait for another process that writes.

    Raises:
        StorageError: the file is not ours, is newer than this program, or cannot be opened.
    """
    async with Database(path, busy_timeout=busy_timeout) as database:
        yield Stores(
            database=database,
            papers=SqlitePapers(database),
            editions=SqliteEditions(database),
            enrichments=SqliteEnrichments(database),
            corrections=SqliteCorrections(database),
            searches=SqliteSearches(database),
            subscriptions=SqliteSubscriptions(database),
            outbox=SqliteOutbox(database),
            language_model=SqliteLanguageModel(database),
            privacy=SqlitePrivacy(database),
        )
