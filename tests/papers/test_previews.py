"""What a subscription would have brought, against a real archive."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from papers.previews import DAYS, PreviewService
from papers.query import parse
from storage import Stores, open_stores
from support.clock import SetClock
from support.corrections import correct
from support.papers import announced, answered, classified, over_at

NOW = datetime(2026, 7, 18, 12, tzinfo=UTC)
TODAY = NOW.date()
FIRST = TODAY - timedelta(days=DAYS - 1)


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[Stores]:
    async with open_stores(tmp_path / "papers.db") as opened:
        yield opened


@pytest.fixture
def previews(stores: Stores) -> PreviewService:
    return PreviewService(papers=stores.papers, clock=SetClock(NOW))


async def keep(stores: Stores, day: date, *titles: str) -> None:
    """Keeps papers of a day, each with an id of its own."""
    papers = [announced(f"2607.{day:%m%d}{number}", title) for number, title in enumerate(titles)]
    await stores.papers.keep(answered(*papers, day=day), over_at=over_at(day), at=NOW)


async def test_papers_of_the_last_days_are_counted_and_older_ones_are_not(
    stores: Stores, previews: PreviewService
) -> None:
    await keep(stores, FIRST - timedelta(days=1), "Kites of long ago")
    await keep(stores, FIRST, "Kites at last", "Tides")
    await keep(stores, TODAY, "Kites today", "Kites and tides", "Sand")
    shown = await previews.preview(parse("kites"))
    assert (shown.matching, shown.total, shown.capped, shown.days) == (3, 5, False, DAYS)
    assert [paper.title for paper in shown.newest] == ["Kites and tides", "Kites today", "Kites at last"]


async def test_only_the_newest_three_are_named(stores: Stores, previews: PreviewService) -> None:
    await keep(stores, TODAY, *(f"Kite {number}" for number in range(5)))
    shown = await previews.preview(parse(""))
    assert (shown.matching, shown.total) == (5, 5)
    assert [paper.title for paper in shown.newest] == ["Kite 4", "Kite 3", "Kite 2"]


async def test_an_empty_archive_has_nothing_to_show(previews: PreviewService) -> None:
    shown = await previews.preview(parse("kites"))
    assert (shown.matching, shown.total, shown.newest) == (0, 0, ())


async def test_a_server_sees_what_was_corrected_there(stores: Stores, previews: PreviewService) -> None:
    kite = announced("2607.00001", "Kites", classifications=classified("Audio"))
    await stores.papers.keep(answered(kite, day=TODAY), over_at=over_at(TODAY), at=NOW)
    await correct(stores, "2607.00001", "Robotics", guild=900)
    assert (await previews.preview(parse("tag:Robotics"), guild_id=900)).matching == 1
    assert (await previews.preview(parse("tag:Robotics"), guild_id=901)).matching == 0
    assert (await previews.preview(parse("tag:Robotics"))).matching == 0
