"""A database of the first version, opened by this one."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations

from papers.models import DestinationKind
from storage import open_stores
from storage.schema import APPLICATION_ID
from storage.schema.m001_archive_and_outbox import m001_archive_and_outbox
from support.papers import AT

STATEMENTS = (
    "INSERT INTO papers (key, arxiv_id, title) VALUES (2026062400000, '2606.01001', 'Tides')",
    "INSERT INTO statements (paper, origin, said) VALUES (2026062400000, 'hub', '{\"title\": \"Tides\"}')",
    "INSERT INTO destinations (id, kind, target_id, guild_id) VALUES (1, 'channel', 11, 900)",
    (
        "INSERT INTO subscriptions (destination, guild_id, query, created_by, created_at, start_key)"
        " VALUES (1, 900, '', 7, '2026-06-24T12:00:00.000000+00:00', 0)"
    ),
    (
        "INSERT INTO outbox (number, id, destination, payload, state, message_id, shown, planned_at, due_at)"
        " VALUES (1, 'a', 1, '{}', 'sent', 42, 'x', '2026-06-24', '2026-06-24')"
    ),
    "INSERT INTO deliveries (destination, paper, outbox, subscription) VALUES (1, 2026062400000, 1, 1)",
)


def first_version(path: Path) -> None:

    old = Migrations("paperboy")
    old()(m001_archive_and_outbox)
    with closing(sqlite3.connect(path)) as connection:
        db = Database(connection)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.apply(db)
        for statement in STATEMENTS:
            db.execute(statement)
        connection.commit()


async def test_everything_that_was_kept_is_still_there(tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    first_version(path)
    async with open_stores(path) as stores:
        [subscription] = await stores.subscriptions.all()
        assert (subscription.language, subscription.destination.kind) == (None, DestinationKind.CHANNEL)
        paper = await stores.papers.get("2606.01001")
        assert paper is not None
        assert (paper.title, paper.corrections) == ("Tides", {})
        assert await stores.outbox.changed() == []
        [waiting] = await stores.enrichments.waiting("arxiv", since=paper.day, now=AT, limit=9)
        assert waiting.arxiv_id == paper.arxiv_id
    async with open_stores(path) as stores:
        assert (await stores.outbox.counts()).sent == 1
