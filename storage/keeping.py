"""Keeping what sources answered: one pass over everything said, then one statement a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

import sqlite_utils

from papers.errors import StorageError
from papers.models import DAY_SPAN, Announcement, Answer, Origin, Paper, PaperKey, Statement, first_key
from papers.ports import Kept
from papers.precedence import merged, resolve
from storage.changes import note
from storage.editions import find_edition, put_edition
from storage.indexing import Change, index
from storage.rows import announcements_of, corrections_of, key_list, maybe_date, said, statements_of

Voice = tuple[Origin, date | None]
"""Who speaks, and of which day: only one word of it counts."""

_Known = tuple[Mapping[Voice, Statement], date | None, frozenset[str]]
"""What is said of a paper, the day of its first version, and where it was announced."""

ItemT = TypeVar("ItemT")


@dataclass
class _Record:
    """A paper as it was kept and as it is to be kept."""

    key: PaperKey
    arxiv_id: str
    published_before: date | None = None
    before: Mapping[Voice, Statement] = field(default_factory=dict)
    corrections: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    sources_before: frozenset[str] = frozenset()
    is_new: bool = True

    def __post_init__(self) -> None:
        self.published = self.published_before
        self.now = dict(self.before)
        self.sources = set(self.sources_before)

    def hear(self, announcement: Announcement) -> None:
        """Takes in what is said: a part that is said replaces that voice's older one, the others stay.

        The earliest day of a first version counts, so that the order of answers does not matter. What a person says
        is left to the store of corrections: an answer that took long would bring back what was withdrawn meanwhile.
        """
        days = filter(None, (self.published, announcement.published))
        self.published = min(days, default=None)
        for statement in announcement.statements:
            if statement.origin is Origin.PERSON:
                continue
            voice = statement.origin, statement.day
            self.now[voice] = merged(self.now.get(voice), statement)

    def spoken_anew(self) -> Iterable[Statement]:
        """The statements that differ from what is kept."""
        return (statement for voice, statement in self.now.items() if self.before.get(voice) != statement)

    def change(self) -> Change | None:
        """The paper before and after; None where nothing of it changed."""
        before: _Known = self.before, self.published_before, self.sources_before
        now: _Known = self.now, self.published, frozenset(self.sources)
        if not self.is_new and now == before:
            return None
        return Change(None if self.is_new else self._paper(*before), self._paper(*now))

    def _paper(
        self, spoken: Mapping[Voice, Statement], published: date | None, sources: frozenset[str]
    ) -> Paper:
        return resolve(
            self.key,
            self.arxiv_id,
            spoken.values(),
            published=published,
            sources=sources,
            corrections=self.corrections,
        )


def keep_all(
    db: sqlite_utils.Database, days: Sequence[tuple[Answer, datetime]], *, at: datetime
) -> list[Kept]:
    """Keeps answers, each with the moment its day was over. Must run inside a transaction.

    A paper that is new gets its key from the earliest of the days that announce it.
    """
    answers = [answer for answer, _ in days]
    records = _known(db, {item.arxiv_id for answer in answers for item in answer.announcements})
    numbers = _Numbers(db)
    new = {
        position: _hear(records, numbers, answers[position])
        for position in sorted(range(len(answers)), key=lambda position: answers[position].day)
    }
    _write(db, sorted(records.values(), key=lambda record: record.key))
    for answer, over_at in days:
        put_edition(db, answer, [records[item.arxiv_id].key for item in answer.announcements], over_at, at)
    return [
        Kept(edition=find_edition(db, answer.source, answer.day), new=new[position])
        for position, answer in enumerate(answers)
    ]


def add_all(db: sqlite_utils.Database, read: Sequence[Announcement]) -> None:
    """Keeps what is said of papers that are kept already; others are passed over. Must run inside a transaction."""
    records = _known(db, {item.arxiv_id for item in read})
    for announcement in read:
        if announcement.arxiv_id in records:
            records[announcement.arxiv_id].hear(announcement)
    _write(db, sorted(records.values(), key=lambda record: record.key))


def _known(db: sqlite_utils.Database, arxiv_ids: Iterable[str]) -> dict[str, _Record]:
    rows = db.execute(
        "SELECT key, arxiv_id, published FROM papers WHERE arxiv_id IN (SELECT value FROM json_each(?))",
        [key_list(arxiv_ids)],
    ).fetchall()
    keys = [key for key, _, _ in rows]
    spoken, corrected, announced = (
        statements_of(db, keys),
        corrections_of(db, keys),
        announcements_of(db, keys),
    )
    return {
        arxiv_id: _Record(
            key,
            arxiv_id,
            published_before=maybe_date(published),
            before={(statement.origin, statement.day): statement for statement in spoken.get(key, ())},
            corrections=corrected.get(key, {}),
            sources_before=frozenset(source for _, source in announced.get(key, ())),
            is_new=False,
        )
        for key, arxiv_id, published in rows
    }


def _hear(records: dict[str, _Record], numbers: "_Numbers", answer: Answer) -> int:
    """Takes in an answer; how many of its papers are new."""
    known = len(records)
    for announcement in answer.announcements:
        arxiv_id = announcement.arxiv_id
        if arxiv_id not in records:
            records[arxiv_id] = _Record(numbers.take(answer.day), arxiv_id)
        records[arxiv_id].hear(announcement)
        records[arxiv_id].sources.add(answer.source)
    return len(records) - known


class _Numbers:
    """Hands out keys, each day's in a row."""

    def __init__(self, db: sqlite_utils.Database) -> None:
        self._db = db
        self._next: dict[date, PaperKey] = {}

    def take(self, day: date) -> PaperKey:
        end = first_key(day) + DAY_SPAN
        key = self._next.get(day) or self._free(first_key(day), end)
        if key >= end:
            raise StorageError(
                f"{day} has {DAY_SPAN:,} papers already and can have no more: check what the source answers."
            )
        self._next[day] = key + 1
        return key

    def _free(self, first: PaperKey, end: PaperKey) -> PaperKey:
        [highest] = self._db.execute(
            "SELECT max(key) FROM papers WHERE key >= ? AND key < ?", [first, end]
        ).fetchone()
        return first if highest is None else int(highest) + 1


def _write(db: sqlite_utils.Database, records: Sequence[_Record]) -> None:
    changes = [change for record in records if (change := record.change()) is not None]
    index(db, changes)
    note(db, changes)
    db.conn.executemany(
        "INSERT INTO statements (paper, origin, day, said) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET said = excluded.said",
        [
            (record.key, statement.origin.value, str(statement.day or ""), said(statement))
            for record in records
            for statement in record.spoken_anew()
        ],
    )
    db.conn.executemany(
        "INSERT INTO unplanned (paper) VALUES (?)", [(record.key,) for record in records if record.is_new]
    )
