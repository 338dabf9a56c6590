"""The real discord.py, pointed at a playground for the length of a test."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from playground.server import Playground

ClientT = TypeVar("ClientT", bound=discord.Client)

OPTIONS: dict[str, Any] = {"guild_ready_timeout": 0.0, "max_ratelimit_timeout": 30.0}
"""What a client in a test is made with: `ready` comes at once, and no rate limit is waited for long."""


@contextmanager
def pointed_at(playground: Playground) -> Iterator[None]:
    """Tells discord.py that the playground is Discord, and afterwards that it is not."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = playground.api_base, URL(playground.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@asynccontextmanager
async def logged_in(playground: Playground, client: ClientT, token: str) -> AsyncIterator[ClientT]:
    """A client that can use REST and has no gateway."""
    with pointed_at(playground):
        async with client:
            await client.login(token)
            yield client


@asynccontextmanager
async def connected(playground: Playground, client: ClientT, token: str) -> AsyncIterator[ClientT]:
    """A client whose session has begun."""
    async with logged_in(playground, client, token):
        began = client.wait_for("connect", timeout=10)
        task = asyncio.create_task(client.connect())
        await asyncio.wait({task, began_task := asyncio.ensure_future(began)}, return_when="FIRST_COMPLETED")
        if task.done():
            began_task.cancel()
            await task
        try:
            yield client
        finally:
            await client.close()
            await task
