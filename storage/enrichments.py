"""The store of what was asked about papers that are kept."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import sqlite_utils

from papers.models import Announcement, Enrichment, first_key
from storage.database import Database
from storage.keeping import add_all
from storage.rows import maybe_date, moment, statements_of

_WAITING = """
    SELECT key, arxiv_id, published FROM papers
    WHERE key >= :since AND NOT EXISTS (
        SELECT 1 FROM enrichments
        WHERE paper = papers.key AND enricher = :enricher AND (again_at IS NULL OR again_at > :now))
    ORDER BY key DESC LIMIT :limit
"""


class SqliteEnrichments:
    """`papers.ports.EnrichmentStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, enricher: str, *, since: date, now: datetime, limit: int) -> list[Announcement]:
        """See `EnrichmentStore.waiting`."""
        values = {"since": first_key(since), "enricher": enricher, "now": moment(now), "limit": limit}
        return await self._database.read(lambda db: _announcements(db, values))

    async def keep(
        self, enricher: str, asked: Sequence[Enrichment], read: Sequence[Announcement], *, at: datetime
    ) -> None:
        """See `EnrichmentStore.keep`."""

        def write(db: sqlite_utils.Database) -> None:
            add_all(db, read)
            _note_asked(db, enricher, asked, moment(at))

        await self._database.write(write)


def _announcements(db: sqlite_utils.Database, values: dict[str, object]) -> list[Announcement]:
    rows = db.execute(_WAITING, values).fetchall()
    said = statements_of(db, [key for key, _, _ in rows])
    return [
        Announcement(arxiv_id=arxiv_id, published=maybe_date(published), statements=tuple(said.get(key, ())))
        for key, arxiv_id, published in rows
    ]


def _note_asked(db: sqlite_utils.Database, enricher: str, asked: Iterable[Enrichment], at: str) -> None:
    db.conn.executemany(
        "INSERT INTO enrichments (paper, enricher, asked_at, again_at)"
        " SELECT key, ?, ?, ? FROM papers WHERE arxiv_id = ?"
        " ON CONFLICT DO UPDATE SET asked_at = excluded.asked_at, again_at = excluded.again_at",
        [(enricher, at, one.again_at and moment(one.again_at), one.arxiv_id) for one in asked],
    )
