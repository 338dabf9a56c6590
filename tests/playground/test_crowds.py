"""Many servers at once: all there, all of one bot, and each told to it when it connects."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import discord

from playground.crowds import crowd
from playground.gateway.hub import MOST_SERVERS
from playground.gateway.intents import Intent
from playground.gateway.protocol import Close
from playground.world import ChannelType
from support.discord_client import OPTIONS, connected
from support.discord_rest import Rest, asking, gateway
from support.discord_town import DAY, TOKEN, Town, inhabited

SERVERS, CHANNELS = 12, 5


def crowded(town: Town) -> list[int]:
    """Fills the town's world; the ids of all its servers."""
    made = crowd(town.playground.world, town.bot, town.owner, servers=SERVERS, channels=CHANNELS)
    return [town.guild.id, *(guild.id for guild in made)]


async def test_each_server_is_whole(town: Town) -> None:
    world = town.playground.world
    ids = crowded(town)
    assert [*world.guilds] == ids
    assert len({guild.name for guild in world.guilds.values()}) == SERVERS + 1
    for number in ids[1:]:
        guild = world.guilds[number]
        assert guild.members.keys() == {town.owner.id, town.bot.id}
        assert (guild.owner_id, guild.installed) == (town.owner.id, {town.bot.id})
        assert [channel.type for channel in guild.channels.values()] == [ChannelType.TEXT] * CHANNELS
        assert all(world.channels[channel.id] is channel for channel in guild.channels.values())


async def test_a_bot_is_told_of_each_once_it_says_who_it_is(town: Town) -> None:
    ids = [str(number) for number in crowded(town)]
    async with gateway(town.playground) as line:
        ready = await line.identify(TOKEN, Intent.GUILDS)
        assert [guild["id"] for guild in ready["d"]["guilds"]] == ids
        told = [(await line.hear_event("GUILD_CREATE"))["d"] for _ in ids]
    assert [guild["id"] for guild in told] == ids
    assert {len(guild["channels"]) for guild in told[1:]} == {CHANNELS}


async def test_a_bot_that_is_there_is_told_of_each_server_it_joins(town: Town) -> None:
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, Intent.GUILDS)
        await line.hear_event("GUILD_CREATE")
        ids = [str(number) for number in crowded(town)[1:]]
        assert [(await line.hear_event("GUILD_CREATE"))["d"]["id"] for _ in ids] == ids


async def test_discord_py_comes_to_know_every_server_and_channel(town: Town, rest: Rest) -> None:
    ids = crowded(town)
    client = discord.Client(intents=discord.Intents(guilds=True), **OPTIONS)
    async with connected(town.playground, client, TOKEN), asyncio.timeout(10):
        await client.wait_until_ready()
        while len(client.guilds) < len(ids):  # noqa: ASYNC110 - discord.py tells nobody of the last one
            await asyncio.sleep(0.01)
        assert {guild.id for guild in client.guilds} == {*ids}
        assert sum(len(guild.text_channels) for guild in client.guilds) == SERVERS * CHANNELS + 1
    listed = (await rest.get("/users/@me/guilds")).body
    assert [guild["id"] for guild in listed] == [str(number) for number in ids]


def passing() -> Callable[[], datetime]:
    """A clock that goes on by a millisecond whenever it is read, so that ids spread over the shards."""
    milliseconds = count()
    return lambda: DAY + timedelta(milliseconds=next(milliseconds))


async def test_thousands_of_servers_need_shards() -> None:
    async with inhabited(now=passing()) as town, asking(town.playground, TOKEN) as rest:
        crowd(town.playground.world, town.bot, town.owner, servers=MOST_SERVERS, channels=1)
        assert (await rest.get("/gateway/bot")).body["shards"] == 3
        async with gateway(town.playground) as line:
            await line.hear()
            await line.say(2, {"token": TOKEN, "intents": 0, "properties": {}})
            assert await line.closed_with() == Close.SHARDING_REQUIRED
        told = []
        for shard in range(3):
            async with gateway(town.playground) as line:
                ready = await line.identify(TOKEN, shard=[shard, 3])
                told += [guild["id"] for guild in ready["d"]["guilds"]]
        assert sorted(map(int, told)) == sorted(town.playground.world.guilds)
