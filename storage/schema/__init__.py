"""The tables, one migration after the other. A migration that was released is never edited."""

from storage.schema.base import APPLICATION_ID, migrations
from storage.schema.m001_archive_and_outbox import m001_archive_and_outbox
from storage.schema.m002_reading import m002_reading
from storage.schema.m003_words import m003_words
from storage.schema.m004_delivery import m004_delivery

__all__ = ["APPLICATION_ID", "NAMES", "migrations"]

NAMES = frozenset(
    {
        m001_archive_and_outbox.__name__,
        m002_reading.__name__,
        m003_words.__name__,
        m004_delivery.__name__,
    }
)
"""The migrations this version knows."""
