"""Keeping what a source answered: papers, statements, membership, and the index over them."""

import json
from collections.abc import Sequence
from datetime import date, datetime

import sqlite_utils

from papers.errors import StorageError
from papers.matching import IndexText, index_text
from papers.models import DAY_SPAN, Announcement, Answer, Edition, Paper, PaperKey, Statement, first_key
from papers.ports import Kept
from papers.precedence import resolve
from papers.tokens import tokenise
from storage.rows import maybe_moment, moment, said, statements_of

EVERY = "·"
"""The one word that every paper has in the index's column `tags`."""


def keep(db: sqlite_utils.Database, answer: Answer, *, over_at: datetime, at: datetime) -> Kept:
    """Keeps a day's answer. Must run inside a transaction."""
    new = 0
    for position, announcement in enumerate(answer.announcements):
        key = _find(db, announcement.arxiv_id)
        if key is None:
            key = _insert(db, announcement, answer.day)
            new += 1
        else:
            _complete(db, key, announcement)
        db.execute(
            "INSERT INTO edition_papers (day, source, paper, position) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET position = excluded.position",
            [answer.day.isoformat(), answer.source, key, position],
        )
    db.execute(
        "INSERT INTO editions (source, day, over_at, answered_at, answer_whole, reason) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET over_at = excluded.over_at, answered_at = excluded.answered_at,"
        " answer_whole = excluded.answer_whole, reason = excluded.reason",
        [answer.source, answer.day.isoformat(), moment(over_at), moment(at), answer.whole, _reason(answer)],
    )
    return Kept(edition=_required(edition(db, answer.source, answer.day)), new=new)


def edition(db: sqlite_utils.Database, source: str, day: date) -> Edition | None:
    """What is known of a day at a source."""
    return next(iter(editions(db, "source = ? AND day = ?", [source, day.isoformat()])), None)


def editions(db: sqlite_utils.Database, condition: str, values: Sequence[str]) -> list[Edition]:
    """The days that meet an SQL condition of ours, oldest first."""
    rows = db.execute(
        "SELECT source, day, over_at, answered_at, answer_whole, reason,"  # noqa: S608 - a condition of ours
        " (SELECT count(*) FROM edition_papers AS member"
        "  WHERE member.day = editions.day AND member.source = editions.source)"
        f" FROM editions WHERE {condition} ORDER BY day, source",
        values,
    )
    return [
        Edition(
            source=source,
            day=date.fromisoformat(day),
            over_at=datetime.fromisoformat(over_at),
            answered_at=maybe_moment(answered_at),
            answer_whole=bool(whole),
            reason=reason,
            papers=papers,
        )
        for source, day, over_at, answered_at, whole, reason, papers in rows
    ]


def _required(found: Edition | None) -> Edition:
    assert found is not None  # noqa: S101 - it was written a line above
    return found


def _reason(answer: Answer) -> str | None:
    if answer.whole:
        return None
    reasons = [problem.reason for problem in answer.problems]
    return "; ".join(reasons[:3]) or "a part of the answer is missing"


def _find(db: sqlite_utils.Database, arxiv_id: str) -> PaperKey | None:
    row = db.execute("SELECT key FROM papers WHERE arxiv_id = ?", [arxiv_id]).fetchone()
    return None if row is None else int(row[0])


def _insert(db: sqlite_utils.Database, announcement: Announcement, day: date) -> PaperKey:
    key = _next_key(db, day)
    paper = resolve(key, announcement.arxiv_id, announcement.statements)
    db.execute(
        "INSERT INTO papers (key, arxiv_id, title, published, origins) VALUES (?, ?, ?, ?, ?)",
        [key, announcement.arxiv_id, paper.title, _published(announcement), _origins(paper)],
    )
    for statement in announcement.statements:
        _put_statement(db, key, statement)
    db.execute("INSERT INTO unplanned (paper) VALUES (?)", [key])
    _put_authors(db, key, paper.authors)
    _put_classifications(db, paper)
    _put_words(db, key, index_text(paper))
    return key


def _next_key(db: sqlite_utils.Database, day: date) -> PaperKey:
    first = first_key(day)
    [highest] = db.execute(
        "SELECT max(key) FROM papers WHERE key BETWEEN ? AND ?", [first, first + DAY_SPAN - 1]
    ).fetchone()
    key = first if highest is None else int(highest) + 1
    if key >= first + DAY_SPAN:
        raise StorageError(f"{day} has {DAY_SPAN:,} papers already, and can have no more.")
    return key


