"""From the archive to the channel: real store, planner, courier, discord.py and playground."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.client import PaperboyClient
from bot.publisher import DiscordPublisher
from cogs.cards.composer import CardComposer
from papers.delivery import LEASE, Courier, Delivered, WhenUncertain, backoff
from papers.models import Destination, DestinationKind, OutboxCounts
from playground.faults import Effect, Fault
from playground.permissions import READ_MESSAGE_HISTORY
from playground.rate_limits import Rate, Rates
from playground.world import Channel, Event
from storage import Stores, open_stores
from support.bot import Bot, running_bot
from support.clock import SetClock
from support.command_line import ASKING_NOBODY
from support.discord_client import logged_in
from support.discord_rest import asking
from support.discord_town import DAY, TOKEN, Town, inhabited
from support.papers import announced, answered, over_at
from support.subscriptions import wanted

POST = "/channels/{channel_id}/messages"
NOBODY = "http://127.0.0.1:9"
PATIENCE = 20.0


def titles(papers: int) -> list[str]:
    return [f"Paper {number}" for number in range(papers)]


def place(channel: Channel) -> Destination:
    return Destination(kind=DestinationKind.CHANNEL, target_id=channel.id, guild_id=channel.guild_id)


async def prepare(stores: Stores, day: date, papers: int, *channels: Channel) -> None:
    """Keeps a day's papers, which the channels want."""
    for channel in channels:
        await stores.subscriptions.add(wanted("", place(channel)))
    said = [announced(f"2607.{number:05}", title) for number, title in enumerate(titles(papers), 1)]
    await stores.papers.keep(answered(*said, day=day), over_at=over_at(day), at=over_at(day))


async def shown(town: Town, channel: Channel) -> list[str]:
    """The titles in a channel as Discord's API tells them, oldest first."""
    async with asking(town.playground, TOKEN) as rest:
        answer = await rest.get(f"/channels/{channel.id}/messages", limit="100")
    return [message["embeds"][0]["title"] for message in reversed(answer.body)]


def most_posts_of_a_message(town: Town) -> int:
    """How often the message that was sent most often was sent, whether it arrived or not."""
    bodies = [record.body for record in town.playground.log.records if record.route == POST]
    return max(Counter(body["nonce"] for body in bodies if isinstance(body, dict)).values())


@pytest.fixture
def clock() -> SetClock:
    return SetClock(DAY)


@pytest.fixture
async def bot(tmp_path: Path, clock: SetClock) -> AsyncIterator[Bot]:
    async with running_bot(tmp_path / "papers.db", clock=clock) as running:
        yield running


def fails(bot: Bot, effect: Effect, *, status: int = 503, after: int = 0) -> None:
    bot.town.playground.faults.add(Fault(effect, "POST", POST, status=status, after=after))


async def test_a_lost_answer_costs_no_second_message(bot: Bot, clock: SetClock) -> None:
    town = bot.town
    await prepare(bot.stores, DAY.date(), 3, town.channel)
    fails(bot, Effect.ANSWER_LOST, after=1)
    assert await bot.deliver() == Delivered(sent=1, postponed=2)
    assert await shown(town, town.channel) == titles(2)
    clock.advance(backoff(1))
    assert await bot.deliver() == Delivered(sent=2)
    assert await shown(town, town.channel) == titles(3)
    assert most_posts_of_a_message(town) == 1
    assert await bot.stores.outbox.counts() == OutboxCounts(sent=3)


@pytest.mark.parametrize("effect", [Effect.SERVER_ERROR, Effect.RESET])
async def test_a_message_that_did_not_arrive_is_sent_again(bot: Bot, clock: SetClock, effect: Effect) -> None:
    await prepare(bot.stores, DAY.date(), 3, bot.town.channel)
    fails(bot, effect)
    assert await bot.deliver() == Delivered(postponed=3)
    clock.advance(backoff(1))
    assert await bot.deliver() == Delivered(sent=3)
    assert await shown(bot.town, bot.town.channel) == titles(3)
    assert most_posts_of_a_message(bot.town) == 2


async def test_a_sender_that_vanished_leaves_nothing_out_and_repeats_nothing(
    bot: Bot, clock: SetClock
) -> None:
    await prepare(bot.stores, DAY.date(), 3, bot.town.channel)
    await bot.planner.plan()
    await bot.gatherer.gather()
    [first, *_] = await bot.stores.outbox.claim("the dead", now=DAY, until=DAY + LEASE)
    await DiscordPublisher(bot.client).publish(first)
    assert await bot.deliver() == Delivered()
    clock.advance(LEASE)
    assert await bot.deliver() == Delivered(sent=3)
    assert await shown(bot.town, bot.town.channel) == titles(3)
    assert most_posts_of_a_message(bot.town) == 1


