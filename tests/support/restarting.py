"""A bot that begins anew: another client on the same database and playground."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from bot.client import PaperboyClient
from bot.publisher import DiscordPublisher
from support.bot import Bot
from support.discord_client import connected
from support.discord_town import TOKEN


@asynccontextmanager
async def restarted(bot: Bot) -> AsyncIterator[Bot]:
    """The bot with a client of its own: nothing of the first one's memory is left."""
    await bot.client.close()
    client = PaperboyClient(
        on_login=lambda application_id: bot.stores.check_identity(
            application_id=application_id, api_base="playground"
        )
    )
    client.desk = replace(bot.client.desk, publisher=DiscordPublisher(client))
    async with connected(bot.town.playground, client, TOKEN):
        yield replace(bot, client=client)
