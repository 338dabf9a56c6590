import pytest

from papers.models import (
    Destination,
    DestinationKind,
    NewDelivery,
    NewSubscription,
    OutboxCounts,
    PaperKey,
    Subscription,
)
from storage import Stores
from support.papers import AT, DAY, EDITION, over_at
from support.subscriptions import CHANNEL, GUILD, as_seen, delivery, wanted
from support.subscriptions import plan as plan_all

PERSON = Destination(kind=DestinationKind.DIRECT, target_id=77)
OTHER = Destination(kind=DestinationKind.CHANNEL, target_id=12, guild_id=901)


@pytest.fixture
async def keys(stores: Stores) -> list[PaperKey]:
    """Three papers, all planned."""
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    planned = [paper.key for paper in await stores.outbox.unplanned()]
    await stores.outbox.plan([], planned=planned, seen=await as_seen(stores), at=AT)
    return planned


async def unplanned(stores: Stores) -> list[PaperKey]:
    return [paper.key for paper in await stores.outbox.unplanned()]


async def plan(stores: Stores, *deliveries: NewDelivery) -> int:
    return await plan_all(stores, deliveries)


async def test_the_same_query_for_the_same_destination_is_kept_once(stores: Stores) -> None:
    first, is_new = await stores.subscriptions.add(wanted("tag:Multimodal"))
    assert is_new
    again = wanted("tag:Multimodal", start_key=5, created_by=8)
    assert await stores.subscriptions.add(again) == (first, False)
    _, other_query = await stores.subscriptions.add(wanted(""))
    _, other_place = await stores.subscriptions.add(wanted("tag:Multimodal", OTHER))
    assert (other_query, other_place) == (True, True)


async def test_gives_back_what_was_asked_for(stores: Stores) -> None:
    new = wanted('author:"Ada Marsh"')
    kept, _ = await stores.subscriptions.add(new)
    assert NewSubscription(**kept.model_dump(include=set(NewSubscription.model_fields))) == new
    assert await stores.subscriptions.get(kept.id) == kept
    assert await stores.subscriptions.get(kept.id + 1) is None


async def test_lists_by_server_and_by_person(stores: Stores) -> None:
    kept: list[Subscription] = []
    for place in (CHANNEL, OTHER, PERSON, CHANNEL):
        subscription, _ = await stores.subscriptions.add(wanted(f"n{len(kept)}", place))
        kept.append(subscription)
    assert await stores.subscriptions.of_guild(GUILD) == [kept[0], kept[3]]
    assert await stores.subscriptions.of_person(77) == [kept[2]]
    assert await stores.subscriptions.of_person(CHANNEL.target_id) == []
    assert await stores.subscriptions.all() == kept


async def test_removing_takes_back_what_nobody_began_to_send(stores: Stores, keys: list[PaperKey]) -> None:
    kept, _ = await stores.subscriptions.add(wanted(""))
    await plan(stores, *(delivery(kept, key) for key in keys))
    [sending] = await stores.outbox.claim("a", now=AT, until=over_at(DAY.replace(day=30)), limit=1)
    assert await stores.subscriptions.remove(kept.id)
    assert await stores.outbox.counts() == OutboxCounts(sending=1)
    assert await unplanned(stores) == keys[1:]
    await stores.outbox.confirm(sending.id, message_id=1, shown="x", at=AT)
    assert await stores.outbox.counts() == OutboxCounts(sent=1)
    assert not await stores.subscriptions.remove(kept.id)


async def test_what_was_taken_back_can_be_planned_again(stores: Stores, keys: list[PaperKey]) -> None:
    gone, _ = await stores.subscriptions.add(wanted(""))
    stays, _ = await stores.subscriptions.add(wanted("flow"))
    assert await plan(stores, delivery(gone, keys[0])) == 1
    await stores.subscriptions.remove(gone.id)
    assert await plan(stores, delivery(stays, keys[0])) == 1


async def test_what_may_have_been_posted_is_not_taken_back(stores: Stores, keys: list[PaperKey]) -> None:
    kept, _ = await stores.subscriptions.add(wanted(""))
    await plan(stores, delivery(kept, keys[0]))
    [message] = await stores.outbox.claim("a", now=AT, until=AT)
    await stores.outbox.postpone(message.id, "a", until=AT, uncertain=True)
    await stores.subscriptions.remove(kept.id)
    assert [one.id for one in await stores.outbox.claim("a", now=AT, until=AT)] == [message.id]
    assert await unplanned(stores) == []


async def test_subscribing_again_never_delivers_twice(stores: Stores, keys: list[PaperKey]) -> None:
    first, _ = await stores.subscriptions.add(wanted(""))
    await plan(stores, delivery(first, keys[0]))
    [message] = await stores.outbox.claim("a", now=AT, until=AT)
    await stores.outbox.confirm(message.id, message_id=1, shown="x", at=AT)
    await stores.subscriptions.remove(first.id)
    again, is_new = await stores.subscriptions.add(wanted(""))
    assert is_new
    assert again.id != first.id
    assert await plan(stores, delivery(again, keys[0])) == 0


async def test_starting_earlier_marks_papers_once(stores: Stores, keys: list[PaperKey]) -> None:
    kept, _ = await stores.subscriptions.add(wanted("", start_key=keys[-1] + 1))
    assert await stores.subscriptions.start_from(kept.id, keys[1]) == 2
    assert await stores.subscriptions.start_from(kept.id, keys[1]) == 0
    assert await unplanned(stores) == keys[1:]
    changed = await stores.subscriptions.get(kept.id)
    assert changed is not None
    assert changed.start_key == keys[1]
    await stores.subscriptions.start_from(kept.id, keys[2])
    assert await stores.subscriptions.get(kept.id) == changed


async def test_what_does_not_exist_starts_nothing(stores: Stores, keys: list[PaperKey]) -> None:
    assert await stores.subscriptions.start_from(5, keys[0]) == 0
    assert await unplanned(stores) == []


async def test_the_language_said_last_counts_and_the_subscription_stays_one(stores: Stores) -> None:
    first, new = await stores.subscriptions.add(wanted("flow"))
    assert (first.language, new) == (None, True)
    again, new = await stores.subscriptions.add(wanted("flow").model_copy(update={"language": "de"}))
    assert (again, new) == (first.model_copy(update={"language": "de"}), False)
    assert await stores.subscriptions.all() == [again]
