"""Publishing what stands in an announcement channel, over the wire."""

import pytest

from playground import permissions
from playground.gateway.intents import Intent
from playground.world import Channel, ChannelType
from support.discord_rest import Rest, gateway
from support.discord_town import TOKEN, Town


@pytest.fixture
def news(town: Town) -> Channel:
    return town.playground.world.add_channel(town.guild, "news", ChannelType.ANNOUNCEMENT)


async def test_a_message_is_published_once_and_told(town: Town, rest: Rest, news: Channel) -> None:
    message = (await rest.post(f"/channels/{news.id}/messages", {"content": "today"})).body
    path = f"/channels/{news.id}/messages/{message['id']}/crosspost"
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, Intent.GUILD_MESSAGES)
        published = await rest.post(path)
        told = (await line.hear_event("MESSAGE_UPDATE"))["d"]
    assert published.body["flags"] == told["flags"] == 1
    assert (await rest.post(path)).code == 40033


async def test_what_cannot_be_published(town: Town, rest: Rest, news: Channel) -> None:
    message = (await rest.post(f"/channels/{town.channel.id}/messages", {"content": "x"})).body
    answer = await rest.post(f"/channels/{town.channel.id}/messages/{message['id']}/crosspost")
    assert answer.code == 50024
    said = town.playground.say(town.member, news, "mine")
    path = f"/channels/{news.id}/messages/{said['id']}/crosspost"
    assert (await rest.post(path)).code == 50013
    news.overwrites[town.bot.id] = (permissions.MANAGE_MESSAGES, 0)
    assert (await rest.post(path)).status == 200
