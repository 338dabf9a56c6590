"""What makes papers findable: their row, authors, classifications and words, kept in step with what is said."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlite_utils

from papers.matching import IndexText, index_text
from papers.models import Paper, PaperKey
from papers.tokens import tokenise
from storage.rows import key_list

EVERY = "·"
"""The one word that every paper has in the index's column `tags`."""


@dataclass(frozen=True)
class Change:
    """A paper before (None where it is new) and after."""

    old: Paper | None
    new: Paper


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
    words = [
        (change.new.key, change.old and index_text(change.old), index_text(change.new)) for change in changes
    ]
    changed = [(key, old, new) for key, old, new in words if old != new]
    db.conn.executemany(
        "INSERT INTO search (search, rowid, title, bullets, abstract, authors, tags)"
        " VALUES ('delete', ?, ?, ?, ?, ?, ?)",
        [_row(key, old) for key, old, _ in changed if old],
    )
    db.conn.executemany(
        "INSERT INTO search (rowid, title, bullets, abstract, authors, tags) VALUES (?, ?, ?, ?, ?, ?)",
        [_row(key, new) for key, _, new in changed],
    )


def _row(key: PaperKey, text: IndexText) -> tuple[PaperKey, str, str, str, str, str]:
    return key, text.title, text.bullets, text.abstract, text.authors, f"{EVERY} {text.tags}"
