"""`paperboy run`: the bot, for as long as it is wanted."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import discord

from bot.alarm import Alarm
from bot.client import PaperboyClient, point_at
from bot.daily import DailyJob
from bot.publisher import DiscordPublisher
from bot.settings import Settings
from bot.shop import Shop, daily_job, desk, open_shop
from bot.stopping import until_told_to_stop
from papers.errors import ConfigurationError
from papers.ports import Clock
from storage import hold

log = logging.getLogger(__name__)

_SHORTEST_PAUSE = 1.0
_LONGEST_PAUSE = 300.0
_BETWEEN_CANCELLATIONS = 0.1
_FATAL_CLOSE_CODES = {4004, 4013, 4014}


@dataclass(frozen=True)
class Connected:
    """A client that is logged in, and the job that posts through it."""

    client: PaperboyClient
    job: DailyJob


async def run(settings: Settings, database: Path, clock: Clock) -> None:
    """Runs the bot until it is told to stop (SIGINT, SIGTERM).

    Raises:
        ConfigurationError: there is no token, or Discord does not know it.
        StorageError: the database cannot be used, or another bot uses it.
    """
    token = _token(settings)
    point_at(str(settings.discord.api_base), str(settings.discord.gateway_url))
    with hold(database):
        async with open_shop(settings, database, clock, str(settings.discord.api_base)) as shop:
            await until_told_to_stop(keep_connected(shop, token))


@asynccontextmanager
async def connect(shop: Shop, token: str) -> AsyncIterator[Connected]:
    """Logs in and registers the commands; the gateway is not connected yet.

    Raises:
        ConfigurationError: Discord does not know the token.
        DatabaseHeldError: the database belongs to another application.
    """

    async def on_login(application_id: int) -> None:
        await shop.stores.check_identity(application_id=application_id, api_base=shop.address)

    schedule = shop.settings.schedule
    client = PaperboyClient(on_login=on_login, limiter=shop.limiter)
    publisher = DiscordPublisher(client)
    async with client, daily_job(shop, client, publisher) as job:
        alarm = _alarm(schedule.times, ZoneInfo(schedule.timezone), job)
        client.desk = desk(shop, publisher, alarm, job)
        try:
            await client.login(token)
        except discord.LoginFailure:
            raise ConfigurationError(
                "Discord does not know this token: copy it anew from the developer portal into discord.token."
            ) from None
        async with alarm:
            yield Connected(client, job)


def _alarm(times: Sequence[time], zone: ZoneInfo, job: DailyJob) -> Alarm:
    return Alarm(
        times=times,
        zone=zone,
        run=lambda: job.see_through(job.run()),
        deliver=lambda: job.see_through(job.post()),
    )


async def keep_connected(shop: Shop, token: str) -> None:
    """Connects, does a daily job and stays, and begins anew whenever the connection breaks, until it is cancelled.

    Raises:
        ConfigurationError: Discord does not know the token, or refuses the bot for good.
        DatabaseHeldError: the database belongs to another application.
    """
    pause = 0.0
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        try:
            async with connect(shop, token) as connected:
                connected.job.post_now()
                connected.job.start(connected.job.run())
                await see_the_end_of(connected.client.connect())
        except (discord.DiscordException, aiohttp.ClientError, OSError, ValueError) as error:
            _stop_if_fatal(error)
            log.error("the connection to Discord broke, and is made anew: %s", error)  # noqa: TRY400
        pause = pause_after(pause, lasted=loop.time() - began)
        await asyncio.sleep(pause)


def pause_after(before: float, *, lasted: float) -> float:
    """How long to wait before connecting again: twice as long as before, unless the connection was a good one.

    Discord takes a token back after 1000 sessions a day (Discord docs, "Gateway: Session Start Limit").

    Args:
        before: the last pause in seconds, 0 if there was none.
        lasted: for how many seconds there was a connection.
    """
    if lasted > _LONGEST_PAUSE:
        return _SHORTEST_PAUSE
    return min(max(before * 2, _SHORTEST_PAUSE), _LONGEST_PAUSE)


def _stop_if_fatal(error: Exception) -> None:
    if isinstance(error, discord.ConnectionClosed) and error.code in _FATAL_CLOSE_CODES:
        raise ConfigurationError(f"Discord refuses this bot (close code {error.code}).") from error


async def see_the_end_of(work: Coroutine[Any, Any, None]) -> None:
    """Does work that may miss a cancellation; when cancelled, it cancels the work until that has ended.

    discord.py misses one that comes just as the gateway has answered: it connects with `asyncio.wait_for`, which in
    Python 3.11 returns what it waited for in that case.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task})
    except asyncio.CancelledError:
        while not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=_BETWEEN_CANCELLATIONS)
        await asyncio.gather(task, return_exceptions=True)
        raise
    task.result()


def _token(settings: Settings) -> str:
    token = settings.discord.token
    if token is None or not token.get_secret_value().strip():
        raise ConfigurationError(
            "There is no Discord token: set discord.token in config.toml or PAPERBOY_DISCORD__TOKEN, "
            "or try `paperboy demo`, which needs none."
        )
    return token.get_secret_value().strip()
