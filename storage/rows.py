"""Papers from rows and rows from papers."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import groupby

import sqlite_utils

from papers.models import Paper, PaperKey, Statement
from papers.precedence import resolve


def moment(at: datetime) -> str:
    """A moment as text that sorts in time: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def maybe_moment(text: str | None) -> datetime | None:
    """The moment that a text says."""
    return None if text is None else datetime.fromisoformat(text)


def said(statement: Statement) -> str:
    """What a statement says, as JSON without its origin and day."""
    values = statement.model_dump(mode="json", exclude={"origin", "day"}, exclude_none=True)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def statements_of(db: sqlite_utils.Database, key: PaperKey) -> list[Statement]:
    """Everything said of a paper."""
    rows = db.execute("SELECT origin, day, said FROM statements WHERE paper = ?", [key])
    return [_statement(*row) for row in rows]


def load(
    db: sqlite_utils.Database, keys: Sequence[PaperKey], *, digest_day: date | None = None
) -> list[Paper]:
    """The papers with those keys, in that order."""
    marks = ",".join("?" * len(keys))
    rows = db.execute(f"SELECT key, arxiv_id, published FROM papers WHERE key IN ({marks})", keys)  # noqa: S608
    papers = {key: (arxiv_id, published) for key, arxiv_id, published in rows}
    spoken = _grouped(
        db.execute(
            f"SELECT paper, origin, day, said FROM statements WHERE paper IN ({marks}) ORDER BY paper",  # noqa: S608
            keys,
        )
    )
    days = _grouped(
        db.execute(f"SELECT paper, day FROM edition_papers WHERE paper IN ({marks}) ORDER BY paper", keys)  # noqa: S608
    )
    return [
        resolve(
            key,
            papers[key][0],
            [_statement(*row) for row in spoken.get(key, ())],
            published=date.fromisoformat(papers[key][1]) if papers[key][1] else None,
            editions=[date.fromisoformat(day) for [day] in days.get(key, ())],
            digest_day=digest_day,
        )
        for key in keys
    ]


def _statement(origin: str, day: str, text: str) -> Statement:
    return Statement.model_validate({"origin": origin, "day": day or None, **json.loads(text)})


def _grouped(rows: Iterable[Sequence[str]]) -> dict[int, list[Sequence[str]]]:
    groups = groupby(rows, key=lambda row: int(row[0]))
    return {key: [row[1:] for row in group] for key, group in groups}
