"""A database whose index had fewer words, opened by this version."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from papers.models import Link, LinkKind, first_key
from papers.ports import SearchRequest
from papers.query import parse
from storage import Stores, indexing, open_stores
from storage.schema import APPLICATION_ID
from storage.schema.m001_archive_and_outbox import m001_archive_and_outbox
from storage.schema.m002_reading import m002_reading
from support.papers import DAY
from support.stores import dump

PAPERS = 7
GUILD = 900


def as_it_was(path: Path) -> None:
    """A database before this version, with papers in it, numbered from 0; every one has the code of its number."""
    old = Migrations("paperboy")
    for migration in (m001_archive_and_outbox, m002_reading):
        old()(migration)
    with closing(sqlite3.connect(path)) as connection:
        db = Database(connection)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.apply(db)
        for number in range(PAPERS):
            put(db, number)
        connection.commit()


def put(db: Database, number: int) -> None:
    key, arxiv_id = first_key(DAY) + number, f"2606.{number:05}"
    said = {
        "title": f"Tides {number}",
        "links": [Link(kind=LinkKind.CODE, url=f"https://example.org/{number}").model_dump(mode="json")],
        "upvotes": number * 10,
        "classifications": [{"name": "Robotics"}],
    }
    db.execute("INSERT INTO papers (key, arxiv_id, title) VALUES (?, ?, ?)", [key, arxiv_id, said["title"]])
    db.execute(
        "INSERT INTO statements (paper, origin, said) VALUES (?, 'hub', ?)",
        [key, json.dumps(said)],
    )
    db.execute(
        "INSERT INTO statements (paper, origin, said) VALUES (?, 'person', ?)",
        [key, json.dumps({"classifications": [{"name": "Robotics"}]})],
    )
    db.execute(
        "INSERT INTO edition_papers (day, source, paper, position) VALUES (?, 'huggingface', ?, ?)",
        [str(DAY), key, number],
    )
    db.execute(
        "INSERT INTO corrections (guild_id, paper, person, classifications, replaced, at)"
        " VALUES (?, ?, 1, '[\"Audio\"]', '[]', '2026-06-24')",
        [GUILD, key],
    )
    db.execute(
        "INSERT INTO search (rowid, title, bullets, abstract, authors, tags) VALUES (?, ?, '', '', '', ?)",
        [key, f"tides {number}", f"· robotics ·{GUILD} ·{GUILD}·audio"],
    )


async def found(stores: Stores, query: str, guild: int | None = None) -> str:
    papers = (await stores.papers.search(SearchRequest(query=parse(query), guild_id=guild))).papers
    return "".join(sorted(paper.arxiv_id[-1] for paper in papers))


@pytest.mark.parametrize("batch", [3, 500])
async def test_papers_of_before_are_found_by_every_term(
    tmp_path: Path, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_BATCH", batch)
    as_it_was(tmp_path / "papers.db")
    async with open_stores(tmp_path / "papers.db") as stores:
        assert await found(stores, "upvotes:>=20 tides") == "23456"
        assert await found(stores, "has:code -upvotes:>10") == "01"
        assert await found(stores, "source:huggingface -source:arxiv") == "0123456"
        assert await found(stores, "has:model OR date:2025") == ""
        assert await found(stores, f"date:{DAY} OR nothing") == "0123456"
        assert await found(stores, "tag:Robotics") == await found(stores, "tag:Audio", GUILD) == "0123456"
        assert await found(stores, "tag:Robotics", GUILD) == ""


async def test_it_is_indexed_once(tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    as_it_was(path)
    async with open_stores(path):
        pass
    after = dump(path)
    async with open_stores(path) as stores:
        assert await found(stores, "tides") == "0123456"
    assert dump(path) == after
