"""The test card of a subscription, through the real discord.py."""

import pytest

from playground import permissions
from playground.people import Reply
from playground.world import Channel, ChannelType
from support.bot import Bot
from support.discord_town import DAY
from support.papers import ROBOTS, TIDES, answered
from support.subscribing import opened, press, subscribe, text

TODAY = DAY.date()
MARK = "🧪 **Test card**: papers that answer **tag:Robotics** will come like this one."
TITLE = "Robots that Fold Laundry by Reading Its Labels"


@pytest.fixture(autouse=True)
async def archive(bot: Bot) -> None:
    await bot.keep(answered(TIDES, ROBOTS, day=TODAY))


async def tried(bot: Bot, place: Channel, *, how: str = "cards") -> Reply:
    await subscribe(bot, to=place, tag="Robotics", how=how)
    return await press(bot, await opened(bot), "Test card")


async def test_it_stands_there_marked_and_counts_as_no_delivery(bot: Bot) -> None:
    here = bot.town.channel
    reply = await tried(bot, here)
    assert reply.ephemeral
    assert text(reply) == f"A test card stands in <#{here.id}>. It counts as no delivery."
    [message] = here.messages.values()
    assert (message["content"], message["embeds"][0]["title"]) == (MARK, TITLE)
    assert (await bot.stores.outbox.counts()).sent == 0
    [kept] = await bot.stores.subscriptions.all()
    await bot.stores.subscriptions.start_from(kept.id, 0)
    assert (await bot.deliver()).sent == 1
    assert [each["content"] for each in here.messages.values()] == [MARK, ""]


async def test_it_can_be_had_again(bot: Bot) -> None:
    await tried(bot, bot.town.channel)
    await press(bot, await opened(bot), "Test card")
    assert len(bot.town.channel.messages) == 2


async def test_nobody_is_pinged(bot: Bot) -> None:
    role = bot.town.playground.world.add_role(bot.town.guild, "readers", 0, mentionable=True)
    await subscribe(bot, tag="Robotics", role=role)
    await press(bot, await opened(bot), "Test card")
    [message] = bot.town.channel.messages.values()
    assert not message["mention_roles"]
    assert str(role.id) not in message["content"]


async def test_a_thread_is_started_with_the_paper_in_it(bot: Bot) -> None:
    world, here = bot.town.playground.world, bot.town.channel
    await tried(bot, here, how="thread")
    [headline] = here.messages.values()
    assert headline["content"].startswith(MARK)
    [thread] = world.threads(here)
    assert TITLE in [embed["title"] for message in thread.messages.values() for embed in message["embeds"]]


async def test_a_forum_gets_a_post(bot: Bot) -> None:
    world = bot.town.playground.world
    forum = world.add_channel(bot.town.guild, "forum", ChannelType.FORUM)
    await tried(bot, forum, how="forum")
    [post] = world.threads(forum)
    assert post.name == f"Test: {TITLE}"
    [message] = post.messages.values()
    assert message["content"] == MARK


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        (permissions.SEND_MESSAGES, "The test card could not be posted. Give me Send Messages in <#{}>."),
        (permissions.VIEW_CHANNEL, "I cannot see <#{}>: give me View Channel and Send Messages there."),
    ],
)
async def test_what_is_missing_is_said(bot: Bot, lost: int, said: str) -> None:
    here = bot.town.playground.world.add_channel(bot.town.guild, "quiet")
    await subscribe(bot, to=here, tag="Robotics")
    here.overwrites[bot.town.bot.id] = (0, lost)
    reply = await press(bot, await opened(bot), "Test card")
    assert text(reply) == said.format(here.id)
    assert not here.messages


async def test_a_channel_that_is_gone_is_said(bot: Bot) -> None:
    here = bot.town.playground.world.add_channel(bot.town.guild, "gone")
    await subscribe(bot, to=here, tag="Robotics")
    card = await opened(bot)
    bot.town.playground.world.remove_channel(here)
    assert f"<#{here.id}>" in text(await press(bot, card, "Test card"))


async def test_where_nothing_answers_there_is_nothing_to_show(bot: Bot) -> None:
    await subscribe(bot, query="nothing whatsoever")
    reply = await press(bot, await opened(bot), "Test card")
    assert text(reply) == "No paper of the last 30 days answers this subscription: there is nothing to show."
    assert not bot.town.channel.messages
