"""What the use cases need from the outside, as protocols.

A call of a store is a whole transaction: when it returns, what it says is kept; when it raises, nothing is.
Every store call may raise `StorageError`.
"""

from papers.ports.archive import (
    EditionStore,
    Found,
    Kept,
    PaperStore,
    SearchRequest,
    SearchStore,
    Sort,
    Turn,
)
from papers.ports.deliveries import Composer, MessageEditor, OutboxStore, Publisher, Recomposer
from papers.ports.enrichment import CorrectionStore, EnrichmentStore
from papers.ports.language_model import LanguageModelStore, ModelUsage
from papers.ports.sources import Clock, Enricher, Reader, Source, tell_nobody
from papers.ports.subscriptions import SubscriptionStore

__all__ = [
    "Clock",
    "Composer",
    "CorrectionStore",
    "EditionStore",
    "Enricher",
    "EnrichmentStore",
    "Found",
    "Kept",
    "LanguageModelStore",
    "MessageEditor",
    "ModelUsage",
    "OutboxStore",
    "PaperStore",
    "Publisher",
    "Reader",
    "Recomposer",
    "SearchRequest",
    "SearchStore",
    "Sort",
    "Source",
    "SubscriptionStore",
    "Turn",
    "tell_nobody",
]
