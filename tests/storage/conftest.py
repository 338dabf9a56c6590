"""One suite for every store in `support.stores.OPENINGS`."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from papers.models import PaperKey, Subscription
from storage import Stores
from support.papers import AT, DAY, EDITION, over_at
from support.stores import OPENINGS, Opening
from support.subscriptions import as_seen, delivery, wanted


@pytest.fixture(scope="session", params=list(OPENINGS))
def opening(request: pytest.FixtureRequest) -> Opening:
    """Opens stores at a path."""
    name: str = request.param
    return OPENINGS[name]


@pytest.fixture
async def stores(opening: Opening, tmp_path: Path) -> AsyncIterator[Stores]:
    """Stores on a database of their own."""
    async with opening(tmp_path / "papers.db") as opened:
        yield opened


@pytest.fixture
async def keys(stores: Stores) -> list[PaperKey]:
    """Three papers, none of them planned."""
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    return [paper.key for paper in await stores.outbox.unplanned()]


@pytest.fixture
async def kept(stores: Stores, keys: list[PaperKey]) -> Subscription:
    """A subscription for which three papers wait."""
    kept, _ = await stores.subscriptions.add(wanted(""))
    deliveries = [delivery(kept, key) for key in keys]
    await stores.outbox.plan(deliveries, planned=keys, seen=await as_seen(stores), at=AT)
    return kept
