from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from papers.models import (
    Destination,
    DestinationKind,
    OutboxCounts,
    OutboxMessage,
    PaperKey,
    Subscription,
)
from storage import Stores
from support.papers import AT, DAY, EDITION, over_at
from support.subscriptions import CHANNEL, as_seen, delivery, wanted
from support.subscriptions import message as carrying
from support.subscriptions import plan as plan_all

MINUTE = timedelta(minutes=1)
LEASE = 3 * MINUTE
SECOND = Destination(kind=DestinationKind.CHANNEL, target_id=12, guild_id=900)
PERSON = Destination(kind=DestinationKind.DIRECT, target_id=77)


async def three_planned(stores: Stores, *places: Destination) -> list[list[str]]:
    """Three papers planned for each place; the ids of the messages by place."""
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    keys = [paper.key for paper in await stores.outbox.unplanned()]
    planned: list[list[str]] = []
    for place in places:
        kept, _ = await stores.subscriptions.add(wanted("", place))
        planned.append(await plan(stores, kept, keys))
    return planned


async def plan(stores: Stores, subscription: Subscription, keys: Sequence[PaperKey]) -> list[str]:
    deliveries = [delivery(subscription, key) for key in keys]
    await plan_all(stores, deliveries, planned=keys, seen=await as_seen(stores))
    return [carrying(one).id for one in deliveries]


async def claim(stores: Stores, now: datetime = AT, owner: str = "a", limit: int = 50) -> list[OutboxMessage]:
    return await stores.outbox.claim(owner, now=now, until=now + LEASE, limit=limit)


def ids(messages: Sequence[OutboxMessage]) -> list[str]:
    return [message.id for message in messages]


async def test_planning_takes_the_mark_off(stores: Stores) -> None:
    await three_planned(stores, CHANNEL)
    assert await stores.outbox.unplanned() == []
    assert await stores.outbox.counts() == OutboxCounts(due=3)


async def test_a_paper_is_planned_once_for_a_destination(stores: Stores) -> None:
    await three_planned(stores, CHANNEL)
    key = await stores.papers.newest_key()
    assert key is not None
    second, _ = await stores.subscriptions.add(wanted("flow"))
    elsewhere, _ = await stores.subscriptions.add(wanted("flow", SECOND))
    assert await plan_all(stores, [delivery(second, key)]) == 0
    assert await plan_all(stores, [delivery(elsewhere, key)] * 2) == 1


async def test_a_subscription_that_is_gone_leaves_its_papers_to_others(stores: Stores) -> None:
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    keys = [paper.key for paper in await stores.outbox.unplanned()]
    stays, _ = await stores.subscriptions.add(wanted("flow"))
    gone, _ = await stores.subscriptions.add(wanted(""))
    await stores.subscriptions.remove(gone.id)
    deliveries = [delivery(stays, keys[0]), delivery(gone, keys[1])]
    assert await plan_all(stores, deliveries, planned=keys, seen=await as_seen(stores)) == 1
    assert [paper.key for paper in await stores.outbox.unplanned()] == [keys[1]]


async def test_a_message_comes_as_it_was_planned(stores: Stores) -> None:
    await three_planned(stores, PERSON)
    key = (await stores.papers.edition(DAY))[0].key
    subscription = (await stores.subscriptions.of_person(77))[0]
    message = (await claim(stores))[0]
    assert message == OutboxMessage(
        id=carrying(delivery(subscription, key)).id,
        destination=PERSON,
        payload=carrying(delivery(subscription, key)).payload,
        attempts=1,
        uncertain=False,
        first_claimed_at=AT,
        planned_at=AT,
    )


async def test_each_message_is_claimed_by_one(stores: Stores) -> None:
    [first, second] = await three_planned(stores, CHANNEL, SECOND)
    assert ids(await claim(stores, limit=4)) == [*first, second[0]]
    assert await claim(stores, owner="b") == []
    assert await stores.outbox.counts() == OutboxCounts(due=2, sending=4)


async def test_a_claim_is_on_the_disk_before_anything_is_sent(stores: Stores) -> None:
    await three_planned(stores, CHANNEL)
    seen: list[str] = []
    await stores.database.write(lambda db: db.conn.set_trace_callback(seen.append))
    seen.clear()
    await claim(stores)
    await stores.outbox.counts()
    assert seen[:2] == ["PRAGMA synchronous = FULL", "BEGIN IMMEDIATE"]
    assert seen[-2:] == ["COMMIT", "PRAGMA synchronous = NORMAL"]


async def test_nothing_is_claimed_before_it_is_due(stores: Stores) -> None:
    await three_planned(stores, CHANNEL)
    assert await claim(stores, AT - MINUTE) == []
    assert await stores.outbox.next_due() == AT


