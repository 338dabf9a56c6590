"""The real discord.py's sessions: by shards or alone, broken, resumed, begun anew."""

import asyncio
from collections.abc import Callable
from typing import Any

import discord
import pytest
from discord.ext import commands

from playground.server import Playground
from support.discord_client import OPTIONS, connected, logged_in
from support.discord_town import TOKEN, Town

Break = Callable[[Playground], Any]


class Ears(discord.Client):
    """A client that hands on what it hears."""

    def __init__(self) -> None:
        intents = discord.Intents.none()
        intents.messages = intents.message_content = True
        super().__init__(intents=intents, **OPTIONS)
        self.heard: asyncio.Queue[str] = asyncio.Queue()

    async def on_message(self, message: discord.Message) -> None:
        self.heard.put_nowait(message.content)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Without the five seconds that discord.py waits before it identifies again."""


async def hears(client: Ears, count: int) -> list[str]:
    async with asyncio.timeout(5):
        return [await client.heard.get() for _ in range(count)]


@pytest.mark.parametrize("kind", [discord.Client, discord.AutoShardedClient])
async def test_a_client_is_ready_with_no_intents(town: Town, kind: type[discord.Client]) -> None:
    client = kind(intents=discord.Intents.none(), **OPTIONS)
    async with connected(town.playground, client, TOKEN):
        await client.wait_until_ready()
        assert client.user is not None
        assert client.user.id == town.bot.id
        assert client.application_id == town.bot.id


async def test_a_client_knows_its_servers_when_it_asks_for_them(town: Town) -> None:
    intents = discord.Intents.none()
    intents.guilds = True
    client = commands.AutoShardedBot("!", intents=intents, **OPTIONS)
    async with connected(town.playground, client, TOKEN):
        await client.wait_until_ready()
        guild = client.get_guild(town.guild.id)
        assert guild is not None
        assert [channel.name for channel in guild.text_channels] == ["papers"]
        assert guild.owner_id == town.owner.id


async def reconnect(playground: Playground) -> None:
    playground.gateway.ask_to_reconnect()


async def drop(playground: Playground) -> None:
    await playground.gateway.close_all(4000)


async def pause(playground: Playground) -> None:
    playground.gateway.invalidate_all(resumable=True)


@pytest.mark.parametrize("happens", [reconnect, drop, pause])
async def test_a_broken_session_is_resumed_and_nothing_missed(town: Town, happens: Break) -> None:
    client = Ears()
    async with connected(town.playground, client, TOKEN):
        (session,) = town.playground.gateway.sessions.values()
        town.playground.say(town.member, town.channel, "before")
        assert await hears(client, 1) == ["before"]
        resumed = asyncio.ensure_future(client.wait_for("resumed", timeout=10))
        await asyncio.sleep(0)
        await happens(town.playground)
        town.playground.say(town.member, town.channel, "meanwhile")
        await resumed
        town.playground.say(town.member, town.channel, "after")
        assert await hears(client, 2) == ["meanwhile", "after"]
        assert [*town.playground.gateway.sessions.values()] == [session]


async def test_an_invalid_session_begins_anew(town: Town) -> None:
    client = Ears()
    async with connected(town.playground, client, TOKEN):
        (before,) = town.playground.gateway.sessions
        again = asyncio.ensure_future(client.wait_for("connect", timeout=20))
        await asyncio.sleep(0)
        town.playground.gateway.invalidate_all()
        await again
        (after,) = town.playground.gateway.sessions
        town.playground.say(town.member, town.channel, "after")
        assert await hears(client, 1) == ["after"]
    assert before != after


async def test_a_token_that_is_refused_ends_the_client(town: Town) -> None:
    async with logged_in(town.playground, Ears(), TOKEN) as client:
        town.bot.token = "changed"
        with pytest.raises(discord.ConnectionClosed, match="4004"):
            await client.connect()
