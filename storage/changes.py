"""What a change of a paper means for what was done with it: planning again, editing messages, asking enrichers anew."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import sqlite_utils

from papers.models import ChangedPaper, Paper, PaperKey, Part
from papers.rereading import wording
from storage.indexing import Change
from storage.posted import messages_of
from storage.rows import load, moment

_SHOWN = ("title", "authors", "bullets", "classifications", "links", "translations", "makers")
"""The parts that a message shows, without those that change by the hour."""
_HOURLY = (Part.UPVOTES, Part.STARS)
_NAMED = (Part.BULLETS, Part.CLASSIFICATIONS, Part.LINKS)
"""The parts of which a card says who told them."""

_WAITING = """
    SELECT EXISTS (
        SELECT 1 FROM deliveries LEFT JOIN outbox ON outbox.number = deliveries.outbox
        WHERE deliveries.paper = :paper AND coalesce(outbox.state, 'waiting') IN ('waiting', 'due', 'sending'))
    OR EXISTS (SELECT 1 FROM unplanned WHERE paper = :paper)
"""
"""A paper that waits or is unplanned may be with the gatherer or planner this moment, as it was before."""


def note(db: sqlite_utils.Database, changes: Sequence[Change]) -> None:
    """Sees to papers that changed, each as far as it did.

    Papers that read differently now are marked, papers that answer other queries now are planned again, and enrichers
    are asked anew about a changed text.
    """
    again = [(change.old, change.new) for change in changes if change.old is not None]
    matched = [change for change in changes if change.old is not None and change.words_before != change.words]
    mark_changed(db, [new.key for old, new in again if _shown(old) != _shown(new)])
    _mark_minor(db, [new.key for old, new in again if _hourly(old) != _hourly(new)])
    plan_anew(db, [change.new.key for change in matched])
    db.conn.executemany(
        "DELETE FROM enrichments WHERE paper = ?",
        [(new.key,) for old, new in again if wording(old) != wording(new)],
    )


def _shown(paper: Paper) -> list[object]:
    return [*(getattr(paper, part) for part in _SHOWN), *(paper.origins.get(part) for part in _NAMED)]


def _hourly(paper: Paper) -> list[object]:
    return [getattr(paper, part) for part in _HOURLY]


def plan_anew(db: sqlite_utils.Database, keys: Iterable[PaperKey]) -> None:
    """Has the planner look at papers again: a place that has one already does not get it twice."""
    db.conn.executemany("INSERT OR IGNORE INTO unplanned (paper) VALUES (?)", [(key,) for key in keys])


_PLANNED = "(EXISTS (SELECT 1 FROM deliveries WHERE paper = key) OR EXISTS (SELECT 1 FROM unplanned WHERE paper = key))"


def mark_changed(db: sqlite_utils.Database, keys: Iterable[PaperKey], *, however_old: bool = False) -> None:
    """Marks those of the papers that are planned somewhere, or may be at this moment, as reading differently now."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO changed (paper, however_old)"  # noqa: S608 - words of ours
        " SELECT key, ? OR EXISTS (SELECT 1 FROM changed WHERE paper = key AND however_old) FROM papers"
        f" WHERE key = ? AND {_PLANNED}",
        [(however_old, key) for key in keys],
    )


def _mark_minor(db: sqlite_utils.Database, keys: Iterable[PaperKey]) -> None:
    """Marks those whose hourly parts changed; one that is marked already keeps its place in the line."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO changed (paper, minor)"  # noqa: S608 - words of ours
        f" SELECT key, 1 FROM papers WHERE key = ? AND {_PLANNED}",
        [(key,) for key in keys],
    )


def changed(
    db: sqlite_utils.Database, after: int, limit: int, *, minor: bool | None = None
) -> list[ChangedPaper]:
    """The papers that are marked after that mark, those marked longest ago first, with the messages that show them.

    Args:
        db: where.
        after: only later marks.
        limit: how many at most.
        minor: only minor changes, or only others; None for both.
    """
    marks = db.execute(
        "SELECT paper, number, however_old, minor FROM changed"
        " WHERE number > :after AND (:minor IS NULL OR minor = :minor) ORDER BY number LIMIT :limit",
        {"after": after, "minor": minor, "limit": limit},
    ).fetchall()
    papers = load(db, [key for key, *_ in marks])
    messages = messages_of(db, [paper.key for paper in papers])
    return [
        ChangedPaper(
            paper=paper,
            mark=mark,
            messages=tuple(messages[paper.key]),
            waiting=_is_waiting(db, paper.key),
            however_old=bool(however_old),
            minor=bool(is_minor),
        )
        for paper, (_, mark, however_old, is_minor) in zip(papers, marks, strict=True)
    ]


def _is_waiting(db: sqlite_utils.Database, key: PaperKey) -> bool:
    [waiting] = db.execute(_WAITING, {"paper": key}).fetchone()
    return bool(waiting)


def settle(db: sqlite_utils.Database, changed: ChangedPaper) -> None:
    """Takes the mark off, unless the paper changed again meanwhile."""
    key = changed.paper.key
    if [_hourly(paper) for paper in load(db, [key])] == [_hourly(changed.paper)]:
        db.execute("DELETE FROM changed WHERE paper = ? AND number = ?", [key, changed.mark])


def edited(db: sqlite_utils.Database, outbox_id: str, shown: str, at: datetime) -> None:
    """See `papers.ports.OutboxStore.edited`."""
    db.execute(
        "UPDATE outbox SET shown = ?, edited_at = ? WHERE state = 'sent' AND id = ?",
        [shown, moment(at), outbox_id],
    )
    db.execute(
        "INSERT INTO edits (day, edits) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET edits = edits + 1",
        [str(at.astimezone(UTC).date())],
    )


def edits_on(db: sqlite_utils.Database, day: date) -> int:
    """See `papers.ports.OutboxStore.edits_on`."""
    row = db.execute("SELECT edits FROM edits WHERE day = ?", [str(day)]).fetchone()
    return int(row[0]) if row else 0