async def test_a_lease_that_ran_out_makes_uncertain(stores: Stores) -> None:
    [planned] = await three_planned(stores, CHANNEL)
    await claim(stores)
    assert await stores.outbox.next_due() == AT + LEASE
    assert await claim(stores, AT + LEASE - MINUTE, "b") == []
    again = await claim(stores, AT + LEASE, "b")
    assert ids(again) == planned
    assert {(one.uncertain, one.attempts, one.first_claimed_at) for one in again} == {(True, 2, AT)}


async def test_a_confirmed_message_is_never_claimed_again(stores: Stores) -> None:
    [planned] = await three_planned(stores, CHANNEL)
    for message in await claim(stores):
        await stores.outbox.confirm(message.id, message_id=5, shown="x", at=AT)
    assert await claim(stores, AT + 99 * LEASE) == []
    assert await stores.outbox.counts() == OutboxCounts(sent=len(planned))
    assert await stores.outbox.next_due() is None


async def test_a_sent_message_stays_sent(stores: Stores) -> None:
    [[message, *_]] = await three_planned(stores, CHANNEL)
    await claim(stores, limit=1)
    await stores.outbox.confirm(message, message_id=5, shown="x", at=AT)
    await stores.outbox.fail(message, "a", reason="too late", at=AT)
    await stores.outbox.postpone(message, "a", until=AT, uncertain=True)
    await stores.outbox.confirm(message, message_id=6, shown="y", at=AT)
    assert await stores.outbox.counts() == OutboxCounts(due=2, sent=1)
    kept = await stores.database.read(
        lambda db: db.execute("SELECT message_id, shown FROM outbox WHERE id = ?", [message]).fetchone()
    )
    assert kept == (5, "x")


async def test_a_failed_message_lets_the_next_ones_go(stores: Stores) -> None:
    [planned] = await three_planned(stores, CHANNEL)
    await claim(stores, limit=1)
    await stores.outbox.fail(planned[0], "a", reason="no permission", at=AT)
    assert ids(await claim(stores)) == planned[1:]
    assert await stores.outbox.counts() == OutboxCounts(sending=2, failed=1)


@pytest.mark.parametrize("uncertain", [True, False])
async def test_postponing_holds_the_channel_back(stores: Stores, *, uncertain: bool) -> None:
    [planned, others] = await three_planned(stores, CHANNEL, SECOND)
    await claim(stores, limit=1)
    await stores.outbox.postpone(planned[0], "a", until=AT + 5 * MINUTE, uncertain=uncertain)
    assert ids(await claim(stores)) == others
    for message in others:
        await stores.outbox.confirm(message, message_id=1, shown="x", at=AT)
    assert await stores.outbox.next_due() == AT + 5 * MINUTE
    assert await claim(stores, AT + 4 * MINUTE) == []
    later = await claim(stores, AT + 5 * MINUTE)
    assert ids(later) == planned
    assert [(one.uncertain, one.attempts) for one in later] == [(uncertain, 2), (False, 1), (False, 1)]
    assert later[0].first_claimed_at == (AT if uncertain else AT + 5 * MINUTE)


async def test_a_certain_miss_clears_an_earlier_doubt(stores: Stores) -> None:
    [[message, *_]] = await three_planned(stores, CHANNEL)
    await claim(stores, limit=1)
    [doubtful] = await claim(stores, AT + LEASE, limit=1)
    assert doubtful.uncertain
    await stores.outbox.postpone(message, "a", until=AT + 2 * LEASE, uncertain=False)
    [sure] = await claim(stores, AT + 2 * LEASE, limit=1)
    assert (sure.id, sure.uncertain, sure.attempts) == (message, False, 3)


async def test_doubt_outlives_further_doubt(stores: Stores) -> None:
    [[message, *_]] = await three_planned(stores, CHANNEL)
    await claim(stores, limit=1)
    for attempt in range(2, 5):
        await stores.outbox.postpone(message, "a", until=AT, uncertain=True)
        [again] = await claim(stores, limit=1)
        assert (again.uncertain, again.attempts, again.first_claimed_at) == (True, attempt, AT)


async def test_a_paper_stays_unplanned_where_a_subscription_began_earlier_since_the_planner_looked(
    stores: Stores,
) -> None:
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    keys = [paper.key for paper in await stores.outbox.unplanned()]
    kept, _ = await stores.subscriptions.add(wanted("", start_key=keys[-1] + 1))
    seen = await as_seen(stores)
    await stores.subscriptions.start_from(kept.id, keys[1])
    await stores.outbox.plan([], planned=keys, seen=seen, at=AT)
    assert [paper.key for paper in await stores.outbox.unplanned()] == keys[1:]
    await stores.outbox.plan([], planned=keys, seen=await as_seen(stores), at=AT)
    assert await stores.outbox.unplanned() == []
