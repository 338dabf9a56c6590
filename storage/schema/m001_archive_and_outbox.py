"""Everything the first version keeps."""

import sqlite_utils

from storage.schema.base import migrations

_FIRST = (
    """
    CREATE TABLE identity (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE papers (
        key INTEGER PRIMARY KEY,
        arxiv_id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        published TEXT,
        origins TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(origins))
    ) STRICT
    """,
    """
    CREATE TABLE statements (
        id INTEGER PRIMARY KEY,
        paper INTEGER NOT NULL REFERENCES papers (key),
        origin TEXT NOT NULL,
        day TEXT NOT NULL DEFAULT '',
        said TEXT NOT NULL CHECK (json_valid(said)),
        UNIQUE (paper, origin, day)
    ) STRICT
    """,
    """
    CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, papers INTEGER NOT NULL DEFAULT 0) STRICT
    """,
    """
    CREATE TABLE author_words (
        word TEXT NOT NULL,
        author INTEGER NOT NULL REFERENCES authors (id),
        PRIMARY KEY (word, author)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE paper_authors (
        paper INTEGER NOT NULL REFERENCES papers (key),
        position INTEGER NOT NULL,
        author INTEGER NOT NULL REFERENCES authors (id),
        PRIMARY KEY (paper, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE paper_classifications (
        classification TEXT NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (key),
        position INTEGER NOT NULL,
        confidence REAL,
        PRIMARY KEY (classification, paper)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX paper_classifications_by_paper ON paper_classifications (paper, position)",
    """
    CREATE TABLE editions (
        source TEXT NOT NULL,
        day TEXT NOT NULL,
        over_at TEXT NOT NULL,
        answered_at TEXT,
        answer_whole INTEGER NOT NULL DEFAULT 0 CHECK (answer_whole IN (0, 1)),
        reason TEXT,
        PRIMARY KEY (source, day)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE edition_papers (
        day TEXT NOT NULL,
        source TEXT NOT NULL,
        paper INTEGER NOT NULL REFERENCES papers (key),
        position INTEGER NOT NULL,
        PRIMARY KEY (day, source, paper)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX edition_papers_by_paper ON edition_papers (paper)",
    """
    CREATE VIRTUAL TABLE search USING fts5 (
        title, bullets, abstract, authors, tags, content = '', tokenize = 'ascii'
    )
    """,
    """
    CREATE TABLE searches (id TEXT PRIMARY KEY, query TEXT NOT NULL) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE destinations (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('channel', 'direct')),
        target_id INTEGER NOT NULL,
        guild_id INTEGER,
        UNIQUE (kind, target_id)
    ) STRICT
    """,
    """
    CREATE TABLE subscriptions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        destination INTEGER NOT NULL REFERENCES destinations (id),
        guild_id INTEGER,
        query TEXT NOT NULL,
        created_by INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        start_key INTEGER NOT NULL,
        UNIQUE (destination, query)
    ) STRICT
    """,
    "CREATE INDEX subscriptions_by_guild ON subscriptions (guild_id)",
    """
    CREATE TABLE unplanned (paper INTEGER PRIMARY KEY REFERENCES papers (key)) STRICT
    """,
    """
    CREATE TABLE outbox (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        destination INTEGER NOT NULL REFERENCES destinations (id),
        guild_id INTEGER,
        payload TEXT NOT NULL CHECK (json_valid(payload)),
        state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'sending', 'sent', 'failed')),
        attempts INTEGER NOT NULL DEFAULT 0,
        uncertain INTEGER NOT NULL DEFAULT 0 CHECK (uncertain IN (0, 1)),
        planned_at TEXT NOT NULL,
        due_at TEXT NOT NULL,
        first_claimed_at TEXT,
        lease_owner TEXT,
        lease_until TEXT,
        message_id INTEGER,
        shown TEXT,
        ended_at TEXT,
        reason TEXT
    ) STRICT
    """,
    "CREATE INDEX outbox_waiting ON outbox (destination, number) WHERE state IN ('due', 'sending')",
    "CREATE INDEX outbox_states ON outbox (state)",
    """
    CREATE TABLE deliveries (
        destination INTEGER NOT NULL REFERENCES destinations (id),
        paper INTEGER NOT NULL REFERENCES papers (key),
        outbox INTEGER NOT NULL REFERENCES outbox (number),
        subscription INTEGER NOT NULL,
        PRIMARY KEY (destination, paper)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX deliveries_by_outbox ON deliveries (outbox)",
    "CREATE INDEX deliveries_by_subscription ON deliveries (subscription)",
    """
    CREATE VIEW paper_overview AS
    SELECT
        papers.key,
        substr(papers.key, 1, 4) || '-' || substr(papers.key, 5, 2) || '-' || substr(papers.key, 7, 2) AS day,
        papers.arxiv_id,
        papers.title,
        (SELECT group_concat(name, ', ') FROM (
            SELECT authors.name FROM paper_authors JOIN authors ON authors.id = paper_authors.author
            WHERE paper_authors.paper = papers.key ORDER BY paper_authors.position)) AS authors,
        (SELECT group_concat(classification, ', ') FROM (
            SELECT classification FROM paper_classifications
            WHERE paper_classifications.paper = papers.key ORDER BY position)) AS classifications,
        (SELECT group_concat(value, char(10)) FROM (
            SELECT json_each.value FROM statements, json_each(statements.said, '$.bullets')
            WHERE statements.id = (
                SELECT id FROM statements AS chosen
                WHERE chosen.paper = papers.key AND chosen.origin = papers.origins ->> 'bullets'
                ORDER BY chosen.day DESC LIMIT 1))) AS bullets,
        (SELECT group_concat(DISTINCT json_each.value ->> 'url')
            FROM statements, json_each(statements.said, '$.links')
            WHERE statements.paper = papers.key) AS links,
        papers.published,
        'https://arxiv.org/abs/' || papers.arxiv_id AS url
    FROM papers
    """,
    """
    CREATE VIEW delivery_overview AS
    SELECT
        papers.arxiv_id, papers.title, destinations.kind, destinations.target_id, destinations.guild_id,
        outbox.state, outbox.attempts, outbox.planned_at, outbox.due_at, outbox.ended_at, outbox.message_id,
        outbox.reason
    FROM deliveries
    JOIN papers ON papers.key = deliveries.paper
    JOIN destinations ON destinations.id = deliveries.destination
    JOIN outbox ON outbox.number = deliveries.outbox
    """,
)


@migrations()
def m001_archive_and_outbox(db: sqlite_utils.Database) -> None:
    """Everything the first version keeps."""
    for statement in _FIRST:
        db.execute(statement)
