"""Subscriptions that move, end or change while their papers are planned or on their way: no paper is stuck or lost."""

from datetime import datetime, time, timedelta

import pytest

from papers.models import (
    Destination,
    DestinationKind,
    Form,
    Kind,
    NewBatch,
    NewMessage,
    PaperKey,
    Rhythm,
    Schedule,
    Subscription,
)
from storage import Stores
from support.papers import AT
from support.subscriptions import CHANNEL, as_seen, delivery, wanted

LEASE = timedelta(minutes=3)
PERSON = Destination(kind=DestinationKind.DIRECT, target_id=77)
NEXT_WEEK = datetime.fromisoformat("2026-06-29T09:00:00+00:00")


def row(name: str, *keys: PaperKey, told: tuple[PaperKey, ...] = (), after: str | None = None) -> NewMessage:
    form = Form.CARD if keys else Form.HEADLINE
    return NewMessage(
        id=name, form=form, after=after, papers=keys, summarised=told, payload={"content": name}
    )


async def send(stores: Stores, kept: Subscription, keys: list[PaperKey]) -> None:
    """A message with the papers is claimed, and being sent."""
    await stores.outbox.gather([NewBatch(subscription=kept, messages=(row("one", *keys),))], at=AT)
    assert len(await stores.outbox.claim("a", now=AT, until=AT + LEASE)) == 1


async def close(stores: Stores, *unsent: str) -> None:
    await stores.outbox.close(CHANNEL, "a", unsent=unsent, reason="no", at=AT, probe_at=AT + LEASE)


async def unplanned(stores: Stores) -> list[PaperKey]:
    return [paper.key for paper in await stores.outbox.unplanned()]


async def test_what_was_being_sent_when_its_subscription_moved_is_planned_for_the_new_place(
    stores: Stores, kept: Subscription, keys: list[PaperKey]
) -> None:
    await send(stores, kept, keys)
    await stores.subscriptions.change(kept.id, kept, destination=PERSON, next_at=None)
    await close(stores, "one")
    assert await stores.outbox.ready(AT) == []
    assert await unplanned(stores) == keys


@pytest.mark.parametrize("ending", ["remove", "pause"])
async def test_what_was_being_sent_when_its_subscription_ended_is_left_to_others(
    stores: Stores, kept: Subscription, keys: list[PaperKey], ending: str
) -> None:
    await send(stores, kept, keys)
    if ending == "remove":
        await stores.subscriptions.remove(kept.id)
    else:
        await stores.subscriptions.pause(kept.id, at=AT)
    await close(stores, "one")
    assert await unplanned(stores) == keys


async def test_a_subscription_that_moves_while_it_is_planned_is_planned_anew(
    stores: Stores, keys: list[PaperKey]
) -> None:
    kept, _ = await stores.subscriptions.add(wanted(""))
    seen = await as_seen(stores)
    await stores.subscriptions.change(kept.id, kept, destination=PERSON, next_at=None)
    deliveries = [delivery(kept, key) for key in keys]
    assert await stores.outbox.plan(deliveries, planned=keys, seen=seen, at=AT) == 0
    assert await unplanned(stores) == keys


async def test_a_headline_that_stands_tells_of_nothing_new(
    stores: Stores, kept: Subscription, keys: list[PaperKey]
) -> None:
    shown, late = keys[:2], keys[2]
    batch = NewBatch(subscription=kept, messages=(row("head"), row("card", *shown, after="head")))
    await stores.outbox.gather([batch], at=AT)
    await stores.outbox.claim("a", now=AT, until=AT + LEASE)
    await stores.outbox.confirm("head", message_id=5, shown="x", at=AT)
    await close(stores)
    [ready] = await stores.outbox.ready(AT + LEASE)
    again = (row("head", told=(late,)), row("card", *shown, after="head"))
    assert await stores.outbox.gather([NewBatch(subscription=ready.subscription, messages=again)], at=AT) == 1
    [left] = await stores.outbox.ready(AT + LEASE)
    assert [paper.key for paper in left.papers] == [late]


async def test_subscribing_again_with_another_schedule_begins_with_its_next_time(stores: Stores) -> None:
    weekly = wanted("").model_copy(update={"schedule": Schedule(rhythm=Rhythm.WEEKLY, at=time(9))})
    kept, _ = await stores.subscriptions.add(weekly)
    await stores.outbox.gather([NewBatch(subscription=kept, messages=(), next_at=NEXT_WEEK)], at=AT)
    same, _ = await stores.subscriptions.add(weekly)
    assert same.next_at == NEXT_WEEK
    soon, _ = await stores.subscriptions.add(wanted(""))
    assert (soon.id, soon.next_at) == (kept.id, None)


async def test_what_was_posted_is_published_although_its_subscription_changed(
    stores: Stores, kept: Subscription, keys: list[PaperKey]
) -> None:
    publication = NewMessage(id="pub", kind=Kind.PUBLISH, form=Form.NOTHING, after="one", payload={})
    batch = NewBatch(subscription=kept, messages=(row("one", *keys), publication))
    await stores.outbox.gather([batch], at=AT)
    await stores.outbox.claim("a", now=AT, until=AT + LEASE)
    await stores.outbox.confirm("one", message_id=5, shown="x", at=AT)
    wishes = kept.model_copy(update={"publish": True, "most": 5})
    await stores.subscriptions.change(kept.id, wishes, destination=CHANNEL, next_at=None)
    [due] = await stores.outbox.claim("a", now=AT, until=AT + LEASE)
    assert (due.kind, due.after_id) == (Kind.PUBLISH, 5)
