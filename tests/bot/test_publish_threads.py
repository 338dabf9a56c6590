"""Threads at messages, messages in threads, and what announcement channels publish."""

import pytest

from papers.errors import (
    PublishClosedError,
    PublishLaterError,
    PublishRefusedError,
    PublishUncertainError,
)
from papers.models import Kind, OutboxMessage
from playground import permissions
from playground.faults import Effect
from playground.messages import CROSSPOSTED
from playground.world import Channel
from support.discord_town import DAY
from support.publishing import (
    CHANNEL,
    CROSSPOST,
    ID,
    OTHER_ID,
    THREADS,
    Counter,
    card,
    outbox_message,
    place,
    posted,
)


def thread_at(channel: Channel, message_id: int) -> OutboxMessage:
    return outbox_message(
        place(channel), {"name": "18 July"}, kind=Kind.THREAD, outbox_id=OTHER_ID, after_id=message_id
    )


def published(channel: Channel, message_id: int) -> OutboxMessage:
    return outbox_message(place(channel), {}, kind=Kind.PUBLISH, outbox_id=OTHER_ID, after_id=message_id)


async def began(counter: Counter) -> Channel:
    number = await counter.publisher.publish(thread_at(counter.town.channel, await counter.publish()))
    return counter.town.playground.world.channel(number)


def in_thread(counter: Counter, thread: Channel) -> OutboxMessage:
    return outbox_message(place(counter.town.channel), after_id=thread.id, outbox_id="a" * 20)


async def test_a_thread_begins_at_a_message_and_takes_messages(counter: Counter) -> None:
    thread = await began(counter)
    assert (thread.id, thread.name, thread.parent_id) == (
        next(iter(counter.town.channel.messages)),
        "18 July",
        counter.town.channel.id,
    )
    message = in_thread(counter, thread)
    number = await counter.publisher.publish(message)
    assert list(thread.messages) == [number]
    assert await counter.publisher.find(message, since=DAY) == number
    assert len(counter.town.channel.messages) == 1


@pytest.mark.parametrize(
    "effect", [Effect.ANSWER_LOST, Effect.ANSWER_CUT, Effect.RESET, Effect.SERVER_ERROR, Effect.FAILED_AFTER]
)
async def test_a_thread_is_asked_for_again_and_is_the_same(counter: Counter, effect: Effect) -> None:
    number = await counter.publish()
    message = thread_at(counter.town.channel, number)
    counter.fails(effect, route=THREADS, status=503)
    with pytest.raises(PublishUncertainError):
        await counter.publisher.publish(message)
    assert await counter.publisher.find(message, since=DAY) is None
    assert await counter.publisher.publish(message) == number
    world = counter.town.playground.world
    assert [thread.id for thread in world.threads(counter.town.channel)] == [number]


async def test_a_thread_at_a_message_that_somebody_deleted_is_refused(counter: Counter) -> None:
    with pytest.raises(PublishRefusedError, match="Unknown Message") as caught:
        await counter.publisher.publish(thread_at(counter.town.channel, 1))
    assert not isinstance(caught.value, PublishClosedError)


async def test_who_may_begin_no_threads_is_told_so(counter: Counter) -> None:
    number = await counter.publish()
    counter.town.channel.overwrites[counter.town.guild.id] = (0, permissions.CREATE_PUBLIC_THREADS)
    with pytest.raises(PublishClosedError, match="“Create Public Threads”"):
        await counter.publisher.publish(thread_at(counter.town.channel, number))


async def test_who_may_not_write_in_threads_is_told_so(counter: Counter) -> None:
    thread = await began(counter)
    counter.town.channel.overwrites[counter.town.guild.id] = (0, permissions.SEND_MESSAGES_IN_THREADS)
    with pytest.raises(PublishClosedError, match="“Send Messages in Threads”"):
        await counter.publisher.publish(in_thread(counter, thread))


