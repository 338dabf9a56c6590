"""`/subscribe`, saved and delivered, through the real discord.py."""

from datetime import date

import pytest

from papers.models import first_key
from playground import permissions
from playground.errors import PlaygroundError
from support.bot import NEXT_RUN, Bot
from support.discord_town import DAY
from support.papers import ROBOTS, SCRIPTS, TIDES, announced, answered
from support.subscribing import press, subscribe, text

TODAY = DAY.date()


def posted(bot: Bot) -> list[str]:
    return [message["embeds"][0]["title"] for message in bot.town.channel.messages.values()]


async def test_it_says_what_was_subscribed_and_when_the_first_papers_come(bot: Bot) -> None:
    reply = await subscribe(bot, tag="vqa", author="Ada Marsh")
    assert reply.ephemeral
    when = f"<t:{NEXT_RUN.timestamp():.0f}:R>"
    assert text(reply) == (
        f'Subscribed <#{bot.town.channel.id}> to **tag:VQA author:"Ada Marsh"**.'
        f" The first papers come when new ones arrive; I look next {when}."
    )
    [kept] = await bot.stores.subscriptions.all()
    assert kept.destination.guild_id == bot.town.guild.id
    assert kept.start_key == first_key(TODAY)


async def test_new_papers_are_posted_once_and_older_ones_never(bot: Bot) -> None:
    await bot.keep(answered(TIDES, day=TODAY))
    await subscribe(bot)
    await subscribe(bot, query="laundry")
    await bot.keep(answered(ROBOTS, day=TODAY))
    await bot.keep(answered(announced("2607.00009", "Late for yesterday"), day=date(2026, 7, 17)))
    assert (await bot.deliver()).sent == 1
    assert posted(bot) == ["Robots that Fold Laundry by Reading Its Labels"]
    assert (await bot.deliver()).sent == 0
    [message] = bot.town.channel.messages.values()
    assert not message["mentions"]
    assert not message["mention_everyone"]


async def test_the_newest_edition_is_offered_and_comes_when_asked_for(bot: Bot) -> None:
    await bot.keep(answered(TIDES, ROBOTS, day=TODAY))
    await bot.deliver()
    reply = await subscribe(bot, tag="Robotics")
    bot.posted_now = 0
    answer = await press(bot, reply, "Post the newest edition too (1 paper)")
    assert text(answer) == f"The edition of {TODAY} is on its way to <#{bot.town.channel.id}>."
    assert bot.posted_now == 1
    await bot.deliver()
    assert posted(bot) == ["Robots that Fold Laundry by Reading Its Labels"]


async def test_another_channel_and_a_thread_can_be_chosen(bot: Bot) -> None:
    world = bot.town.playground.world
    other = world.add_channel(bot.town.guild, "other")
    thread = world.add_thread(bot.town.channel, "papers here", bot.town.owner.id)
    for place in (other, thread):
        assert f"Subscribed <#{place.id}>" in text(await subscribe(bot, to=place))
    await bot.keep(answered(SCRIPTS, day=TODAY))
    assert (await bot.deliver()).sent == 2
    assert len(other.messages) == len(thread.messages) == 1


async def test_a_channel_that_the_bot_cannot_see_is_refused(bot: Bot) -> None:
    hidden = bot.town.playground.world.add_channel(bot.town.guild, "hidden")
    hidden.overwrites[bot.town.bot.id] = (0, permissions.VIEW_CHANNEL)
    reply = await bot.slash("subscribe", channel=hidden)
    assert text(reply) == f"I cannot see <#{hidden.id}>: give me View Channel and Send Messages there."
    assert await bot.stores.subscriptions.all() == []


async def test_a_plain_member_is_refused_by_discord_and_by_the_bot(bot: Bot) -> None:
    with pytest.raises(PlaygroundError):
        await bot.slash("subscribe", user=bot.town.member)
    for command in bot.town.bot.commands[None]:
        command["default_member_permissions"] = None
    for name in ("subscribe", "subscriptions"):
        reply = await bot.slash(name, user=bot.town.member)
        assert text(reply) == "That needs the Manage Server permission here."
    assert await bot.stores.subscriptions.all() == []


async def test_a_server_that_the_bot_is_not_in_cannot_be_subscribed(bot: Bot) -> None:
    town, world = bot.town, bot.town.playground.world
    town.member.installed.add(town.bot.id)
    elsewhere = world.add_guild("Elsewhere", town.member, permissions.MEMBER)
    channel = world.add_channel(elsewhere, "general")
    reply = await bot.slash("subscribe", user=town.member, channel=channel)
    assert text(reply) == "Add me to this server first; or subscribe in a direct message to me."
    assert await bot.stores.subscriptions.all() == []


async def test_anybody_may_subscribe_in_direct_messages(bot: Bot) -> None:
    town = bot.town
    direct = town.playground.world.direct_channel(town.member, town.bot.user)
    reply = await subscribe(bot, user=town.member, channel=direct, tag="Robotics")
    assert text(reply).startswith("Subscribed your direct messages to **tag:Robotics**.")
    await bot.keep(answered(ROBOTS, TIDES, day=TODAY))
    assert (await bot.deliver()).sent == 1
    assert any(
        message["embeds"][0].get("url") == "https://arxiv.org/abs/2606.01002"
        for message in direct.messages.values()
    )


async def test_a_button_of_another_server_changes_nothing(bot: Bot) -> None:
    await bot.keep(answered(TIDES, day=TODAY))
    town, world = bot.town, bot.town.playground.world
    offered = await subscribe(bot)
    bot.posted_now = 0
    [button] = offered.message["components"][0]["components"]
    other = world.add_guild("Elsewhere", town.member, permissions.MEMBER)
    world.join(other, town.bot.user)
    channel = world.add_channel(other, "general")
    forged = {**offered.message, "channel_id": str(channel.id), "flags": 0}
    reply = await town.playground.click(town.member, forged, button["custom_id"])
    assert text(reply) == "This subscription is gone."
    assert bot.posted_now == 0


async def test_a_removed_subscription_gets_nothing_that_was_planned(bot: Bot) -> None:
    await subscribe(bot)
    await bot.keep(answered(TIDES, day=TODAY))
    await bot.planner.plan()
    [kept] = await bot.stores.subscriptions.all()
    await bot.stores.subscriptions.remove(kept.id)
    assert (await bot.deliver()).sent == 0
    assert posted(bot) == []
