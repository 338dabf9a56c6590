"""What makes papers findable: their row, authors, classifications and words, kept in step with what is said."""

import json
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import sqlite_utils

from papers.matching import IndexText, index_text
from papers.models import Paper, PaperKey
from papers.tokens import tokenise
from storage.rows import key_list, load

log = logging.getLogger(__name__)

_INSERT = "INSERT INTO search (rowid, title, bullets, abstract, authors, tags) VALUES (?, ?, ?, ?, ?, ?)"
_BATCH = 500
"""How many papers are read at once when the index is filled anew."""


@dataclass(frozen=True)
class Change:
    """A paper before (None where it is new) and after."""

    old: Paper | None
    new: Paper

    @cached_property
    def words_before(self) -> IndexText | None:
        """The words by which it was found; None where it is new."""
        return None if self.old is None else index_text(self.old)

    @cached_property
    def words(self) -> IndexText:
        """The words by which it is to be found."""
        return index_text(self.new)


def index(db: sqlite_utils.Database, changes: Sequence[Change]) -> None:
    """Brings rows and index from the old papers to the new ones. Must run inside a transaction."""
    _put_rows(db, [change.new for change in changes])
    _put_authors(
        db, [change for change in changes if change.old is None or change.old.authors != change.new.authors]
    )
    _put_classifications(db, changes)
    _put_words(db, changes)


def _put_rows(db: sqlite_utils.Database, papers: Iterable[Paper]) -> None:
    db.conn.executemany(
        "INSERT INTO papers (key, arxiv_id, title, published, origins) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE"
        " SET title = excluded.title, published = excluded.published, origins = excluded.origins",
        [
            (
                paper.key,
                paper.arxiv_id,
                paper.title,
                paper.published and str(paper.published),
                _origins(paper),
            )
            for paper in papers
        ],
    )


def _origins(paper: Paper) -> str:
    return json.dumps({part.value: origin.value for part, origin in paper.origins.items()})


def _put_authors(db: sqlite_utils.Database, changes: Sequence[Change]) -> None:
    ids = _author_ids(db, dict.fromkeys(name for change in changes for name in change.new.authors))
    gained: Counter[str] = Counter()
    for change in changes:
        gained.update(set(change.new.authors))
        gained.subtract(set(change.old.authors if change.old else ()))
    db.conn.executemany(
        "UPDATE authors SET papers = papers + ? WHERE name = ?",
        [(count, name) for name, count in gained.items() if count],
    )
    _clear(db, "paper_authors", [change.old.key for change in changes if change.old])
    db.conn.executemany(
        "INSERT INTO paper_authors (paper, position, author) VALUES (?, ?, ?)",
        [
            (change.new.key, position, ids[name])
            for change in changes
            for position, name in enumerate(change.new.authors)
        ],
    )


def _author_ids(db: sqlite_utils.Database, names: Iterable[str]) -> dict[str, int]:
    """The numbers of authors by name; those not yet known are added."""
    ids = _known_authors(db, names)
    added = [name for name in names if name not in ids]
    db.conn.executemany("INSERT INTO authors (name) VALUES (?)", [(name,) for name in added])
    ids |= _known_authors(db, added)
    db.conn.executemany(
        "INSERT INTO author_words (word, author) VALUES (?, ?)",
        sorted({(word, ids[name]) for name in added for word in tokenise(name)}),
    )
    return ids


def _known_authors(db: sqlite_utils.Database, names: Iterable[str]) -> dict[str, int]:
    return dict(
        db.execute(
            "SELECT name, id FROM authors WHERE name IN (SELECT value FROM json_each(?))", [key_list(names)]
        ).fetchall()
    )


def _put_classifications(db: sqlite_utils.Database, changes: Iterable[Change]) -> None:
    changed = [
        change
        for change in changes
        if change.old is None or change.old.classifications != change.new.classifications
    ]
    _clear(db, "paper_classifications", [change.old.key for change in changed if change.old])
    db.conn.executemany(
        "INSERT OR IGNORE INTO paper_classifications (classification, paper, position, confidence)"
        " VALUES (?, ?, ?, ?)",
        sorted(
            (item.name, change.new.key, position, item.confidence)
            for change in changed
            for position, item in enumerate(change.new.classifications)
        ),
    )


def _clear(db: sqlite_utils.Database, table: str, keys: Iterable[PaperKey]) -> None:
    db.conn.executemany(f"DELETE FROM {table} WHERE paper = ?", [(key,) for key in keys])  # noqa: S608 - ours


def _put_words(db: sqlite_utils.Database, changes: Iterable[Change]) -> None:
    changed = [change for change in changes if change.words_before != change.words]
    db.conn.executemany(
        "INSERT INTO search (search, rowid, title, bullets, abstract, authors, tags)"
        " VALUES ('delete', ?, ?, ?, ?, ?, ?)",
        [_row(change.new.key, change.words_before) for change in changed if change.words_before],
    )
    db.conn.executemany(_INSERT, [_row(change.new.key, change.words) for change in changed])


def _row(key: PaperKey, text: IndexText) -> tuple[PaperKey, str, str, str, str, str]:
    return key, text.title, text.bullets, text.abstract, text.authors, text.tags


def fill(db: sqlite_utils.Database) -> None:
    """Indexes every paper, if the index is empty: new, or emptied for new words. Must run inside a transaction."""
    if db.execute("SELECT rowid FROM search LIMIT 1").fetchone() is not None:
        return
    keys = [key for [key] in db.execute("SELECT key FROM papers ORDER BY key")]
    if keys:
        log.info("Indexing the words of %d papers anew, once for this version.", len(keys))
    for start in range(0, len(keys), _BATCH):
        papers = load(db, keys[start : start + _BATCH])
        db.conn.executemany(_INSERT, [_row(paper.key, index_text(paper)) for paper in papers])
