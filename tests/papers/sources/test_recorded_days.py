"""All recorded days, through a real server and client into the real store: none lost."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from papers.editions import EditionService
from papers.models import EditionState, LinkKind, Origin, Part
from papers.reading.reader import LocalReader
from papers.sources.http import HttpClient
from papers.sources.huggingface import HuggingFaceDailyPapers
from storage import Stores, open_stores
from support.clock import SetClock
from support.replay import Replay

COUNTS = {
    "2024-05-27": 13,
    "2024-06-11": 14,
    "2024-06-13": 21,
    "2024-08-02": 16,
    "2024-10-14": 16,
    "2024-12-19": 18,
    "2025-01-06": 8,
    "2025-03-04": 13,
    "2025-03-10": 13,
    "2025-03-11": 26,
    "2025-03-17": 12,
    "2025-04-15": 15,
    "2025-05-22": 27,
    "2025-05-27": 35,
    "2025-06-25": 14,
    "2025-06-30": 9,
    "2025-09-30": 50,
    "2025-10-02": 25,
    "2025-10-03": 39,
    "2025-12-11": 14,
    "2026-01-15": 16,
    "2026-02-17": 18,
    "2026-03-12": 19,
    "2026-04-08": 20,
    "2026-05-12": 50,
    "2026-05-20": 33,
    "2026-06-03": 23,
    "2026-06-17": 26,
    "2026-06-24": 21,
}
LATER = datetime(2026, 7, 1, tzinfo=UTC)

Days = Mapping[date, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def recorded(shared_data: Path) -> Days:
    files = sorted((shared_data / "hf_daily_papers").glob("*.json"))
    return {date.fromisoformat(file.stem): json.loads(file.read_bytes()) for file in files}


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[Stores]:
    async with open_stores(tmp_path / "papers.db") as opened:
        yield opened


@pytest.fixture
def service(client: HttpClient, server: Replay, stores: Stores, recorded: Days) -> EditionService:
    server.days.update(recorded)
    return EditionService(
        sources=[HuggingFaceDailyPapers(client, base_url=server.url, page_size=20)],
        reader=LocalReader(),
        papers=stores.papers,
        editions=stores.editions,
        clock=SetClock(LATER),
    )


async def test_every_item_of_every_day_is_kept_with_every_value(
    service: EditionService, stores: Stores, recorded: Days
) -> None:
    assert {str(day): len(items) for day, items in recorded.items()} == COUNTS
    reports = await service.fetch(recorded)
    assert {str(report.edition.day): report.edition.papers for report in reports} == COUNTS
    assert sum(report.new for report in reports) == sum(COUNTS.values()) == 624
    assert {report.state for report in reports} == {EditionState.CLOSED}
    assert [report.problems for report in reports] == [()] * 29
    for day, items in recorded.items():
        kept = await stores.papers.edition(day)
        assert [paper.arxiv_id for paper in kept] == [item["paper"]["id"] for item in items]
        assert {paper.day for paper in kept} == {day}
    for item in chain.from_iterable(recorded.values()):
        told = item["paper"]
        paper = await stores.papers.get(told["id"])
        assert paper is not None
        assert paper.title == " ".join(told["title"].split())
        assert paper.abstract == " ".join(told["summary"].split())
        assert list(paper.authors) == [" ".join(author["name"].split()) for author in told["authors"]]
        assert paper.upvotes == told["upvotes"]
        assert paper.stars == told.get("githubStars")
        assert paper.published == date.fromisoformat(told["publishedAt"][:10])
        assert (paper.origins.get(Part.LEAD) is Origin.HUB) is ("ai_summary" in told)
        assert ("githubRepo" in told) <= (LinkKind.CODE in {link.kind for link in paper.links})


async def test_the_same_days_again_bring_nothing_new(
    service: EditionService, server: Replay, recorded: Days
) -> None:
    days = [*recorded][::5]
    first = await service.fetch(days)
    asked = len(server.seen)
    again = await service.fetch(days)
    assert [report.new for report in again] == [0] * len(days)
    assert [report.edition for report in again] == [report.edition for report in first]
    assert len(server.seen) == 2 * asked
    conditional = [seen for seen in server.seen[asked:] if "If-None-Match" in seen.headers]
    assert len(conditional) == asked
