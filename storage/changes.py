"""What a change of a paper means for what was done with it: planning again, editing cards, asking enrichers anew."""

from collections.abc import Iterable, Sequence

import sqlite_utils

from papers.models import ChangedPaper, Paper, PaperKey, Part, PostedCard
from papers.rereading import wording
from storage.indexing import Change
from storage.rows import destination_of, load

_SHOWN = ("title", "authors", "bullets", "classifications", "links", "translations", "makers")
"""The parts that a card shows, without those that change by the hour."""
_NAMED = (Part.BULLETS, Part.CLASSIFICATIONS, Part.LINKS)
"""The parts of which a card says who told them."""

_CARDS = """
    SELECT outbox.id, kind, target_id, destinations.guild_id, message_id, shown, deliveries.language
    FROM deliveries
    JOIN outbox ON outbox.number = deliveries.outbox
    JOIN destinations ON destinations.id = deliveries.destination
    WHERE deliveries.paper = ? AND outbox.state = 'sent' AND message_id IS NOT NULL
    ORDER BY outbox.number
"""
_WAITING = """
    SELECT EXISTS (
        SELECT 1 FROM deliveries JOIN outbox ON outbox.number = deliveries.outbox
        WHERE deliveries.paper = :paper AND outbox.state IN ('due', 'sending'))
    OR EXISTS (SELECT 1 FROM unplanned WHERE paper = :paper)
"""
"""A paper that is unplanned may be with the planner this moment, as it was before."""


def note(db: sqlite_utils.Database, changes: Sequence[Change]) -> None:
    """Sees to papers that changed, each as far as it did.

    Cards that read differently now are marked, what others may want now is planned again, and enrichers are asked anew
    about a changed text.
    """
    again = [(change.old, change.new) for change in changes if change.old is not None]
    mark_changed(db, [new.key for old, new in again if _shown(old) != _shown(new)])
    plan_anew(db, [new.key for old, new in again if _matched(old) != _matched(new)])
    db.conn.executemany(
        "DELETE FROM enrichments WHERE paper = ?",
        [(new.key,) for old, new in again if wording(old) != wording(new)],
    )


def _shown(paper: Paper) -> list[object]:
    return [*(getattr(paper, part) for part in _SHOWN), *(paper.origins.get(part) for part in _NAMED)]


def _matched(paper: Paper) -> list[object]:
    names = [item.name for item in paper.classifications]
    return [paper.title, paper.authors, paper.abstract, paper.bullets, names]


def plan_anew(db: sqlite_utils.Database, keys: Iterable[PaperKey]) -> None:
    """Has the planner look at papers again: a place that has one already does not get it twice."""
    db.conn.executemany("INSERT OR IGNORE INTO unplanned (paper) VALUES (?)", [(key,) for key in keys])


def mark_changed(db: sqlite_utils.Database, keys: Iterable[PaperKey], *, however_old: bool = False) -> None:
    """Marks those of the papers that are planned somewhere, or may be at this moment, as reading differently now."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO changed (paper, however_old)"
        " SELECT key, ? OR EXISTS (SELECT 1 FROM changed WHERE paper = key AND however_old) FROM papers"
        " WHERE key = ? AND (EXISTS (SELECT 1 FROM deliveries WHERE paper = key)"
        " OR EXISTS (SELECT 1 FROM unplanned WHERE paper = key))",
        [(however_old, key) for key in keys],
    )


def changed(db: sqlite_utils.Database, after: int, limit: int) -> list[ChangedPaper]:
    """The papers that are marked after that mark, those marked longest ago first, with the cards that show them."""
    marks = db.execute(
        "SELECT paper, number, however_old FROM changed WHERE number > ? ORDER BY number LIMIT ?",
        [after, limit],
    ).fetchall()
    papers = load(db, [key for key, _, _ in marks])
    return [
        ChangedPaper(
            paper=paper,
            mark=mark,
            cards=_cards(db, paper.key),
            waiting=_is_waiting(db, paper.key),
            however_old=bool(however_old),
        )
        for paper, (_, mark, however_old) in zip(papers, marks, strict=True)
    ]


def _cards(db: sqlite_utils.Database, key: PaperKey) -> tuple[PostedCard, ...]:
    return tuple(
        PostedCard(
            outbox_id=outbox_id,
            destination=destination_of(kind, target, guild),
            message_id=message_id,
            shown=shown or "",
            language=language,
        )
        for outbox_id, kind, target, guild, message_id, shown, language in db.execute(_CARDS, [key])
    )


def _is_waiting(db: sqlite_utils.Database, key: PaperKey) -> bool:
    [waiting] = db.execute(_WAITING, {"paper": key}).fetchone()
    return bool(waiting)


def settle(db: sqlite_utils.Database, paper: ChangedPaper) -> None:
    """Takes the mark off, unless the paper changed again meanwhile."""
    db.execute("DELETE FROM changed WHERE paper = ? AND number = ?", [paper.paper.key, paper.mark])
