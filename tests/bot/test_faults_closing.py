"""Places that are closed to the bot: what is due waits, whoever subscribed is told once, and it opens by itself."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from papers.delivery import LEASE, Delivered
from papers.models import Style
from playground import permissions
from playground.faults import Effect
from support.faulty import CATCH_UP, Office, office
from support.publishing import MESSAGES

TITLES = [f"Paper {number}" for number in range(5)]
PROBE = timedelta(hours=1)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path / "papers.db") as made:
        yield made


def forbid(there: Office, bits: int) -> None:
    there.town.channel.overwrites[there.town.guild.id] = (0, bits)


async def closed(there: Office) -> str | None:
    [subscription] = await there.stores.subscriptions.all()
    return None if subscription.closed is None else subscription.closed.reason


@pytest.mark.parametrize(
    ("bits", "style", "permission"),
    [
        (permissions.VIEW_CHANNEL, Style.CARDS, "“View Channel”"),
        (permissions.SEND_MESSAGES, Style.CARDS, "“Send Messages”"),
        (permissions.EMBED_LINKS, Style.DIGEST, "“Embed Links”"),
    ],
)
async def test_a_lost_permission_costs_no_paper_and_is_told_once(
    there: Office, bits: int, style: Style, permission: str
) -> None:
    channel = there.town.channel
    await there.subscribe(channel, style)
    await there.keep(*TITLES)
    forbid(there, bits)
    await there.deliver_all()
    reason = await closed(there)
    assert reason is not None
    assert permission in reason
    for _ in range(3):
        there.counter.clock.advance(PROBE)
        await there.deliver_all()
    [told] = there.told()
    assert reason in told
    forbid(there, 0)
    there.counter.clock.advance(PROBE)
    await there.deliver_all()
    assert await closed(there) is None
    await there.keep("News", first=9)
    await there.deliver_all()
    shown = there.shown(channel)
    assert shown["News"] == 1
    assert max(shown[title] for title in TITLES) == 1
    assert len(there.told()) == 1


@pytest.mark.parametrize(
    ("bits", "permission"),
    [
        (permissions.CREATE_PUBLIC_THREADS, "“Create Public Threads”"),
        (permissions.SEND_MESSAGES_IN_THREADS, "“Send Messages in Threads”"),
    ],
)
async def test_a_headline_without_its_thread_costs_no_paper(
    there: Office, bits: int, permission: str
) -> None:
    channel = there.town.channel
    await there.subscribe(channel, Style.THREAD)
    await there.keep(*TITLES)
    forbid(there, bits)
    await there.deliver_all()
    assert permission in (await closed(there) or "")
    for _ in range(3):
        there.counter.clock.advance(PROBE)
        await there.deliver_all()
    headlines = len(channel.messages)
    forbid(there, 0)
    there.counter.clock.advance(PROBE)
    await there.deliver_all()
    assert await closed(there) is None
    assert len(channel.messages) == headlines
    assert len(there.told()) == 1
    threads = there.town.playground.world.threads(channel)
    assert sum(len(thread.messages) for thread in threads) == CATCH_UP
    assert max(there.shown(channel)[title] for title in TITLES) == 1


async def test_in_the_middle_of_a_delivery_the_rest_waits_and_comes_within_the_limit(there: Office) -> None:
    channel = there.town.channel
    subscription = await there.subscribe(channel)
    await there.keep(*TITLES)
    there.fails(Effect.MISSING_PERMISSIONS, "POST", MESSAGES, after=1, path={"channel_id": str(channel.id)})
    assert (await there.deliver()).closed == 1
    await there.deliver_all()
    assert [title for title in TITLES if there.shown(channel)[title]] == TITLES[:1]
    assert len(there.told()) == 1
    there.counter.clock.advance(PROBE - timedelta(seconds=1))
    assert await there.deliver() == Delivered()
    there.counter.clock.advance(timedelta(seconds=1))
    await there.deliver_all()
    assert await closed(there) is None
    [kept] = await there.stores.subscriptions.all()
    assert kept.model_dump(exclude={"next_at"}) == subscription.model_dump(exclude={"next_at"})
    shown = there.shown(channel)
    assert [shown[title] for title in TITLES[: 1 + CATCH_UP]] == [1] * (1 + CATCH_UP)
    assert not any(shown[title] for title in TITLES[1 + CATCH_UP :])
    last = [*channel.messages.values()][-1]
    assert all(title in last["content"] for title in TITLES[1 + CATCH_UP :])


async def test_a_channel_that_is_deleted_keeps_nobody_from_theirs(there: Office) -> None:
    world, gone = there.town.playground.world, there.town.channel
    others = [world.add_channel(there.town.guild, name) for name in ("one", "two")]
    for channel in (gone, *others):
        await there.subscribe(channel)
    await there.keep(*TITLES)
    world.remove_channel(gone)
    await there.deliver_all()
    assert [there.shown(channel).total() for channel in others] == [len(TITLES)] * 2
    [told] = there.told()
    assert "This channel is gone" in told


async def test_who_takes_no_direct_messages_holds_up_nobody(there: Office) -> None:
    there.town.owner.takes_messages = False
    await there.subscribe(there.town.channel)
    await there.keep(*TITLES)
    forbid(there, permissions.SEND_MESSAGES)
    await there.deliver_all()
    forbid(there, 0)
    there.counter.clock.advance(PROBE)
    await there.deliver_all()
    assert there.told() == []
    assert there.shown(there.town.channel)[TITLES[0]] == 1


async def test_a_lost_answer_before_the_place_was_closed_repeats_nothing(there: Office) -> None:
    channel = there.town.channel
    await there.subscribe(channel, Style.DIGEST)
    await there.keep(*TITLES)
    there.fails(Effect.ANSWER_LOST, "POST", MESSAGES)
    assert await there.deliver() == Delivered(postponed=1)
    forbid(there, permissions.VIEW_CHANNEL)
    there.counter.clock.advance(LEASE)
    assert (await there.deliver()).closed == 1
    forbid(there, 0)
    there.counter.clock.advance(PROBE)
    await there.deliver_all()
    assert [there.shown(channel)[title] for title in TITLES] == [1] * len(TITLES)
    assert len(channel.messages) == 1
    assert await closed(there) is None


async def test_a_thread_that_somebody_deletes_meanwhile_closes_no_channel(there: Office) -> None:
    channel, world = there.town.channel, there.town.playground.world
    await there.subscribe(channel, Style.THREAD)
    await there.keep(*TITLES)
    there.fails(Effect.ANSWER_LOST, "POST", MESSAGES, after=2)
    await there.deliver()
    [thread] = world.threads(channel)
    world.remove_channel(thread)
    counts = await there.deliver_all()
    assert counts.failed > 0
    assert await closed(there) is None
    await there.keep("News", first=9)
    await there.deliver_all()
    assert there.shown(channel)["News"] == 1


async def test_what_is_published_closes_no_channel(there: Office) -> None:
    news = there.counter.news()
    await there.subscribe(news, publish=True)
    await there.keep(*TITLES[:2])
    there.fails(
        Effect.MISSING_PERMISSIONS, "POST", "/channels/{channel_id}/messages/{message_id}/crosspost", times=2
    )
    counts = await there.deliver_all()
    assert (counts.sent, counts.failed) == (2, 2)
    assert await closed(there) is None
