"""The demo's surroundings: a server to post to, and the sample edition served as the hub serves a day."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from bot.sample import SAMPLE_DAY, sample_answer
from papers.models import Destination, DestinationKind
from papers.query import Query, tagged
from playground import permissions
from playground.server import HOST, Playground
from playground.snowflakes import Now
from playground.world import Application, Channel, Guild, User

TOKEN = "demo.token"  # noqa: S105 - the playground's, worth nothing elsewhere
_PATH = "/api/daily_papers"
_BUILT_AT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Town:
    """The demo's server: its bot, its people, and its channels with what each subscribes to."""

    bot: Application
    owner: User
    member: User
    guild: Guild
    channels: dict[int, tuple[Channel, Query]]


@asynccontextmanager
async def open_town(
    now: Now, *, port: int = 0, rate_limits: bool = True
) -> AsyncIterator[tuple[Playground, Town]]:
    """Serves a playground with the demo's server in it, whose ids are the same each time.

    Args:
        now: the clock from then on.
        port: of loopback; 0 takes a free one.
        rate_limits: whether the playground has Discord's.
    """
    built = False

    def moment() -> datetime:
        return now() if built else _BUILT_AT

    async with Playground.running(port=port, now=moment, rate_limits=rate_limits) as playground:
        town = _build(playground)
        built = True
        yield playground, town


def _build(playground: Playground) -> Town:
    world = playground.world
    bot = world.add_application("Paperboy", TOKEN)
    owner, member = world.add_user("admin"), world.add_user("member")
    guild = world.add_guild("Reading group", owner, permissions.MEMBER)
    wanted = {"papers": Query(), "multimodal": tagged("Multimodal"), "language": tagged("NLP")}
    made = [(world.add_channel(guild, name), query) for name, query in wanted.items()]
    world.join(guild, member)
    world.join(guild, bot.user)
    return Town(bot, owner, member, guild, {channel.id: (channel, query) for channel, query in made})


def destination(channel: Channel) -> Destination:
    """The channel as the archive knows it."""
    return Destination(kind=DestinationKind.CHANNEL, target_id=channel.id, guild_id=channel.guild_id)


@asynccontextmanager
async def sample_source() -> AsyncIterator[str]:
    """Serves the sample edition on loopback, and yields the address to use in the hub's place."""
    application = web.Application()
    application.router.add_get(_PATH, _serve)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, 0).start()
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _serve(request: web.Request) -> web.Response:
    first_page = request.query.get("p", "0") == "0"
    asked = request.query.get("date") == SAMPLE_DAY.isoformat()
    body = sample_answer() if asked and first_page else b"[]"
    return web.Response(body=body, content_type="application/json")
