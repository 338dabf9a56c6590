"""What is asked about papers, what people put right, what changed since it was posted, and what a model costs."""

import sqlite_utils

from storage.schema.base import migrations

_READING = (
    """
    CREATE TABLE enrichments (
        paper INTEGER NOT NULL REFERENCES papers (key),
        enricher TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        again_at TEXT,
        PRIMARY KEY (paper, enricher)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE corrections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        guild_id INTEGER NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (key),
        person INTEGER NOT NULL,
        classifications TEXT NOT NULL CHECK (json_valid(classifications)),
        replaced TEXT NOT NULL CHECK (json_valid(replaced)),
        at TEXT NOT NULL,
        counts INTEGER NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)),
        promoted INTEGER NOT NULL DEFAULT 0 CHECK (promoted IN (0, 1)),
        CHECK (counts OR promoted)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX corrections_that_count ON corrections (guild_id, paper, person) WHERE counts",
    "CREATE UNIQUE INDEX corrections_promoted ON corrections (paper) WHERE promoted",
    "CREATE INDEX corrections_by_paper ON corrections (paper, at)",
    """
    CREATE TABLE changed (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        paper INTEGER NOT NULL UNIQUE REFERENCES papers (key),
        however_old INTEGER NOT NULL DEFAULT 0 CHECK (however_old IN (0, 1))
    ) STRICT
    """,
    "CREATE INDEX deliveries_by_paper ON deliveries (paper)",
    "ALTER TABLE deliveries ADD COLUMN language TEXT",
    "ALTER TABLE subscriptions ADD COLUMN language TEXT",
    """
    CREATE TABLE model_answers (
        id TEXT PRIMARY KEY,
        answer TEXT NOT NULL CHECK (json_valid(answer)),
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE model_usage (
        day TEXT PRIMARY KEY,
        requests INTEGER NOT NULL DEFAULT 0,
        tokens INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID
    """,
)


@migrations()
def m002_reading(db: sqlite_utils.Database) -> None:
    """What is asked about papers, what people put right, what changed since it was posted, and what a model costs."""
    for statement in _READING:
        db.execute(statement)
