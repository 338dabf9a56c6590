"""The store of a language model's answers, and of what they cost."""

from datetime import date, datetime

import sqlite_utils

from papers.ports import ModelUsage
from storage.database import Database
from storage.rows import moment


class SqliteLanguageModel:
    """`papers.ports.LanguageModelStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def answer(self, answer_id: str) -> str | None:
        """See `LanguageModelStore.answer`."""
        return await self._database.read(lambda db: _answer(db, answer_id))

    async def keep_answer(self, answer_id: str, answer: str, *, at: datetime) -> None:
        """See `LanguageModelStore.keep_answer`."""
        await self._database.write(lambda db: _keep_answer(db, answer_id, answer, at))

    async def usage(self, day: date) -> ModelUsage:
        """See `LanguageModelStore.usage`."""
        return await self._database.read(lambda db: _usage(db, day))

    async def spend(self, day: date, used: ModelUsage, *, limit: ModelUsage | None = None) -> bool:
        """See `LanguageModelStore.spend`."""
        return await self._database.write(lambda db: _spend(db, day, used, limit))


def _answer(db: sqlite_utils.Database, answer_id: str) -> str | None:
    row = db.execute("SELECT answer FROM model_answers WHERE id = ?", [answer_id]).fetchone()
    return None if row is None else str(row[0])


def _keep_answer(db: sqlite_utils.Database, answer_id: str, answer: str, at: datetime) -> None:
    db.execute(
        "INSERT INTO model_answers (id, answer, at) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET answer = excluded.answer, at = excluded.at",
        [answer_id, answer, moment(at)],
    )


def _usage(db: sqlite_utils.Database, day: date) -> ModelUsage:
    row = db.execute("SELECT requests, tokens FROM model_usage WHERE day = ?", [day.isoformat()]).fetchone()
    return ModelUsage() if row is None else ModelUsage(requests=row[0], tokens=row[1])


def _spend(db: sqlite_utils.Database, day: date, used: ModelUsage, limit: ModelUsage | None) -> bool:
    before = _usage(db, day)
    if limit is not None and (
        before.requests + used.requests > limit.requests or before.tokens >= limit.tokens
    ):
        return False
    db.execute(
        "INSERT INTO model_usage (day, requests, tokens) VALUES (?, ?, ?) ON CONFLICT (day)"
        " DO UPDATE SET requests = requests + excluded.requests, tokens = tokens + excluded.tokens",
        [day.isoformat(), used.requests, used.tokens],
    )
    return True
