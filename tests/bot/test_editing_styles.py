"""Messages of every style, posted to the playground by the real bot and brought up to date there."""

from datetime import timedelta
from typing import Any

import pytest

from bot.publisher import DiscordPublisher
from cogs.cards.composer import CardComposer
from papers.editing import CardEditor
from papers.models import (
    Announcement,
    Destination,
    DestinationKind,
    NewSubscription,
    Origin,
    Statement,
    Style,
)
from playground.world import Channel, ChannelType
from support.bot import Bot
from support.clock import SetClock
from support.discord_town import DAY
from support.papers import ROBOTS, SCRIPTS, TIDES, announced, answered

TODAY = DAY.date()
IDS = TIDES.arxiv_id, ROBOTS.arxiv_id, SCRIPTS.arxiv_id


def editor(bot: Bot) -> CardEditor:
    return CardEditor(
        outbox=bot.stores.outbox,
        composer=CardComposer(),
        publisher=DiscordPublisher(bot.client),
        clock=SetClock(DAY + timedelta(hours=21)),
    )


async def live(bot: Bot, style: Style) -> Channel:
    """The edition is posted in a style; where."""
    kind = ChannelType.FORUM if style is Style.FORUM else ChannelType.TEXT
    channel = bot.town.playground.world.add_channel(bot.town.guild, "here", kind)
    place = Destination(kind=DestinationKind.CHANNEL, target_id=channel.id, guild_id=bot.town.guild.id)
    await bot.stores.subscriptions.add(
        NewSubscription(query="", destination=place, created_by=7, created_at=DAY, start_key=0, style=style)
    )
    await bot.keep(answered(TIDES, ROBOTS, SCRIPTS, day=TODAY))
    await bot.deliver()
    return channel


async def tell(bot: Bot, *said: Announcement) -> None:
    """Something is told of papers, and the planner looks whether somebody else wants them now."""
    await bot.keep(answered(*said, day=TODAY))
    assert (await bot.deliver()).sent == 0


def standing(bot: Bot, channel: Channel) -> list[dict[str, Any]]:
    """All messages in a channel and its threads."""
    threads = bot.town.playground.world.threads(channel)
    return [message for place in (channel, *threads) for message in place.messages.values()]


def edited(bot: Bot, channel: Channel) -> str:
    """What the messages that were edited show, as text."""
    return str([message["embeds"] for message in standing(bot, channel) if message["edited_timestamp"]])


@pytest.mark.parametrize("style", Style)
async def test_what_shows_what_it_should_is_left_alone(bot: Bot, style: Style) -> None:
    channel = await live(bot, style)
    title = TIDES.statements[0].title or ""
    for said in (f"{title}!", title):
        await tell(bot, announced(IDS[0], said, origin=Origin.ARXIV))
    assert len(await bot.stores.outbox.changed()) == 1
    assert await editor(bot).edit() == 0
    assert edited(bot, channel) == "[]"


@pytest.mark.parametrize("style", Style)
async def test_papers_that_read_differently_are_shown_where_they_stand(bot: Bot, style: Style) -> None:
    channel = await live(bot, style)
    before = {message["id"] for message in standing(bot, channel)}
    await tell(
        bot,
        announced(IDS[0], "Ebb", origin=Origin.ARXIV),
        announced(IDS[1], "Looms", origin=Origin.ARXIV),
    )
    assert await editor(bot).edit() == (1 if style is Style.DIGEST else 2)
    shown = edited(bot, channel)
    assert "Ebb" in shown
    assert "Looms" in shown
    assert {message["id"] for message in standing(bot, channel)} == before


@pytest.mark.parametrize("style", Style)
async def test_new_upvotes_and_stars_are_shown_the_next_day(bot: Bot, style: Style) -> None:
    channel = await live(bot, style)
    said = Statement(origin=Origin.HUB, upvotes=4321, stars=8765)
    await tell(bot, Announcement(arxiv_id=IDS[0], statements=(said,)))
    assert await editor(bot).edit() == 1
    assert "4321" in edited(bot, channel).replace(",", "")
