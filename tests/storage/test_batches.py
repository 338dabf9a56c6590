"""Batches of several rows: written in one piece, claimed in order, taken apart or failed together."""

from datetime import timedelta

from papers.models import (
    Destination,
    DestinationKind,
    Form,
    Kind,
    NewBatch,
    NewMessage,
    OutboxCounts,
    OutboxMessage,
    PaperKey,
    Subscription,
)
from storage import Stores
from support.papers import AT
from support.subscriptions import CHANNEL

SECOND = timedelta(seconds=1)
LEASE = timedelta(minutes=3)
PERSON = Destination(kind=DestinationKind.DIRECT, target_id=77)


def row(name: str, *keys: PaperKey, kind: Kind = Kind.MESSAGE, after: str | None = None) -> NewMessage:
    form = Form.CARD if keys else Form.HEADLINE
    return NewMessage(id=name, kind=kind, after=after, form=form, papers=keys, payload={"content": name})


def thread(kept: Subscription, keys: list[PaperKey]) -> NewBatch:
    """A headline, its thread, and two messages in it, one of two papers."""
    rows = (
        row("head"),
        row("thread", kind=Kind.THREAD, after="head"),
        row("first", keys[0], keys[1], after="thread"),
        row("second", keys[2], after="thread"),
    )
    return NewBatch(subscription=kept, messages=rows)


async def gather(stores: Stores, *batches: NewBatch) -> int:
    return await stores.outbox.gather(batches, at=AT)


async def claim(stores: Stores, owner: str = "a", *, after: timedelta = timedelta()) -> list[OutboxMessage]:
    return await stores.outbox.claim(owner, now=AT + after, until=AT + after + LEASE)


async def sent(stores: Stores, message: OutboxMessage, number: int) -> None:
    await stores.outbox.confirm(message.id, message_id=number, shown="x", at=AT)


async def test_what_comes_after_is_claimed_when_that_is_sent_and_knows_its_message(
    stores: Stores, kept: Subscription, keys: list[PaperKey]
) -> None:
    assert await gather(stores, thread(kept, keys)) == 4
    [head] = await claim(stores)
    await sent(stores, head, 100)
    [started] = await claim(stores)
    assert (started.id, started.kind, started.after_id) == ("thread", Kind.THREAD, 100)
    await sent(stores, started, 100)
    first, second = await claim(stores)
    assert [(one.id, one.channel_id) for one in (first, second)] == [("first", 100), ("second", 100)]


async def test_a_row_that_fails_takes_with_it_what_comes_after(
    stores: Stores, kept: Subscription, keys: list[PaperKey]
) -> None:
    await gather(stores, thread(kept, keys))
    await claim(stores)
    await stores.outbox.fail("head", "a", reason="refused", at=AT)
    assert await stores.outbox.counts() == OutboxCounts(failed=4)


async def test_nobody_gives_back_or_fails_what_another_took_over(
    stores: Stores, kept: Subscription, keys: list[PaperKey]
) -> None:
    await gather(stores, NewBatch(subscription=kept, messages=(row("one", *keys),)))
    await claim(stores, "slow")
    [taken] = await claim(stores, "quick", after=LEASE)
    assert taken.uncertain
    await stores.outbox.fail("one", "slow", reason="refused", at=AT)
    await stores.outbox.postpone("one", "slow", until=AT, uncertain=False)
    assert await stores.outbox.counts() == OutboxCounts(sending=1)
    assert await claim(stores, "third", after=LEASE + SECOND) == []


async def test_a_batch_is_written_once_and_only_of_what_waits(
    stores: Stores, kept: Subscription, keys: list[PaperKey]
) -> None:
    assert await gather(stores, thread(kept, keys)) == 4
    again = NewBatch(subscription=kept, messages=(row("again", keys[0]),))
    assert await gather(stores, again) == 0
    changed = kept.model_copy(update={"query": "flow"})
    assert await gather(stores, NewBatch(subscription=changed, messages=())) == 0


