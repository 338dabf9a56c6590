"""A small inhabited playground: a server with its owner, a member, a channel and a bot."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from playground import permissions
from playground.server import Playground
from playground.world import Application, Channel, Guild, User

TOKEN = "town.token"
DAY = datetime(2026, 7, 18, 12, tzinfo=UTC)


class ManualTime:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        """The seconds until now."""
        return self.seconds


@dataclass(frozen=True)
class Town:
    """The playground, and who and what is in it."""

    playground: Playground
    time: ManualTime
    bot: Application
    owner: User
    member: User
    guild: Guild
    channel: Channel


@asynccontextmanager
async def inhabited(
    *, now: Callable[[], datetime] = lambda: DAY, rate_limits: bool = False, real_time: bool = False
) -> AsyncIterator[Town]:
    """A town on a fixed day, without rate limits unless asked for; seconds pass by themselves in `real_time` alone."""
    manual = ManualTime()
    monotonic = time.monotonic if real_time else manual
    async with Playground.running(now=now, monotonic=monotonic, rate_limits=rate_limits) as playground:
        world = playground.world
        bot = world.add_application("Paperboy", TOKEN)
        owner, member = world.add_user("olga"), world.add_user("mika")
        guild = world.add_guild("Reading group", owner, permissions.MEMBER)
        channel = world.add_channel(guild, "papers")
        world.join(guild, member)
        world.join(guild, bot.user)
        yield Town(playground, manual, bot, owner, member, guild, channel)
