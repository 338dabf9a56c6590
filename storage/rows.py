"""Papers from rows and rows from papers."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import groupby

import sqlite_utils

from papers.models import Destination, DestinationKind, Paper, PaperKey, Statement
from papers.precedence import resolve


def moment(at: datetime) -> str:
    """A moment as text that sorts in time: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def maybe_moment(text: str | None) -> datetime | None:
    """The moment that a text says."""
    return None if text is None else datetime.fromisoformat(text)


def maybe_date(text: str | None) -> date | None:
    """The day that a text says."""
    return None if text is None else date.fromisoformat(text)


def destination_of(kind: str, target: int, guild: int | None) -> Destination:
    """The place that the columns `kind`, `target_id` and `guild_id` say."""
    return Destination(kind=DestinationKind(kind), target_id=target, guild_id=guild)


def key_list(keys: Iterable[int | str]) -> str:
    """Any number of keys as one parameter, for `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(keys))


def said(statement: Statement) -> str:
    """What a statement says, as JSON without its origin and day."""
    return statement.model_dump_json(exclude={"origin", "day"}, exclude_none=True)


def statements_of(db: sqlite_utils.Database, keys: Sequence[PaperKey]) -> dict[PaperKey, list[Statement]]:
    """Everything said of those papers."""
    rows = db.execute(
        "SELECT paper, origin, day, said FROM statements"
        " WHERE paper IN (SELECT value FROM json_each(?)) ORDER BY paper",
        [key_list(keys)],
    )
    return {
        key: [_statement(origin, day, text) for _, origin, day, text in group]
        for key, group in groupby(rows, key=lambda row: int(row[0]))
    }


def _statement(origin: str, day: str, text: str) -> Statement:
    return Statement.model_validate({"origin": origin, "day": day or None, **json.loads(text)})


def corrections_of(
    db: sqlite_utils.Database, keys: Sequence[PaperKey]
) -> dict[PaperKey, dict[int, tuple[str, ...]]]:
    """What counts in servers in place of those papers' classifications: of each server, the newest correction."""
    rows = db.execute(
        "SELECT paper, guild_id, classifications FROM corrections"
        " WHERE counts AND paper IN (SELECT value FROM json_each(?)) ORDER BY paper, at, id",
        [key_list(keys)],
    )
    return {
        key: {guild: tuple(json.loads(names)) for _, guild, names in group}
        for key, group in groupby(rows, key=lambda row: int(row[0]))
    }


def announcements_of(
    db: sqlite_utils.Database, keys: Sequence[PaperKey]
) -> dict[PaperKey, list[tuple[str, str]]]:
    """The days and sources of the editions in which those papers are."""
    rows = db.execute(
        "SELECT paper, day, source FROM edition_papers"
        " WHERE paper IN (SELECT value FROM json_each(?)) ORDER BY paper",
        [key_list(keys)],
    )
    return {
        key: [(day, source) for _, day, source in group]
        for key, group in groupby(rows, key=lambda row: int(row[0]))
    }


def load(
    db: sqlite_utils.Database, keys: Sequence[PaperKey], *, digest_day: date | None = None
) -> list[Paper]:
    """The papers with those keys, in that order; `digest_day` prefers the digest of that day."""
    rows = db.execute(
        "SELECT key, arxiv_id, published FROM papers WHERE key IN (SELECT value FROM json_each(?))",
        [key_list(keys)],
    ).fetchall()
    spoken = statements_of(db, keys)
    corrected = corrections_of(db, keys)
    announced = announcements_of(db, keys)
    papers = {
        key: resolve(
            key,
            arxiv_id,
            spoken.get(key, ()),
            published=maybe_date(published),
            editions=[date.fromisoformat(day) for day, _ in announced.get(key, ())],
            sources=[source for _, source in announced.get(key, ())],
            digest_day=digest_day,
            corrections=corrected.get(key),
        )
        for key, arxiv_id, published in rows
    }
    return [papers[key] for key in keys]