async def test_a_closed_place_lets_what_nobody_sent_wait_again(
    stores: Stores, kept: Subscription, keys: list[PaperKey]
) -> None:
    await gather(stores, thread(kept, keys))
    [head] = await claim(stores)
    await sent(stores, head, 100)
    await claim(stores)
    told = await stores.outbox.close(
        CHANNEL, "a", unsent=["thread"], reason="no permission", at=AT, probe_at=AT + LEASE
    )
    assert [one.id for one in told] == [kept.id]
    assert await stores.outbox.counts() == OutboxCounts(sent=1)
    assert await stores.outbox.ready(AT) == []
    [ready] = await stores.outbox.ready(AT + LEASE)
    assert [paper.key for paper in ready.papers] == keys
    assert ready.subscription.closed is not None
    assert await gather(stores, thread(ready.subscription, keys)) == 3
    [started] = await claim(stores, after=LEASE)
    assert (started.id, started.after_id) == ("thread", 100)
    again = await stores.outbox.close(
        CHANNEL, "a", unsent=["thread"], reason="still", at=AT + LEASE, probe_at=AT + 2 * LEASE
    )
    assert [one.closed and one.closed.since for one in again] == [AT]


async def test_what_is_posted_opens_the_place_again(
    stores: Stores, kept: Subscription, keys: list[PaperKey]
) -> None:
    await gather(stores, NewBatch(subscription=kept, messages=(row("one", *keys),)))
    [one] = await claim(stores)
    await stores.outbox.close(CHANNEL, "b", unsent=[], reason="no permission", at=AT, probe_at=AT + LEASE)
    await sent(stores, one, 5)
    [open_again] = await stores.subscriptions.of_destination(CHANNEL)
    assert open_again.closed is None


def published(kept: Subscription, key: PaperKey, pages: int) -> NewBatch:
    messages = [row(f"{key} {page}", *([key] if page == 0 else [])) for page in range(pages)]
    publications = [
        NewMessage(id=f"pub {one.id}", kind=Kind.PUBLISH, form=Form.NOTHING, after=one.id, payload={})
        for one in messages
    ]
    return NewBatch(subscription=kept, messages=(*messages, *publications))


async def test_ten_an_hour_are_published_batches_of_few_messages_first(
    stores: Stores, kept: Subscription, keys: list[PaperKey]
) -> None:
    await gather(stores, published(kept, keys[0], 9), published(kept, keys[1], 2))
    messages = await claim(stores)
    assert {one.kind for one in messages} == {Kind.MESSAGE}
    for number, message in enumerate(messages):
        await sent(stores, message, number + 1)
    publications = await claim(stores)
    assert len(publications) == 10
    assert {f"pub {keys[1]} 0", f"pub {keys[1]} 1"} <= {one.id for one in publications}
    for publication in publications:
        await sent(stores, publication, publication.after_id or 0)
    assert await claim(stores, after=timedelta(minutes=59)) == []
    [last] = await claim(stores, after=timedelta(minutes=61))
    assert last.id == f"pub {keys[0]} 8"


async def test_a_notice_is_written_once(stores: Stores) -> None:
    notice = NewMessage(id="notice", form=Form.NOTICE, payload={"content": "closed"})
    assert await stores.outbox.add(notice, PERSON, at=AT)
    assert not await stores.outbox.add(notice, PERSON, at=AT)
    [claimed] = await claim(stores)
    assert (claimed.destination, claimed.channel_id) == (PERSON, 77)


async def test_moving_a_subscription_plans_its_papers_anew(
    stores: Stores, kept: Subscription, keys: list[PaperKey]
) -> None:
    await gather(stores, NewBatch(subscription=kept, messages=(row("one", keys[0]),)))
    changed = await stores.subscriptions.change(kept.id, kept, destination=PERSON, next_at=None)
    assert changed is not None
    assert changed.destination == PERSON
    assert [paper.key for paper in await stores.outbox.unplanned()] == keys
    assert await stores.outbox.counts() == OutboxCounts()
