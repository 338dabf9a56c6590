from datetime import timedelta

from papers.models import DayProgress, Destination, DestinationKind, Subscription, first_key
from storage import Stores
from support.papers import AT, DAY, announced, answered, over_at
from support.subscriptions import CHANNEL, GUILD, as_seen, delivery, wanted
from support.subscriptions import plan as plan_all

NEXT = DAY + timedelta(days=1)
ELSEWHERE = Destination(kind=DestinationKind.CHANNEL, target_id=50, guild_id=GUILD + 1)
PERSON = Destination(kind=DestinationKind.DIRECT, target_id=GUILD)
"""A person whose id is that of a server, so that the two cannot be mixed up unseen."""

SINCE = first_key(DAY)


async def two_days(stores: Stores) -> tuple[list[int], list[int]]:
    """Three papers first announced on `DAY`, and one on the next, which has one of the three again."""
    first = [announced(f"2606.0000{number}") for number in (1, 2, 3)]
    for day, announcements in ((DAY, first), (NEXT, [first[0], announced("2606.00009")])):
        await stores.papers.keep(answered(*announcements, day=day), over_at=over_at(day), at=AT)
    keys = [paper.key for paper in await stores.outbox.unplanned()]
    return keys[:3], keys[3:]


async def subscribe(stores: Stores, place: Destination) -> Subscription:
    kept, _ = await stores.subscriptions.add(wanted("", place))
    return kept


async def plan(stores: Stores, subscription: Subscription, keys: list[int]) -> None:
    deliveries = [delivery(subscription, key) for key in keys]
    await plan_all(stores, deliveries, planned=keys, seen=await as_seen(stores))


async def end(stores: Stores, *reasons: str | None) -> None:
    """Claims as many messages, and posts those without a reason to fail."""
    messages = await stores.outbox.claim("me", now=AT, until=AT + timedelta(minutes=3), limit=len(reasons))
    for message, reason in zip(messages, reasons, strict=True):
        if reason is None:
            await stores.outbox.confirm(message.id, message_id=1, shown="x", at=AT)
        else:
            await stores.outbox.fail(message.id, "me", reason=reason, at=AT)


async def test_an_empty_archive_has_no_days(stores: Stores) -> None:
    assert await stores.outbox.progress(0) == []


async def test_a_paper_counts_on_the_day_it_was_first_announced(stores: Stores) -> None:
    await two_days(stores)
    assert await stores.outbox.progress(SINCE) == [
        DayProgress(day=DAY, papers=3, unplanned=3),
        DayProgress(day=NEXT, papers=1, unplanned=1),
    ]


async def test_what_was_announced_before_is_left_out(stores: Stores) -> None:
    first, second = await two_days(stores)
    await plan(stores, await subscribe(stores, CHANNEL), [*first, *second])
    assert await stores.outbox.progress(first_key(NEXT)) == [DayProgress(day=NEXT, papers=1, due=1)]


async def test_every_state_is_counted(stores: Stores) -> None:
    first, second = await two_days(stores)
    subscription = await subscribe(stores, CHANNEL)
    await plan(stores, subscription, first)
    await end(stores, None, "no permission")
    await stores.outbox.claim("me", now=AT, until=AT + timedelta(minutes=3))
    await plan(stores, subscription, second)
    one, two = await stores.outbox.progress(SINCE)
    assert one == DayProgress(day=DAY, papers=3, sending=1, sent=1, failed=1, reason="no permission")
    assert two == DayProgress(day=NEXT, papers=1, due=1)
    assert (one.wanted, one.pending) == (3, 1)


async def test_the_commonest_reason_to_fail_is_told(stores: Stores) -> None:
    first, _ = await two_days(stores)
    await plan(stores, await subscribe(stores, CHANNEL), first)
    await end(stores, "a rare one", "the common one", "the common one")
    [one, _] = await stores.outbox.progress(SINCE)
    assert (one.failed, one.reason) == (3, "the common one")


async def test_a_server_and_a_person_see_their_own_deliveries(stores: Stores) -> None:
    first, _ = await two_days(stores)
    for place, keys in ((CHANNEL, first), (ELSEWHERE, first[:2]), (PERSON, first[:1])):
        await plan(stores, await subscribe(stores, place), keys)
    wanted_by = {
        "all": await stores.outbox.progress(SINCE),
        "server": await stores.outbox.progress(SINCE, guild_id=GUILD),
        "another": await stores.outbox.progress(SINCE, guild_id=GUILD + 1),
        "person": await stores.outbox.progress(SINCE, user_id=GUILD),
        "nobody": await stores.outbox.progress(SINCE, user_id=11),
    }
    assert {whose: days[0].wanted for whose, days in wanted_by.items()} == {
        "all": 6,
        "server": 3,
        "another": 2,
        "person": 1,
        "nobody": 0,
    }
    assert {days[0].papers for days in wanted_by.values()} == {3}
