"""What the real discord.py makes of trouble with the gateway."""

import asyncio
from collections.abc import AsyncIterator, Awaitable

import discord
import pytest

from playground.server import Playground
from support.discord_client import OPTIONS, connected
from support.discord_town import TOKEN, Town


class Ears(discord.Client):
    """A client that hands on what it hears, and waits for no one before it identifies again."""

    def __init__(self, heartbeat_timeout: float = 60.0) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.messages = intents.message_content = True
        super().__init__(intents=intents, heartbeat_timeout=heartbeat_timeout, **OPTIONS)
        self.heard: asyncio.Queue[str] = asyncio.Queue()

    async def on_message(self, message: discord.Message) -> None:
        self.heard.put_nowait(message.content)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Without the five seconds that discord.py waits."""


@pytest.fixture
async def ears(town: Town) -> AsyncIterator[Ears]:
    async with connected(town.playground, Ears(), TOKEN) as client:
        await client.wait_until_ready()
        yield client


async def begun(ears: Ears, event: str, playground: Playground, name: str) -> None:
    """Makes trouble, and waits until the client came back in that way."""
    back = asyncio.ensure_future(ears.wait_for(event, timeout=20))
    await asyncio.sleep(0)
    await playground.troubles.start(name)
    await back


async def hears_again(town: Town, ears: Ears) -> bool:
    town.playground.say(town.member, town.channel, "after")
    return await asyncio.wait_for(ears.heard.get(), 5) == "after"


@pytest.mark.parametrize("name", ["close-4000", "close-1001", "close-none", "reconnect"])
async def test_it_resumes(town: Town, ears: Ears, name: str) -> None:
    (before,) = town.playground.gateway.sessions
    await begun(ears, "resumed", town.playground, name)
    assert await hears_again(town, ears)
    assert [*town.playground.gateway.sessions] == [before]


@pytest.mark.parametrize("name", ["close-4009", "invalid-session"])
async def test_it_begins_anew(town: Town, ears: Ears, name: str) -> None:
    (before,) = town.playground.gateway.sessions
    await begun(ears, "connect", town.playground, name)
    assert await hears_again(town, ears)
    assert before not in town.playground.gateway.sessions


async def test_it_notices_unanswered_heartbeats_and_connects_anew(town: Town) -> None:
    playground = town.playground
    playground.gateway.heartbeat_interval = 0.1
    client = Ears(heartbeat_timeout=0.3)
    async with connected(playground, client, TOKEN):
        await client.wait_until_ready()
        resumed = asyncio.ensure_future(client.wait_for("resumed", timeout=20))
        await asyncio.sleep(0)
        await playground.troubles.start("heartbeats-unanswered")
        await resumed
        await playground.troubles.stop("heartbeats-unanswered")
        assert await hears_again(town, client)


async def test_it_forgets_a_deleted_channel_and_is_refused_there(town: Town, ears: Ears) -> None:
    channel = ears.get_channel(town.channel.id)
    assert isinstance(channel, discord.TextChannel)
    gone = asyncio.ensure_future(ears.wait_for("guild_channel_delete", timeout=5))
    await asyncio.sleep(0)
    await town.playground.troubles.start("channel-deleted", channel=town.channel)
    await gone
    assert ears.get_channel(town.channel.id) is None
    with pytest.raises(discord.NotFound) as refused:
        await channel.send("x")
    assert refused.value.code == 10003


async def may_write(ears: Ears, channel: discord.TextChannel, change: Awaitable[None]) -> bool:
    """Whether the client thinks that it may write, after it heard of the change."""
    update = asyncio.ensure_future(ears.wait_for("guild_channel_update", timeout=5))
    await asyncio.sleep(0)
    await change
    await update
    return channel.permissions_for(channel.guild.me).send_messages


async def test_it_sees_a_permission_go_and_come_back(town: Town, ears: Ears) -> None:
    troubles, channel = town.playground.troubles, ears.get_channel(town.channel.id)
    assert isinstance(channel, discord.TextChannel)
    assert channel.permissions_for(channel.guild.me).send_messages
    taken = troubles.start("permission-taken-away", channel=town.channel)
    assert not await may_write(ears, channel, taken)
    with pytest.raises(discord.Forbidden) as refused:
        await channel.send("x")
    assert refused.value.code == 50013
    assert await may_write(ears, channel, troubles.stop("permission-taken-away"))
    await channel.send("x")
