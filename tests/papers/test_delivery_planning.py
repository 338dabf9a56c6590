"""Who gets which paper, on the real store."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from papers.delivery import Gathered, Gatherer
from papers.models import (
    DAY_SPAN,
    LOOK_BACK,
    Announcement,
    Batch,
    NewMessage,
    NewSubscription,
    Origin,
    OutboxCounts,
    Statement,
    Subscription,
    first_key,
)
from storage import Stores, open_stores
from support.clock import SetClock
from support.deliveries import OTHER, PlainComposer, plan_all, planner
from support.papers import AT, DAY, EDITION, announced, answered, classified, over_at
from support.subscriptions import CHANNEL, wanted

TIDES, ROBOTS, SCRIPTS = (said.statements[0].title for said in EDITION.announcements)


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Stores]:
    async with open_stores(path / "papers.db") as stores:
        yield stores


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[Stores]:
    async with opened(tmp_path) as stores:
        await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
        yield stores


@pytest.fixture
def clock() -> SetClock:
    return SetClock(AT)


async def planned(stores: Stores) -> list[tuple[int, object]]:
    """Target and title of every message that waits, in order."""
    messages = await stores.outbox.claim("reader", now=AT + LOOK_BACK, until=AT + 2 * LOOK_BACK)
    return [(message.destination.target_id, message.payload["content"]) for message in messages]


async def subscribe(stores: Stores, *wishes: NewSubscription) -> list[Subscription]:
    return [(await stores.subscriptions.add(wish))[0] for wish in wishes]


async def test_each_subscription_gets_what_matches(stores: Stores, clock: SetClock) -> None:
    await subscribe(stores, wanted("tag:Robotics"), wanted("author:marsh", OTHER), wanted("-tag:=Robotics"))
    assert await plan_all(stores, clock) == 5
    assert sorted(await planned(stores), key=str) == [
        (CHANNEL.target_id, ROBOTS),
        (CHANNEL.target_id, TIDES),
        (CHANNEL.target_id, SCRIPTS),
        (OTHER.target_id, TIDES),
        (OTHER.target_id, SCRIPTS),
    ]


async def test_two_subscriptions_of_a_channel_post_a_paper_once(stores: Stores, clock: SetClock) -> None:
    await subscribe(stores, wanted("flow"), wanted("tides"), wanted("author:marsh"))
    assert await plan_all(stores, clock) == 2
    assert await planned(stores) == [(CHANNEL.target_id, TIDES), (CHANNEL.target_id, SCRIPTS)]


async def test_planning_again_plans_nothing(stores: Stores, clock: SetClock) -> None:
    [kept] = await subscribe(stores, wanted(""))
    assert [await plan_all(stores, clock) for _ in range(2)] == [3, 0]
    await stores.subscriptions.start_from(kept.id, first_key(DAY))
    assert len(await stores.outbox.unplanned()) == 3
    assert await plan_all(stores, clock) == 0
    assert await stores.outbox.unplanned() == []


async def test_it_tells_how_many_messages_came_of_it(stores: Stores, clock: SetClock) -> None:
    told: list[Gathered] = []
    await subscribe(stores, wanted("tag:Robotics"), wanted("", OTHER))
    await planner(stores, clock).plan()
    gatherer = Gatherer(outbox=stores.outbox, composer=PlainComposer(), clock=clock, tell=told.append)
    new = [await gatherer.gather() for _ in range(2)]
    assert (new, told) == ([4, 0], [Gathered(messages=4)])


async def test_papers_before_the_start_are_not_due(stores: Stores, clock: SetClock) -> None:
    newest = await stores.papers.newest_key()
    assert newest is not None
    await subscribe(stores, wanted("", start_key=newest), wanted("", OTHER, start_key=newest + 1))
    assert await plan_all(stores, clock) == 1
    assert await planned(stores) == [(CHANNEL.target_id, SCRIPTS)]


async def test_the_start_of_one_does_not_bind_another(stores: Stores, clock: SetClock) -> None:
    await subscribe(stores, wanted("", start_key=first_key(DAY) + DAY_SPAN), wanted("flow"))
    assert await plan_all(stores, clock) == 1


@pytest.mark.parametrize(("days", "messages"), [(7, 3), (8, 0)])
async def test_papers_older_than_a_week_are_passed_over(
    stores: Stores, clock: SetClock, days: int, messages: int
) -> None:
    await subscribe(stores, wanted(""))
    clock.at = over_at(DAY) - timedelta(seconds=1) + timedelta(days=days)
    assert await plan_all(stores, clock) == messages
    assert await stores.outbox.unplanned() == []
    clock.at = AT
    assert await plan_all(stores, clock) == 0


async def test_a_query_that_cannot_be_read_costs_only_its_own(
    stores: Stores, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    [broken, _] = await subscribe(stores, wanted("tag:Alchemy"), wanted("", OTHER))
    with caplog.at_level(logging.ERROR):
        assert await plan_all(stores, clock) == 3
    assert {target for target, _ in await planned(stores)} == {OTHER.target_id}
    assert f"subscription {broken.id} cannot be read" in caplog.text
    assert "Alchemy" in caplog.text


class Unsubscribing(PlainComposer):
    """Somebody subscribes something else and takes a subscription back while its messages are composed."""

    def __init__(self, path: Path, subscription: Subscription) -> None:
        self._path = path
        self._subscription = subscription

    def compose(self, batch: Batch) -> Sequence[NewMessage]:
        asyncio.run(self._unsubscribe())
        return super().compose(batch)

    async def _unsubscribe(self) -> None:
        async with opened(self._path) as stores:
            await stores.subscriptions.remove(self._subscription.id)


async def test_a_subscription_that_is_removed_in_between_leaves_its_papers_to_the_next(
    stores: Stores, clock: SetClock, tmp_path: Path
) -> None:
    [gone, stays] = await subscribe(stores, wanted(""), wanted("flow"))
    composer = Unsubscribing(tmp_path, gone)
    await planner(stores, clock).plan()
    assert await Gatherer(outbox=stores.outbox, composer=composer, clock=clock).gather() == 0
    assert await plan_all(stores, clock) == 1
    assert await planned(stores) == [(CHANNEL.target_id, TIDES)]
    assert await stores.subscriptions.all() == [stays]
    assert await stores.outbox.unplanned() == []


async def test_an_archive_of_many_papers_is_planned_in_order(tmp_path: Path, clock: SetClock) -> None:
    many = [announced(f"2606.{number:05}", f"Paper {number}") for number in range(1, 1_002)]
    async with opened(tmp_path) as stores:
        await subscribe(stores, wanted(""))
        await stores.papers.keep(answered(*many), over_at=over_at(DAY), at=AT)
        assert await plan_all(stores, clock) == len(many)
        assert await stores.outbox.counts() == OutboxCounts(due=len(many))
        first = await stores.outbox.claim("reader", now=AT, until=AT + LOOK_BACK, limit=len(many))
    assert [message.payload["content"] for message in first] == [f"Paper {n}" for n in range(1, 1_002)]


async def test_a_paper_that_is_classified_better_later_goes_to_who_wants_that_and_to_nobody_twice(
    stores: Stores, clock: SetClock
) -> None:
    await subscribe(stores, wanted("tag:Robotics"), wanted("author:marsh", OTHER))
    assert await plan_all(stores, clock) == 3
    read = Statement(origin=Origin.LANGUAGE_MODEL, maker="m", classifications=classified("Robotics"))
    told = Announcement(arxiv_id=EDITION.announcements[0].arxiv_id, statements=(read,))
    await stores.enrichments.keep("model", [], [told], at=AT)
    assert await plan_all(stores, clock) == 1
    assert [title for target, title in await planned(stores) if target == CHANNEL.target_id] == [
        ROBOTS,
        TIDES,
    ]
