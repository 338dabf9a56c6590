"""Each style as it stands in the channels of the playground, posted by the real bot."""

from typing import Any

import pytest

from papers.models import Destination, DestinationKind, NewSubscription, Overflow, Preferences, Style
from playground import permissions
from playground.world import Channel, ChannelType
from support.bot import Bot
from support.discord_town import DAY
from support.papers import ROBOTS, SCRIPTS, TIDES, answered

CROSSPOSTED = 1


async def posted(bot: Bot, channel: Channel, wanted: Preferences) -> list[dict[str, Any]]:
    """Three papers go to a channel; the messages that stand in it and in its threads."""
    place = Destination(kind=DestinationKind.CHANNEL, target_id=channel.id, guild_id=bot.town.guild.id)
    await bot.stores.subscriptions.add(
        NewSubscription(
            **dict(wanted), destination=place, created_by=bot.town.owner.id, created_at=DAY, start_key=0
        )
    )
    await bot.keep(answered(TIDES, ROBOTS, SCRIPTS, day=DAY.date()))
    await bot.deliver()
    places = (channel, *bot.town.playground.world.threads(channel))
    return [message for place in places for message in place.messages.values()]


def custom_id(message: dict[str, Any]) -> str:
    return str(message["components"][0]["components"][0]["custom_id"])


@pytest.mark.parametrize("style", Style)
async def test_a_role_is_pinged_by_one_message_of_a_delivery(bot: Bot, style: Style) -> None:
    world, guild = bot.town.playground.world, bot.town.guild
    kind = ChannelType.FORUM if style is Style.FORUM else ChannelType.TEXT
    channel = world.add_channel(guild, "here", kind)
    role = world.add_role(guild, "Readers", 0, mentionable=True)
    messages = await posted(bot, channel, Preferences(query="", style=style, role_id=role.id))
    pinging = [message for message in messages if message["mention_roles"]]
    assert [message["mention_roles"] for message in pinging] == [[str(role.id)]]


async def test_the_menu_of_a_digest_shows_a_paper_in_full(bot: Bot) -> None:
    [digest] = await posted(bot, bot.town.channel, Preferences(query="", style=Style.DIGEST))
    assert len(digest["embeds"]) == 3
    menu = custom_id(digest)
    opened = await bot.town.playground.select(bot.town.owner, digest, menu, [TIDES.arxiv_id])
    assert opened.ephemeral
    assert opened.message["embeds"][0]["url"] == f"https://arxiv.org/abs/{TIDES.arxiv_id}"


async def test_a_headline_tells_of_what_its_thread_does_not_hold(bot: Bot) -> None:
    wanted = Preferences(query="", style=Style.THREAD, most=1, overflow=Overflow.SUMMARISE)
    headline, card = await posted(bot, bot.town.channel, wanted)
    assert "**2 more papers** match" in headline["content"]
    assert len(card["embeds"]) == 1
    assert card["channel_id"] == headline["id"]


@pytest.mark.parametrize(("style", "published"), [(Style.CARDS, 3), (Style.DIGEST, 1), (Style.THREAD, 1)])
async def test_what_stands_in_an_announcement_channel_is_published(
    bot: Bot, style: Style, published: int
) -> None:
    channel = bot.town.playground.world.add_channel(bot.town.guild, "news", ChannelType.ANNOUNCEMENT)
    messages = await posted(bot, channel, Preferences(query="", style=style, publish=True))
    flagged = [message for message in messages if message["flags"] & CROSSPOSTED]
    assert len(flagged) == published
    assert all(message["channel_id"] == str(channel.id) for message in flagged)


async def test_who_subscribed_is_told_of_a_closed_place_and_takes_the_notice_away(bot: Bot) -> None:
    town = bot.town
    town.playground.world.set_overwrite(town.channel, town.guild.id, allow=0, deny=permissions.VIEW_CHANNEL)
    assert await posted(bot, town.channel, Preferences(query="")) == []
    direct = town.playground.world.direct_channel(town.owner, town.bot.user)
    [notice] = direct.messages.values()
    assert f"I cannot post in <#{town.channel.id}>" in notice["embeds"][0]["description"]
    await town.playground.click(town.owner, notice, custom_id(notice), until=lambda _: not direct.messages)
    assert not direct.messages
