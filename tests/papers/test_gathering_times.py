"""When what waits goes out: after a limit with nothing to send, and where a place is tried again."""

from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from papers.delivery import Courier, Delivered, Gatherer
from papers.delivery.courier import PROBE
from papers.delivery.gathering import DRIP
from papers.errors import PublishClosedError
from papers.models import Rhythm, Schedule
from storage import Stores, open_stores
from support.clock import SetClock
from support.deliveries import Board, PlainComposer, planner
from support.papers import AT, DAY, announced, answered, over_at
from support.subscriptions import CHANNEL, wanted

MONDAY = datetime.fromisoformat("2026-06-29T09:00:00+00:00")
WEEKLY = Schedule(rhythm=Rhythm.WEEKLY, at=time(9))


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[Stores]:
    async with open_stores(tmp_path / "papers.db") as stores:
        yield stores


@pytest.fixture
def clock() -> SetClock:
    return SetClock(AT)


async def arrive(stores: Stores, clock: SetClock, *names: str) -> None:
    """Papers arrive, and are planned."""
    papers = answered(*(announced(name, f"Paper {name}") for name in names))
    await stores.papers.keep(papers, over_at=over_at(DAY), at=clock.now())
    await planner(stores, clock).plan()


def gatherer(stores: Stores, clock: SetClock) -> Gatherer:
    return Gatherer(outbox=stores.outbox, composer=PlainComposer(), clock=clock)


async def test_after_an_hour_without_papers_the_next_one_goes_at_once(
    stores: Stores, clock: SetClock
) -> None:
    await stores.subscriptions.add(wanted("").model_copy(update={"most": 2}))
    await arrive(stores, clock, "2606.00001")
    assert await gatherer(stores, clock).gather() == 1
    clock.advance(DRIP)
    assert await gatherer(stores, clock).gather() == 0
    clock.advance(timedelta(minutes=1))
    await arrive(stores, clock, "2606.00002")
    assert await gatherer(stores, clock).gather() == 1


async def test_trying_a_closed_place_brings_nothing_before_its_time(stores: Stores, clock: SetClock) -> None:
    await stores.subscriptions.add(wanted("").model_copy(update={"schedule": WEEKLY}))
    await arrive(stores, clock, "2606.00001")
    await stores.outbox.close(CHANNEL, "a", unsent=[], reason="no", at=AT, probe_at=AT + PROBE)
    clock.advance(PROBE)
    assert await gatherer(stores, clock).gather() == 0
    assert await stores.outbox.ready(clock.now()) == []
    clock.at = MONDAY
    assert await gatherer(stores, clock).gather() == 1


async def test_what_was_due_in_a_closed_place_is_due_when_it_is_tried_again(
    stores: Stores, clock: SetClock
) -> None:
    await stores.subscriptions.add(wanted("").model_copy(update={"schedule": WEEKLY}))
    await arrive(stores, clock, "2606.00001")
    await gatherer(stores, clock).gather()
    clock.at = MONDAY
    assert await gatherer(stores, clock).gather() == 1
    board = Board(clock, closed={CHANNEL: PublishClosedError("no")})
    courier = Courier(
        outbox=stores.outbox, composer=PlainComposer(), publisher=board, clock=clock, owner="one"
    )
    assert (await courier.deliver()).closed == 1
    board.closed.clear()
    clock.advance(PROBE)
    assert await gatherer(stores, clock).gather() == 1
    assert await courier.deliver() == Delivered(sent=1)


async def test_more_subscriptions_than_fit_a_page_are_all_gathered(stores: Stores, clock: SetClock) -> None:
    for number in range(450):
        place = CHANNEL.model_copy(update={"target_id": 1_000 + number})
        await stores.subscriptions.add(wanted("", place))
    await arrive(stores, clock, "2606.00001")
    assert await gatherer(stores, clock).gather() == 450