@pytest.mark.parametrize("archived", [True, False])
async def test_a_thread_of_ours_that_is_locked_or_gone_closes_not_its_channel(
    counter: Counter,
    archived: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    thread = await began(counter)
    thread.locked, thread.archived = True, archived
    with pytest.raises(PublishRefusedError, match="locked") as caught:
        await counter.publisher.publish(in_thread(counter, thread))
    assert not isinstance(caught.value, PublishClosedError)
    counter.town.playground.world.remove_channel(thread)
    with pytest.raises(PublishRefusedError, match="gone") as caught:
        await counter.publisher.publish(in_thread(counter, thread))
    assert not isinstance(caught.value, PublishClosedError)


@pytest.mark.parametrize("archived", [True, False])
async def test_a_subscribed_thread_that_is_locked_is_closed(
    counter: Counter,
    archived: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    thread = await began(counter)
    thread.locked, thread.archived = True, archived
    with pytest.raises(PublishClosedError, match="unlock it"):
        await counter.publisher.publish(outbox_message(place(thread)))


async def test_a_message_opens_a_thread_that_is_archived(counter: Counter) -> None:
    thread = await began(counter)
    thread.archived = True
    await counter.publisher.publish(in_thread(counter, thread))
    assert not thread.archived


async def test_an_edit_leaves_an_archived_thread_archived(counter: Counter) -> None:
    thread = await began(counter)
    number = await counter.publisher.publish(in_thread(counter, thread))
    thread.archived = True
    message = posted(place(counter.town.channel), number, channel_id=thread.id)
    await counter.publisher.edit(message, card(title="Ebb"))
    assert thread.messages[number]["embeds"][0]["title"] == "Ebb"
    assert thread.archived
    counter.fails(Effect.SERVER_ERROR, "PATCH", CHANNEL, status=503)
    with pytest.raises(PublishLaterError):
        await counter.publisher.edit(message, card())
    thread.locked = True
    with pytest.raises(PublishRefusedError):
        await counter.publisher.edit(message, card())


async def test_an_announcement_is_published(counter: Counter) -> None:
    news = counter.news()
    number = await counter.publisher.publish(outbox_message(place(news)))
    assert await counter.publisher.publish(published(news, number)) == number
    assert news.messages[number]["flags"] & CROSSPOSTED


@pytest.mark.parametrize(
    "effect", [Effect.ANSWER_LOST, Effect.ANSWER_CUT, Effect.RESET, Effect.SERVER_ERROR, Effect.FAILED_AFTER]
)
async def test_an_announcement_is_published_once(counter: Counter, effect: Effect) -> None:
    news = counter.news()
    number = await counter.publisher.publish(outbox_message(place(news)))
    message = published(news, number)
    counter.fails(effect, route=CROSSPOST, status=503)
    with pytest.raises(PublishUncertainError):
        await counter.publisher.publish(message)
    assert await counter.publisher.find(message, since=DAY) is None
    assert await counter.publisher.publish(message) == number


async def test_an_announcement_thread_takes_a_card(counter: Counter) -> None:
    news = counter.news()
    number = await counter.publisher.publish(outbox_message(place(news)))
    await counter.publisher.publish(thread_at(news, number))
    thread = counter.town.playground.world.channel(number)
    await counter.publisher.publish(outbox_message(place(thread), outbox_id=ID))
    assert len(thread.messages) == 1


async def test_what_somebody_deleted_or_cannot_be_published_is_refused(counter: Counter) -> None:
    with pytest.raises(PublishRefusedError, match="Unknown Message") as caught:
        await counter.publisher.publish(published(counter.news(), 1))
    assert not isinstance(caught.value, PublishClosedError)
    with pytest.raises(PublishRefusedError, match="channel type") as caught:
        await counter.publisher.publish(published(counter.town.channel, await counter.publish()))
    assert not isinstance(caught.value, PublishClosedError)


@pytest.mark.parametrize("kind", [Kind.THREAD, Kind.PUBLISH])
async def test_what_follows_nothing_is_refused(counter: Counter, kind: Kind) -> None:
    message = outbox_message(place(counter.town.channel), {"name": "x"}, kind=kind)
    with pytest.raises(PublishRefusedError, match="never posted"):
        await counter.publisher.publish(message)
