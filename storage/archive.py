"""The stores of papers and searches."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import sqlite_utils

from papers.models import Answer, Paper, PaperKey, Statement, key_day
from papers.ports import Found, Kept, SearchRequest
from papers.tokens import tokenise
from storage.database import Database
from storage.keeping import keep_all
from storage.rows import key_list, load, statements_of
from storage.searching import search

_LAST_CHARACTER = "\U0010ffff"


class SqlitePapers:
    """`papers.ports.PaperStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, answer: Answer, *, over_at: datetime, at: datetime) -> Kept:
        """See `PaperStore.keep`."""
        [kept] = await self.keep_all([(answer, over_at)], at=at)
        return kept

    async def keep_all(self, answers: Sequence[tuple[Answer, datetime]], *, at: datetime) -> list[Kept]:
        """See `PaperStore.keep_all`."""
        return await self._database.write(lambda db: keep_all(db, answers, at=at))

    async def said(self, arxiv_ids: Iterable[str]) -> dict[str, tuple[Statement, ...]]:
        """See `PaperStore.said`."""
        wanted = key_list(arxiv_ids)

        def read(db: sqlite_utils.Database) -> dict[str, tuple[Statement, ...]]:
            rows = db.execute(
                "SELECT key, arxiv_id FROM papers WHERE arxiv_id IN (SELECT value FROM json_each(?))",
                [wanted],
            ).fetchall()
            spoken = statements_of(db, [key for key, _ in rows])
            return {arxiv_id: tuple(spoken.get(key, ())) for key, arxiv_id in rows}

        return await self._database.read(read)

    async def labelled(self) -> list[Paper]:
        """See `PaperStore.labelled`."""

        def read(db: sqlite_utils.Database) -> list[Paper]:
            rows = db.execute(
                "SELECT key FROM papers WHERE origins ->> 'classifications' IN ('digest', 'person') ORDER BY key"
            )
            return load(db, [key for [key] in rows])

        return await self._database.read(read)

    async def get(self, arxiv_id: str) -> Paper | None:
        """See `PaperStore.get`."""

        def read(db: sqlite_utils.Database) -> Paper | None:
            row = db.execute("SELECT key FROM papers WHERE arxiv_id = ?", [arxiv_id]).fetchone()
            return None if row is None else load(db, [row[0]])[0]

        return await self._database.read(read)

    async def edition(self, day: date) -> list[Paper]:
        """See `PaperStore.edition`."""

        def read(db: sqlite_utils.Database) -> list[Paper]:
            rows = db.execute(
                "SELECT paper FROM edition_papers WHERE day = ? ORDER BY source, position, paper",
                [day.isoformat()],
            )
            return load(db, list(dict.fromkeys(key for [key] in rows)), digest_day=day)

        return await self._database.read(read)

    async def newest_day(self) -> date | None:
        """See `PaperStore.newest_day`."""
        key = await self.newest_key()
        return None if key is None else key_day(key)

    async def newest_key(self) -> PaperKey | None:
        """See `PaperStore.newest_key`."""
        [key] = await self._database.read(lambda db: db.execute("SELECT max(key) FROM papers").fetchone())
        return None if key is None else int(key)

    async def search(self, request: SearchRequest) -> Found:
        """See `PaperStore.search`."""
        return await self._database.read(lambda db: search(db, request))

    async def suggest_authors(self, prefix: str, *, limit: int = 25) -> list[str]:
        """See `PaperStore.suggest_authors`."""
        words = tokenise(prefix)
        if not words:
            return []
        *whole, beginning = words
        return await self._database.read(lambda db: _authors(db, whole, beginning, limit))


def _authors(db: sqlite_utils.Database, whole: Sequence[str], beginning: str, limit: int) -> list[str]:
    also = " AND EXISTS (SELECT 1 FROM author_words WHERE word = ? AND author = authors.id)" * len(whole)
    rows = db.execute(
        "SELECT name FROM authors WHERE papers > 0 AND id IN"  # noqa: S608 - conditions of ours
        f" (SELECT author FROM author_words WHERE word >= ? AND word < ?){also}"
        " ORDER BY papers DESC, name LIMIT ?",
        [beginning, beginning + _LAST_CHARACTER, *whole, limit],
    )
    return [name for [name] in rows]


class SqliteSearches:
    """`papers.ports.SearchStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, text: str) -> str:
        """See `SearchStore.save`."""
        search_id = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        await self._database.write(
            lambda db: db.execute(
                "INSERT OR IGNORE INTO searches (id, query) VALUES (?, ?)", [search_id, text]
            )
        )
        return search_id

    async def load(self, search_id: str) -> str | None:
        """See `SearchStore.load`."""
        row = await self._database.read(
            lambda db: db.execute("SELECT query FROM searches WHERE id = ?", [search_id]).fetchone()
        )
        return None if row is None else str(row[0])