@pytest.mark.parametrize(
    ("choice", "after"),
    [(WhenUncertain.SKIP, OutboxCounts(sent=2, failed=1)), (WhenUncertain.REPEAT, OutboxCounts(sent=3))],
)
async def test_a_hidden_history_is_no_empty_one(
    bot: Bot, clock: SetClock, choice: WhenUncertain, after: OutboxCounts
) -> None:
    await prepare(bot.stores, DAY.date(), 3, bot.town.channel)
    bot.town.channel.overwrites[bot.town.guild.id] = (0, READ_MESSAGE_HISTORY)
    bot.courier = hire(bot.stores, bot.client, clock, choice)
    fails(bot, Effect.ANSWER_LOST)
    await bot.deliver()
    clock.advance(backoff(1))
    await bot.deliver()
    assert await bot.stores.outbox.counts() == after
    assert most_posts_of_a_message(bot.town) == (1 if choice is WhenUncertain.SKIP else 2)


async def test_a_channel_that_is_gone_keeps_nobody_from_theirs(bot: Bot) -> None:
    world = bot.town.playground.world
    others = [world.add_channel(bot.town.guild, name) for name in ("one", "two")]
    await prepare(bot.stores, DAY.date(), 3, bot.town.channel, *others)
    del world.channels[bot.town.channel.id]
    delivered = await bot.deliver()
    assert delivered.failed == 0
    assert [await shown(bot.town, channel) for channel in others] == [titles(3)] * 2
    [gone, *rest] = await bot.stores.subscriptions.all()
    assert gone.closed is not None
    assert gone.closed.reason.startswith("This channel is gone")
    assert [one.closed for one in rest] == [None, None]


async def test_rate_limits_lose_nothing(bot: Bot) -> None:
    town = bot.town
    other = town.playground.world.add_channel(town.guild, "other")
    await prepare(bot.stores, DAY.date(), 12, town.channel, other)
    town.playground.limiter.rates = Rates(messages=Rate(5, 0.3))
    town.playground.limiter.enabled = True
    assert await bot.deliver() == Delivered(sent=24)
    town.playground.limiter.enabled = False
    assert await shown(town, town.channel) == await shown(town, other) == titles(12)
    assert await bot.deliver() == Delivered()


def hire(stores: Stores, client: PaperboyClient, clock: SetClock, choice: WhenUncertain) -> Courier:
    return Courier(
        outbox=stores.outbox,
        composer=CardComposer(),
        publisher=DiscordPublisher(client),
        clock=clock,
        owner="another",
        when_uncertain=choice,
    )


async def run_and_kill(town: Town, database: Path, *, at_message: int) -> None:
    """Runs `paperboy run`, and kills it when that message was stored and before it hears of it."""
    environment = {
        **os.environ,
        **ASKING_NOBODY,
        "PAPERBOY_DISCORD__TOKEN": TOKEN,
        "PAPERBOY_DISCORD__API_BASE": town.playground.api_base,
        "PAPERBOY_DISCORD__GATEWAY_URL": town.playground.gateway_url,
        "PAPERBOY_SOURCES__HUGGINGFACE__BASE_URL": NOBODY,
        "XDG_CONFIG_HOME": str(database.parent),
    }
    command: Sequence[str] = (sys.executable, "-m", "bot", "run", "--database", str(database))
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=DEVNULL, stderr=DEVNULL)

    def kill(event: Event) -> None:
        if event.name == "MESSAGE_CREATE" and len(town.channel.messages) == at_message:
            process.kill()

    town.playground.world.listen(kill)
    try:
        await asyncio.wait_for(process.wait(), PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == -signal.SIGKILL


async def test_a_bot_killed_between_posting_and_noting_it_posts_exactly_once(tmp_path: Path) -> None:
    database = tmp_path / "papers.db"
    began = datetime.now(UTC)
    async with inhabited(real_time=True, now=lambda: datetime.now(UTC)) as town:
        async with open_stores(database) as stores:
            await prepare(stores, began.date(), 3, town.channel)
        await run_and_kill(town, database, at_message=2)
        assert await shown(town, town.channel) == titles(2)
        clock = SetClock(datetime.now(UTC) + LEASE + timedelta(seconds=1))
        async with open_stores(database) as stores:
            assert await stores.outbox.counts() == OutboxCounts(sent=1, sending=2)
            client = PaperboyClient(
                on_login=lambda application_id: stores.check_identity(
                    application_id=application_id, api_base=town.playground.api_base
                )
            )
            async with logged_in(town.playground, client, TOKEN):
                round_ = await hire(stores, client, clock, WhenUncertain.REPEAT).deliver()
            assert round_ == Delivered(sent=2)
        assert await shown(town, town.channel) == titles(3)
        assert most_posts_of_a_message(town) == 1