def _complete(db: sqlite_utils.Database, key: PaperKey, announcement: Announcement) -> None:
    if announcement.published is not None:
        db.execute(
            "UPDATE papers SET published = ?1 WHERE key = ?2 AND published IS NOT ?1",
            [_published(announcement), key],
        )
    before = statements_of(db, key)
    known = {(statement.origin, statement.day): statement for statement in before}
    spoken = {(statement.origin, statement.day): statement for statement in announcement.statements}
    changed = {name: statement for name, statement in spoken.items() if known.get(name) != statement}
    if not changed:
        return
    for statement in changed.values():
        _put_statement(db, key, statement)
    old = resolve(key, announcement.arxiv_id, before)
    _reindex(db, old, resolve(key, announcement.arxiv_id, (known | changed).values()))


def _reindex(db: sqlite_utils.Database, old: Paper, new: Paper) -> None:
    if (old.title, old.origins) != (new.title, new.origins):
        db.execute(
            "UPDATE papers SET title = ?, origins = ? WHERE key = ?", [new.title, _origins(new), new.key]
        )
    if old.authors != new.authors:
        _drop_authors(db, new.key)
        _put_authors(db, new.key, new.authors)
    if old.classifications != new.classifications:
        db.execute("DELETE FROM paper_classifications WHERE paper = ?", [new.key])
        _put_classifications(db, new)
    old_words, new_words = index_text(old), index_text(new)
    if old_words != new_words:
        _put_words(db, new.key, old_words, command="delete")
        _put_words(db, new.key, new_words)


def _put_statement(db: sqlite_utils.Database, key: PaperKey, statement: Statement) -> None:
    day = "" if statement.day is None else statement.day.isoformat()
    db.execute(
        "INSERT INTO statements (paper, origin, day, said) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET said = excluded.said",
        [key, statement.origin.value, day, said(statement)],
    )


def _put_words(
    db: sqlite_utils.Database, key: PaperKey, words: IndexText, *, command: str | None = None
) -> None:
    values = [words.title, words.bullets, words.abstract, words.authors, f"{EVERY} {words.tags}"]
    if command is None:
        db.execute(
            "INSERT INTO search (rowid, title, bullets, abstract, authors, tags) VALUES (?, ?, ?, ?, ?, ?)",
            [key, *values],
        )
    else:
        db.execute(
            "INSERT INTO search (search, rowid, title, bullets, abstract, authors, tags) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [command, key, *values],
        )


def _put_authors(db: sqlite_utils.Database, key: PaperKey, names: Sequence[str]) -> None:
    for position, name in enumerate(names):
        [author] = db.execute(
            "INSERT INTO authors (name, papers) VALUES (?, 1)"
            " ON CONFLICT DO UPDATE SET papers = papers + 1 RETURNING id",
            [name],
        ).fetchone()
        db.conn.executemany(
            "INSERT OR IGNORE INTO author_words (word, author) VALUES (?, ?)",
            [(word, author) for word in tokenise(name)],
        )
        db.execute(
            "INSERT INTO paper_authors (paper, position, author) VALUES (?, ?, ?)", [key, position, author]
        )


def _drop_authors(db: sqlite_utils.Database, key: PaperKey) -> None:
    db.execute(
        "UPDATE authors SET papers = papers - gone.times FROM"
        " (SELECT author, count(*) AS times FROM paper_authors WHERE paper = ? GROUP BY author) AS gone"
        " WHERE authors.id = gone.author",
        [key],
    )
    db.execute("DELETE FROM paper_authors WHERE paper = ?", [key])


def _put_classifications(db: sqlite_utils.Database, paper: Paper) -> None:
    rows = [
        (item.name, paper.key, position, item.confidence)
        for position, item in enumerate(paper.classifications)
    ]
    db.conn.executemany(
        "INSERT OR IGNORE INTO paper_classifications (classification, paper, position, confidence)"
        " VALUES (?, ?, ?, ?)",
        rows,
    )


def _origins(paper: Paper) -> str:
    return json.dumps({part.value: origin.value for part, origin in paper.origins.items()})


def _published(announcement: Announcement) -> str | None:
    return None if announcement.published is None else announcement.published.isoformat()
