"""What is put in order once a day: servers that the bot left, and what nobody needs any more."""

import logging
from datetime import date

import aiohttp
import discord

from papers.ports import Clock
from papers.privacy import PrivacyService

log = logging.getLogger(__name__)

_UNREACHABLE = (discord.DiscordException, aiohttp.ClientError, OSError, ValueError)
"""What discord.py raises where Discord gives no whole answer; `OSError` has time-outs, `ValueError` broken JSON."""


class Housekeeper:
    """Asks once a day which servers the bot is in; without intents nobody tells it when it has to go."""

    def __init__(self, *, client: discord.Client, privacy: PrivacyService, clock: Clock) -> None:
        self._client = client
        self._privacy = privacy
        self._clock = clock
        self._done_on: date | None = None

    async def tidy(self) -> None:
        """Tidies, if that was not done yet today; where Discord gives no whole answer, nobody is taken to be gone.

        Raises:
            StorageError: the database cannot be used.
        """
        today = self._clock.now().date()
        if self._done_on == today:
            return
        await self._privacy.prune()
        try:
            present = {guild.id async for guild in self._client.fetch_guilds(limit=None, with_counts=False)}
        except _UNREACHABLE as error:
            log.warning("which servers the bot is in is asked again later: %s", error)
            return
        forgotten = await self._privacy.look_who_left(present)
        self._done_on = today
        if forgotten:
            log.info("deleted what was kept of %d servers that the bot left 30 days ago", forgotten)
