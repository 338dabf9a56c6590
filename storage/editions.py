"""What is known of the days: membership and state."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlite_utils

from papers.models import Answer, Edition, PaperKey
from storage.database import Database
from storage.rows import maybe_moment, moment


class SqliteEditions:
    """`papers.ports.EditionStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, source: str, day: date) -> Edition | None:
        """See `EditionStore.find`."""
        found = await self._database.read(
            lambda db: _editions(db, "source = ? AND day = ?", [source, day.isoformat()])
        )
        return found[0] if found else None

    async def since(self, day: date) -> list[Edition]:
        """See `EditionStore.since`."""
        return await self._database.read(lambda db: _editions(db, "day >= ?", [day.isoformat()]))

    async def fail(self, source: str, day: date, *, over_at: datetime, reason: str) -> Edition:
        """See `EditionStore.fail`."""

        def write(db: sqlite_utils.Database) -> Edition:
            db.execute(
                "INSERT INTO editions (source, day, over_at, reason) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET over_at = excluded.over_at, reason = excluded.reason",
                [source, day.isoformat(), moment(over_at), reason],
            )
            return find_edition(db, source, day)

        return await self._database.write(write)


def put_edition(
    db: sqlite_utils.Database, answer: Answer, keys: Sequence[PaperKey], over_at: datetime, at: datetime
) -> None:
    """Writes a day's membership, in the order of the answer, and its state. Must run inside a transaction."""
    day = answer.day.isoformat()
    db.conn.executemany(
        "INSERT INTO edition_papers (day, source, paper, position) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET position = excluded.position WHERE position <> excluded.position",
        [(day, answer.source, key, position) for position, key in enumerate(dict.fromkeys(keys))],
    )
    db.execute(
        "INSERT INTO editions (source, day, over_at, answered_at, answer_whole, reason) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET over_at = excluded.over_at, answered_at = excluded.answered_at,"
        " answer_whole = excluded.answer_whole, reason = excluded.reason",
        [answer.source, day, moment(over_at), moment(at), answer.whole, _reason(answer)],
    )


def _reason(answer: Answer) -> str | None:
    if answer.whole:
        return None
    reasons = [problem.reason for problem in answer.problems]
    return "; ".join(reasons[:3]) or "a part of the answer is missing"


def find_edition(db: sqlite_utils.Database, source: str, day: date) -> Edition:
    """A day that is kept."""
    [edition] = _editions(db, "source = ? AND day = ?", [source, day.isoformat()])
    return edition


def _editions(db: sqlite_utils.Database, condition: str, values: Sequence[str]) -> list[Edition]:
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
