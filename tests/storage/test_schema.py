"""The file as a person finds it, in Datasette say, and how SQLite walks it."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings

from papers.models import Answer
from papers.ports import SearchRequest
from papers.query import Query
from papers.sources.digests import find_files, read_file
from storage import Stores, open_stores
from storage.claiming import CLAIMABLE, NEXT_DUE
from storage.searching import NEWEST_FIRST
from support.papers import AT, DAY, EDITION, histories, over_at
from support.stores import with_fresh
from support.subscriptions import delivery, wanted
from support.subscriptions import plan as plan_all


def rows(path: Path, statement: str) -> list[dict[str, object]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(statement)]


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A database with a day's papers."""
    path = tmp_path / "papers.db"
    async with open_stores(path) as stores:
        await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    return path


def test_papers_are_shown_in_one_view(path: Path) -> None:
    paper = rows(path, "SELECT * FROM paper_overview ORDER BY key")[0]
    assert paper == {
        "key": 2026062400000,
        "day": "2026-06-24",
        "arxiv_id": "2606.01001",
        "title": "Tides: Flow Matching for Coastal Forecasts",
        "authors": "Ada Marsh, José Olmedo-Núñez, 王小明",
        "classifications": "Time Series Forecasting, Computer Vision",
        "bullets": "Forecasts tides with flow matching.\nHalves the error on one GPU.",
        "links": "https://github.com/marsh/tides",
        "published": None,
        "url": "https://arxiv.org/abs/2606.01001",
    }


async def test_deliveries_are_shown_in_one_view(path: Path) -> None:
    async with open_stores(path) as stores:
        kept, _ = await stores.subscriptions.add(wanted(""))
        await plan_all(stores, [delivery(kept, 2026062400000)])
        [message] = await stores.outbox.claim("a", now=AT, until=AT)
        await stores.outbox.confirm(message.id, message_id=42, shown="x", at=AT)
    [row] = rows(path, "SELECT * FROM delivery_overview")
    assert (row["arxiv_id"], row["state"], row["message_id"], row["target_id"], row["guild_id"]) == (
        "2606.01001",
        "sent",
        42,
        11,
        900,
    )
    assert row["planned_at"] == row["ended_at"] == "2026-06-25T03:00:00.000000+00:00"


@given(answers=histories())
@settings(max_examples=25, deadline=None)
def test_tables_stay_in_step_with_what_is_said(answers: Sequence[Answer]) -> None:
    async def check(stores: Stores) -> None:
        for answer in answers:
            await stores.papers.keep(answer, over_at=over_at(answer.day), at=AT)
        found = await stores.papers.search(SearchRequest(query=Query(), limit=100))
        shown = rows(stores.database.path, "SELECT * FROM paper_overview ORDER BY key DESC")
        for paper, row in zip(found.papers, shown, strict=True):
            assert (row["title"], row["day"]) == (paper.title, str(paper.day))
            assert (row["authors"] or "") == ", ".join(paper.authors)
            names = [item.name for item in paper.classifications]
            assert (row["classifications"] or "") == ", ".join(names)
            assert row["published"] == (paper.published and str(paper.published))

    with_fresh(open_stores, check)


def test_every_table_is_strict_and_every_text_readable(path: Path) -> None:
    tables = rows(
        path,
        "SELECT name FROM pragma_table_list"
        " WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT GLOB 'sqlite_*'",
    )
    assert [table["name"] for table in tables] == ["_sqlite_migrations"]
    said = rows(path, "SELECT said FROM statements WHERE said LIKE '%扩散模型%'")
    assert len(said) == 1


def plan(path: Path, statement: str, **values: object) -> str:
    with closing(sqlite3.connect(path)) as connection:
        steps = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    return "\n".join(step[3] for step in steps)


@pytest.mark.parametrize(
    ("statement", "values"),
    [(CLAIMABLE, {"now": str(AT), "limit": 5}), (NEXT_DUE, {})],
    ids=["claim", "next"],
)
def test_what_waits_is_found_without_reading_what_was_sent(
    path: Path, statement: str, values: dict[str, object]
) -> None:
    steps = plan(path, statement, **values)
    assert "SCAN outbox" not in steps
    assert "USING INDEX outbox" in steps


def test_the_newest_are_found_without_sorting(path: Path) -> None:
    values = {"expression": "x", "lowest": 0, "highest": 9, "limit": 5, "offset": 0}
    assert "TEMP B-TREE" not in plan(path, NEWEST_FIRST, **values)


def test_text_costs_little_beside_itself(shared_data: Path, tmp_path: Path) -> None:
    """At most 2.5 kB a paper beyond the text itself, over the recorded digests."""
    path = tmp_path / "papers.db"
    answers = [answer for file in find_files([shared_data / "digests"]) for answer in read_file(file)]

    async def keep() -> None:
        async with open_stores(path) as stores:
            await stores.papers.keep_all([(answer, over_at(answer.day)) for answer in answers], at=AT)

    asyncio.run(keep())
    [sizes] = rows(
        path,
        "SELECT (SELECT count(*) FROM papers) AS papers, sum(length(CAST(said AS BLOB))) AS text FROM statements",
    )
    papers, text = sizes["papers"], sizes["text"]
    assert isinstance(papers, int)
    assert isinstance(text, int)
    assert (path.stat().st_size - text) / papers < 2_500
