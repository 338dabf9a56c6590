"""Papers that wait for their time, messages of several papers, places that are closed, drafts, and what goes with whom."""

import sqlite_utils

from storage.schema.base import migrations

_DELIVERY = (
    "ALTER TABLE destinations ADD COLUMN closed_reason TEXT",
    "ALTER TABLE destinations ADD COLUMN closed_at TEXT",
    "ALTER TABLE destinations ADD COLUMN probe_at TEXT",
    """
    ALTER TABLE subscriptions ADD COLUMN manner TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(manner))
    """,
    "ALTER TABLE subscriptions ADD COLUMN paused_at TEXT",
    "ALTER TABLE subscriptions ADD COLUMN next_at TEXT",
    """
    ALTER TABLE outbox ADD COLUMN kind TEXT NOT NULL DEFAULT 'message'
        CHECK (kind IN ('message', 'thread', 'post', 'publish'))
    """,
    "ALTER TABLE outbox ADD COLUMN after INTEGER REFERENCES outbox (number)",
    "ALTER TABLE outbox ADD COLUMN batch INTEGER",
    "ALTER TABLE outbox ADD COLUMN subscription INTEGER",
    "ALTER TABLE outbox ADD COLUMN form TEXT NOT NULL DEFAULT 'card'",
    "ALTER TABLE outbox ADD COLUMN context TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(context))",
    "ALTER TABLE outbox ADD COLUMN edited_at TEXT",
    """
    UPDATE outbox SET
        batch = number,
        subscription = (SELECT subscription FROM deliveries WHERE deliveries.outbox = outbox.number)
    """,
    "CREATE INDEX outbox_by_after ON outbox (after) WHERE after IS NOT NULL",
    "CREATE INDEX outbox_by_subscription ON outbox (subscription) WHERE state IN ('due', 'sending')",
    "CREATE INDEX outbox_published ON outbox (destination, ended_at) WHERE kind = 'publish'",
    "DROP VIEW delivery_overview",
    """
    CREATE TABLE new_deliveries (
        destination INTEGER NOT NULL REFERENCES destinations (id),
        paper INTEGER NOT NULL REFERENCES papers (key),
        outbox INTEGER REFERENCES outbox (number),
        subscription INTEGER NOT NULL,
        language TEXT,
        position INTEGER NOT NULL DEFAULT 0,
        summarised INTEGER NOT NULL DEFAULT 0 CHECK (summarised IN (0, 1)),
        deferred INTEGER NOT NULL DEFAULT 0,
        planned_at TEXT,
        PRIMARY KEY (destination, paper)
    ) STRICT, WITHOUT ROWID
    """,
    """
    INSERT INTO new_deliveries (destination, paper, outbox, subscription, language, planned_at)
    SELECT deliveries.destination, paper, outbox, deliveries.subscription, language, outbox.planned_at
    FROM deliveries JOIN outbox ON outbox.number = deliveries.outbox
    """,
    "DROP TABLE deliveries",
    "ALTER TABLE new_deliveries RENAME TO deliveries",
    "CREATE INDEX deliveries_by_outbox ON deliveries (outbox, position)",
    "CREATE INDEX deliveries_by_subscription ON deliveries (subscription)",
    "CREATE INDEX deliveries_by_paper ON deliveries (paper)",
    "CREATE INDEX deliveries_waiting ON deliveries (subscription) WHERE outbox IS NULL",
    """
    CREATE VIEW delivery_overview AS
    SELECT
        papers.arxiv_id, papers.title, destinations.kind, destinations.target_id, destinations.guild_id,
        coalesce(outbox.state, 'waiting') AS state, outbox.attempts, deliveries.planned_at, outbox.due_at,
        outbox.ended_at, outbox.message_id, outbox.reason
    FROM deliveries
    JOIN papers ON papers.key = deliveries.paper
    JOIN destinations ON destinations.id = deliveries.destination
    LEFT JOIN outbox ON outbox.number = deliveries.outbox
    """,
    """
    ALTER TABLE changed ADD COLUMN minor INTEGER NOT NULL DEFAULT 0 CHECK (minor IN (0, 1))
    """,
    """
    CREATE TABLE edits (day TEXT PRIMARY KEY, edits INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE drafts (
        id TEXT PRIMARY KEY,
        person INTEGER NOT NULL,
        guild_id INTEGER,
        said TEXT NOT NULL CHECK (json_valid(said)),
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE departures (guild_id INTEGER PRIMARY KEY, noticed_at TEXT NOT NULL) STRICT
    """,
)


@migrations()
def m004_delivery(db: sqlite_utils.Database) -> None:
    """Papers that wait, messages of several papers, closed places, drafts, edits, and servers the bot left."""
    for statement in _DELIVERY:
        db.execute(statement)
