"""`paperboy run` as a process of its own, against a playground and a hub on loopback."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from papers.models import Destination, DestinationKind, NewSubscription, first_key
from storage import open_stores
from support.command_line import ASKING_NOBODY
from support.discord_town import TOKEN, Town

PATIENCE = 20.0


@asynccontextmanager
async def process(
    town: Town, hub: str, database: Path, *, token: str = TOKEN, **variables: str
) -> AsyncIterator[Process]:
    """Starts the bot, with more variables of the environment; it is killed at the end if it still runs."""
    environment = {
        **os.environ,
        **ASKING_NOBODY,
        "PAPERBOY_DISCORD__TOKEN": token,
        "PAPERBOY_DISCORD__API_BASE": town.playground.api_base,
        "PAPERBOY_DISCORD__GATEWAY_URL": town.playground.gateway_url,
        "PAPERBOY_SOURCES__HUGGINGFACE__BASE_URL": hub,
        "XDG_CONFIG_HOME": str(database.parent),
        **variables,
    }
    arguments = ("-m", "bot", "run", "--verbose", "--database", str(database))
    running = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=environment, stdout=PIPE, stderr=PIPE
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()


async def subscribe(town: Town, database: Path, *, language: str | None = None) -> None:
    """Has everything of today posted to the town's channel."""
    now = datetime.now(UTC)
    place = Destination(kind=DestinationKind.CHANNEL, target_id=town.channel.id, guild_id=town.guild.id)
    async with open_stores(database) as stores:
        await stores.subscriptions.add(
            NewSubscription(
                destination=place,
                query="",
                created_by=town.owner.id,
                created_at=now,
                start_key=first_key(now.date()),
                language=language,
            )
        )


async def until(seen: Callable[[], bool]) -> None:
    """Waits for what happens in another process."""
    async with asyncio.timeout(PATIENCE):
        while not seen():  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0.02)


def connected(town: Town) -> bool:
    """Whether a session's connection is there."""
    return any(session.connection is not None for session in town.playground.gateway.sessions.values())
